using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The natural logarithm.</summary>
    /// <param name="x">Any number; below zero and NaN give NaN, ±0 gives −∞, +∞ gives +∞.</param>
    /// <returns>log x within 1 ulp, also of subnormal arguments.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, IReal<T>
    {
        RealSum<T> sum = LogOfPositive(x);
        return WithLogarithmSpecialValues(x, sum.High + sum.Low);
    }

    /// <summary>The logarithm to any base above 1 where x is positive and finite, else what it should be there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T WithLogarithmSpecialValues<T>(T x, T logarithm)
        where T : struct, IReal<T>
    {
        // The comparison is false for +∞ and NaN, which are their own logarithms.
        T result = T.Select(x < PositiveInfinity<T>(), logarithm, x);
        T atMostZero = T.Select(T.AreEqual(x, T.Zero), NegativeInfinity<T>(), NotANumber<T>());
        return T.Select(x <= T.Zero, atMostZero, result);
    }

    /// <summary>The natural logarithm of a positive, normal, finite number: the same bits as <see cref="Log"/>, at half the cost.</summary>
    /// <param name="x">Positive, normal and finite; anything else gives an unspecified number (equal on every engine).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOfPositiveNormal<T>(T x)
        where T : struct, IReal<T>
    {
        var (k, fraction) = SplitAroundOne(x);
        RealSum<T> sum = LogOfParts(k, fraction);
        return sum.High + sum.Low;
    }

    /// <summary>The logarithm of a positive finite number, subnormal or not, before its last rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static RealSum<T> LogOfPositive<T>(T x)
        where T : struct, IReal<T>
    {
        T smallestNormal = T.ElementBits == 32 ? T.Constant(1.1754943508222875e-38) : T.Constant(2.2250738585072014e-308);
        Mask<T> isSubnormal = x < smallestNormal;
        T enlarged = x * (T.ElementBits == 32 ? T.Constant(16777216) : T.Constant(18014398509481984));
        var (k, fraction) = SplitAroundOne(T.Select(isSubnormal, enlarged, x));
        return LogOfParts(k + T.Select(isSubnormal, T.ElementBits == 32 ? T.Constant(-24) : T.Constant(-54), T.Zero), fraction);
    }

    /// <summary>x = 2^k·(1 + f) with √½ ≤ 1 + f &lt; √2: k and f, both exact.</summary>
    /// <remarks>Subtracting the bits of √½ puts k in the exponent's place.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (T Exponent, T Fraction) SplitAroundOne<T>(T x)
        where T : struct, IReal<T>
    {
        if (T.ElementBits == 32)
        {
            Word<T> offset = T.ToBits(x) + T.WordConstant(0x3F800000 - 0x3F3504F3);
            T k = T.FromSignedWord((offset >>> 23) - T.WordConstant(127));
            T mantissa = T.FromBits((offset & T.WordConstant(0x007FFFFF)) + T.WordConstant(0x3F3504F3));
            return (k, mantissa - T.One);
        }
        else
        {
            Word<T> offset = T.ToBits(x) + T.WordConstant(0x3FF0000000000000 - 0x3FE6A09E667F3BCD);
            T k = T.FromSignedWord((offset >>> 52) - T.WordConstant(1023));
            T mantissa = T.FromBits((offset & T.WordConstant(0x000FFFFFFFFFFFFF)) + T.WordConstant(0x3FE6A09E667F3BCD));
            return (k, mantissa - T.One);
        }
    }

    /// <summary>k·ln 2 + log(1 + f).</summary>
    /// <remarks>
    /// High is k·ln2High + f, rounded; its rounding error, exact since the larger term comes first (or is 0), goes to Low, which
    /// is itself accurate to working precision.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static RealSum<T> LogOfParts<T>(T k, T fraction)
        where T : struct, IReal<T>
    {
        // 24 − 8 and 53 − 11 significant bits: the product with k is exact.
        T high = T.ElementBits == 32 ? T.Constant(0.693145751953125) : T.Constant(0.6931471805598903);
        T low = T.ElementBits == 32 ? T.Constant(1.428606765330187e-06) : T.Constant(5.497923018708371e-14);
        T sum = T.FusedMultiplyAdd(k, high, fraction);
        T rest = T.FusedMultiplySubtract(k, high, sum) + fraction;
        T square = fraction * fraction;
        T tail = T.FusedMultiplyAdd(k, low, rest);
        tail = T.FusedMultiplyAdd(square, T.Constant(-0.5), tail);
        return new(sum, T.FusedMultiplyAdd(fraction * square, LogCubicFactor(fraction, square), tail));
    }

    /// <summary>P(f) = (log(1 + f) − f + ½f²) / f³ for √½ − 1 ≤ f ≤ √2 − 1.</summary>
    /// <remarks>
    /// f − ½f² + f³·P(f) is minimax for the error relative to log(1 + f): P of degree 7 with error 2⁻²⁶·⁹ (32 bits), 18 with 2⁻⁵⁶·⁶
    /// (64 bits).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T LogCubicFactor<T>(T f, T square)
        where T : struct, IReal<T>
    {
        T even, odd;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(-0.07286021113395691), square, T.Constant(-0.13212355971336365));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.1662120670080185));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.25000840425491333));
            odd = T.FusedMultiplyAdd(T.Constant(0.12565889954566956), square, T.Constant(0.14238907396793365));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.1999898999929428));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.33333373069763184));
        }
        else
        {
            even = T.FusedMultiplyAdd(T.Constant(-0.059814617442601976), square, T.Constant(-0.05677872018990939));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.06196665718637403));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.0714944041471762));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.08332913511108678));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.10000015206369246));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.12499999691462241));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.1666666666982542));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.2499999999998798));
            odd = T.FusedMultiplyAdd(T.Constant(0.026148979741184925), square, T.Constant(0.06503475726733692));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.05668403040772528));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.06684583640546138));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.07691530387749519));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.09090923898220661));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.11111111148643532));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.14285714280069503));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.20000000000066856));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.3333333333333314));
        }

        return T.FusedMultiplyAdd(even, f, odd);
    }
}
