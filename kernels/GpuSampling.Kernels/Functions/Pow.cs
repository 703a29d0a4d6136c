using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>x^y for x ≥ 0.</summary>
    /// <param name="x">Below 0 gives NaN (unless y = 0), NaN gives NaN.</param>
    /// <param name="y">Any number; NaN gives NaN (unless x = 1).</param>
    /// <returns>
    /// x^y within 1 ulp, subnormal results included; 1 for y = 0 and for x = 1; at 0 and ∞ the limits.
    /// </returns>
    public static T Pow<T>(T x, T y)
        where T : struct, IReal<T>
    {
        RealSum<T> logarithm = LogOfPositiveInTwoWords(x);
        T high = T.Select(x < PositiveInfinity<T>(), logarithm.High, PositiveInfinity<T>());
        high = T.Select(T.AreEqual(x, T.Zero), NegativeInfinity<T>(), high);
        T exponent = y * high;
        T rest = T.FusedMultiplyAdd(y, logarithm.Low, T.FusedMultiplySubtract(y, high, exponent));
        T bounded = T.ElementBits == 32
            ? T.Min(T.Constant(89), T.Max(T.Constant(-104), exponent))
            : T.Min(T.Constant(710), T.Max(T.Constant(-746), exponent));
        rest = T.Select(T.AreEqual(bounded, exponent), rest, T.Zero);

        // As in Exp, with the low part of the exponent.
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(bounded, T.ElementBits == 32 ? 254 : 2046);
        Word<T> half = reduced.BiasedExponent >>> 1;
        T first = PowerOfTwoFromField<T>(half);
        T second = PowerOfTwoFromField<T>(reduced.BiasedExponent - half);
        T result = T.FusedMultiplyAdd(first, ExpMinusOneNearZero(reduced.High, reduced.Low + rest), first) * second;

        result = T.Select(x >= T.Zero, result, NotANumber<T>());
        return T.Select(T.AreEqual(y, T.Zero) | T.AreEqual(x, T.One), T.One, result);
    }

    /// <summary>log x of a positive finite number, subnormal or not, with an error below 2⁻³⁵ (32 bits), 2⁻⁶⁴ (64 bits) of it.</summary>
    /// <remarks>
    /// With s = f / (2 + f), log(1 + f) = 2·artanh s = 2s + s³·(⅔ + s²·Q(s²)): Q minimax, of degree 3 with error 2⁻²⁶·⁰ (32 bits), 7
    /// with 2⁻⁵⁴·⁰ (64 bits); everything but Q in two words.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static RealSum<T> LogOfPositiveInTwoWords<T>(T x)
        where T : struct, IReal<T>
    {
        T smallestNormal = T.ElementBits == 32 ? T.Constant(1.1754943508222875e-38) : T.Constant(2.2250738585072014e-308);
        Mask<T> isSubnormal = x < smallestNormal;
        T enlarged = x * (T.ElementBits == 32 ? T.Constant(16777216) : T.Constant(18014398509481984));
        var (k, fraction) = SplitAroundOne(T.Select(isSubnormal, enlarged, x));
        k += T.Select(isSubnormal, T.ElementBits == 32 ? T.Constant(-24) : T.Constant(-54), T.Zero);

        // s
        T two = T.Constant(2);
        T denominator = two + fraction;
        T denominatorLow = fraction - (denominator - two);
        T inverse = T.One / denominator;
        T s = fraction * inverse;
        T remainder = T.FusedNegatedMultiplyAdd(s, denominator, fraction);
        T sLow = T.FusedNegatedMultiplyAdd(s, denominatorLow, remainder) * inverse;

        // s²
        T square = s * s;
        T squareLow = T.FusedMultiplyAdd(two * s, sLow, T.FusedMultiplySubtract(s, s, square));

        // ⅔ + s²·Q(s²)
        T q, firstHigh, firstLow;
        if (T.ElementBits == 32)
        {
            q = T.FusedMultiplyAdd(T.Constant(0.18871457874774933), square, T.Constant(0.22217580676078796));
            q = T.FusedMultiplyAdd(q, square, T.Constant(0.28571343421936035));
            q = T.FusedMultiplyAdd(q, square, T.Constant(0.4000000059604645));
            firstHigh = T.Constant(0.6666666865348816);
            firstLow = T.Constant(-1.9868215517249155e-08);
        }
        else
        {
            q = T.FusedMultiplyAdd(T.Constant(0.11585998545614618), square, T.Constant(0.11721383841516538));
            q = T.FusedMultiplyAdd(q, square, T.Constant(0.13334135716885306));
            q = T.FusedMultiplyAdd(q, square, T.Constant(0.1538461000676149));
            q = T.FusedMultiplyAdd(q, square, T.Constant(0.18181818154235493));
            q = T.FusedMultiplyAdd(q, square, T.Constant(0.22222222222775478));
            q = T.FusedMultiplyAdd(q, square, T.Constant(0.28571428571426316));
            q = T.FusedMultiplyAdd(q, square, T.Constant(0.4));
            firstHigh = T.Constant(0.6666666666666666);
            firstLow = T.Constant(3.700743415417188e-17);
        }

        q *= square;
        T c = firstHigh + q;
        T cLow = firstHigh - c + q + firstLow;

        // s³·c
        T cube = s * square;
        T cubeLow = T.FusedMultiplyAdd(s, squareLow, T.FusedMultiplyAdd(sLow, square, T.FusedMultiplySubtract(s, square, cube)));
        T term = cube * c;
        T termLow = T.FusedMultiplyAdd(cube, cLow, T.FusedMultiplyAdd(cubeLow, c, T.FusedMultiplySubtract(cube, c, term)));

        // 2s + s³·c, then k·ln 2: each time the larger term comes first.
        T twofold = s + s;
        T sum = twofold + term;
        T sumLow = T.FusedMultiplyAdd(two, sLow, termLow) + (twofold - sum + term);
        T high = T.ElementBits == 32 ? T.Constant(0.693145751953125) : T.Constant(0.6931471805598903);
        T low = T.ElementBits == 32 ? T.Constant(1.428606765330187e-06) : T.Constant(5.497923018708371e-14);
        T total = T.FusedMultiplyAdd(k, high, sum);
        T totalLow = T.FusedMultiplySubtract(k, high, total) + sum + T.FusedMultiplyAdd(k, low, sumLow);
        T result = total + totalLow;
        return new(result, total - result + totalLow);
    }
}
