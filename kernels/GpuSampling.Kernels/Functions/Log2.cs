using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The logarithm to base 2.</summary>
    /// <param name="x">Any number; below zero and NaN give NaN, ±0 gives −∞, +∞ gives +∞.</param>
    /// <returns>log₂ x within 2 ulp, exact for powers of two.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log2<T>(T x)
        where T : struct, IReal<T>
    {
        T smallestNormal = T.ElementBits == 32 ? T.Constant(1.1754943508222875e-38) : T.Constant(2.2250738585072014e-308);
        Mask<T> isSubnormal = x < smallestNormal;
        T enlarged = x * (T.ElementBits == 32 ? T.Constant(16777216) : T.Constant(18014398509481984));
        var (k, fraction) = SplitAroundOne(T.Select(isSubnormal, enlarged, x));
        k += T.Select(isSubnormal, T.ElementBits == 32 ? T.Constant(-24) : T.Constant(-54), T.Zero);

        // log₂(1 + f) = (f + f²·tail)·log₂ e, of which f·log₂ e is kept in two words.
        T high = T.ElementBits == 32 ? T.Constant(1.4426950216293335) : T.Constant(1.4426950408889634);
        T low = T.ElementBits == 32 ? T.Constant(1.925963033500011e-08) : T.Constant(2.0355273740931033e-17);
        T square = fraction * fraction;
        T tail = T.FusedMultiplyAdd(fraction * square, LogCubicFactor(fraction, square), T.Constant(-0.5) * square);
        T product = fraction * high;
        T productLow = T.FusedMultiplyAdd(fraction, low, T.FusedMultiplySubtract(fraction, high, product));
        T sum = k + product;
        T sumLow = k - sum + product;
        return WithLogarithmSpecialValues(x, sum + (sumLow + T.FusedMultiplyAdd(tail, high, productLow)));
    }

    /// <summary>The logarithm to base 10.</summary>
    /// <param name="x">Any number; below zero and NaN give NaN, ±0 gives −∞, +∞ gives +∞.</param>
    /// <returns>log₁₀ x within 2 ulp.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log10<T>(T x)
        where T : struct, IReal<T>
    {
        RealSum<T> logarithm = LogOfPositive(x);
        T high = T.ElementBits == 32 ? T.Constant(0.4342944920063019) : T.Constant(0.4342944819032518);
        T low = T.ElementBits == 32 ? T.Constant(-1.0103049952192578e-08) : T.Constant(1.098319650216765e-17);
        T product = logarithm.High * high;
        T productLow = T.FusedMultiplyAdd(logarithm.High, low, T.FusedMultiplySubtract(logarithm.High, high, product));
        return WithLogarithmSpecialValues(x, product + T.FusedMultiplyAdd(logarithm.Low, high, productLow));
    }
}
