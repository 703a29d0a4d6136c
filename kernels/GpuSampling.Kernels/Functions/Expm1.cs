using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>e^x − 1, without loss of digits near 0.</summary>
    /// <param name="x">Any number; NaN gives NaN.</param>
    /// <returns>e^x − 1 within 2 ulp; x itself where |x| is so small that this is the nearest number, −0 included; −1 and +∞ far out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Expm1<T>(T x)
        where T : struct, IReal<T>
    {
        T bounded = T.ElementBits == 32
            ? T.Min(T.Constant(89), T.Max(T.Constant(-20), x))
            : T.Min(T.Constant(710), T.Max(T.Constant(-40), x));
        // Half of the result is computed, since 2^k itself overflows below the largest result.
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(bounded, T.ElementBits == 32 ? 126 : 1022);
        T scale = PowerOfTwoFromField<T>(reduced.BiasedExponent);
        T half = T.FusedMultiplyAdd(scale, ExpMinusOneNearZero(reduced.High, reduced.Low), scale - T.Constant(0.5));
        Mask<T> isTiny = T.Abs(x) < (T.ElementBits == 32 ? T.Constant(2.9802322387695312e-08) : T.Constant(5.551115123125783e-17));
        return T.Select(isTiny, x, half + half);
    }
}
