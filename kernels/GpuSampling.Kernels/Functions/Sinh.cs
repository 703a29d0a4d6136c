using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The hyperbolic sine.</summary>
    /// <param name="x">Any number; ±∞ give ±∞, NaN gives NaN.</param>
    /// <returns>sinh x within 2.5 ulp; odd, −0 for −0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sinh<T>(T x)
        where T : struct, IReal<T>
    {
        // ½·(t + t / (t + 1)) with t = e^|x| − 1, a quarter of which is computed, since t itself overflows too early.
        T bounded = T.Min(T.ElementBits == 32 ? T.Constant(89.5) : T.Constant(710.75), T.Abs(x));
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(bounded, T.ElementBits == 32 ? 125 : 1021);
        T scale = PowerOfTwoFromField<T>(reduced.BiasedExponent);
        T quarter = T.FusedMultiplyAdd(scale, ExpMinusOneNearZero(reduced.High, reduced.Low), scale - T.Constant(0.25));
        T half = quarter + quarter;
        T result = half + (quarter / T.FusedMultiplyAdd(T.Constant(2), quarter, T.Constant(0.5)));
        // Where the square of x is below half an ulp, x itself is the nearest number.
        T tiny = T.ElementBits == 32 ? T.Constant(0.000244140625) : T.Constant(1.4901161193847656e-08);
        return T.Select(T.Abs(x) < tiny, x, T.FromBits(T.ToBits(result) | SignOf(x)));
    }

    /// <summary>The hyperbolic cosine.</summary>
    /// <param name="x">Any number; ±∞ give +∞, NaN gives NaN.</param>
    /// <returns>cosh x within 2 ulp.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cosh<T>(T x)
        where T : struct, IReal<T>
    {
        // A quarter of e^|x|, which does not overflow before cosh x does.
        T bounded = T.Min(T.ElementBits == 32 ? T.Constant(89.5) : T.Constant(710.75), T.Abs(x));
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(bounded, T.ElementBits == 32 ? 125 : 1021);
        T scale = PowerOfTwoFromField<T>(reduced.BiasedExponent);
        T quarter = T.FusedMultiplyAdd(scale, ExpMinusOneNearZero(reduced.High, reduced.Low), scale);
        return T.FusedMultiplyAdd(T.Constant(2), quarter, T.Constant(0.125) / quarter);
    }
}
