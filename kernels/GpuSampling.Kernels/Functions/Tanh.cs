using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">Any number; ±∞ give ±1, NaN gives NaN.</param>
    /// <returns>tanh x within 2 ulp; odd, −0 for −0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, IReal<T>
    {
        // (1 − e^−2|x|) / (1 + e^−2|x|) with e^−2|x| = s·(1 + q), so that the numerator is −q without loss where s = 1.
        // Beyond the bound the result is ±1.
        T bounded = T.Min(T.ElementBits == 32 ? T.Constant(10) : T.Constant(20), T.Abs(x));
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(T.Constant(-2) * bounded, T.ElementBits == 32 ? 127 : 1023);
        T scale = PowerOfTwoFromField<T>(reduced.BiasedExponent);
        T q = ExpMinusOneNearZero(reduced.High, reduced.Low);
        T numerator = T.FusedNegatedMultiplyAdd(scale, q, T.One - scale);
        T denominator = T.FusedMultiplyAdd(scale, q, T.One + scale);
        return T.FromBits(T.ToBits(numerator / denominator) | SignOf(x));
    }
}
