using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>1 / (1 + e^−x), the inverse of the logit.</summary>
    /// <param name="x">Any number; NaN gives NaN.</param>
    /// <returns>The probability within 2 ulp, subnormal results included.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Logistic<T>(T x)
        where T : struct, IReal<T>
    {
        // Numerator and denominator are computed scaled by 2⁻³² (2⁻⁶⁴): e^−x then has a normal scale over the whole range, and
        // the division alone rounds subnormal results. In the denominator 2^k·(1 + q) + 1, the
        // larger of 2^k and 1 is added last. Past the upper bound the result is 1, past the lower one 0.
        if (T.ElementBits == 32)
        {
            T negated = -T.Min(T.Constant(40), T.Max(T.Constant(-104), x));
            ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(negated, 127 - 32);
            T scale = PowerOfTwoFromField<T>(reduced.BiasedExponent);
            T one = T.Constant(2.3283064365386963e-10);
            T smaller = T.FusedMultiplyAdd(scale, ExpMinusOneNearZeroRoughly(reduced), T.Min(scale, one));
            return one / (smaller + T.Max(scale, one));
        }
        else
        {
            T negated = -T.Min(T.Constant(60), T.Max(T.Constant(-746), x));
            ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(negated, 1023 - 64);
            T scale = PowerOfTwoFromField<T>(reduced.BiasedExponent);
            T one = T.Constant(5.421010862427522e-20);
            T smaller = T.FusedMultiplyAdd(scale, ExpMinusOneNearZeroRoughly(reduced), T.Min(scale, one));
            return one / (smaller + T.Max(scale, one));
        }
    }
}
