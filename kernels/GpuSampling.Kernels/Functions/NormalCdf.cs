using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The distribution function of the standard normal, ½·erfc(−x/√2).</summary>
    /// <param name="x">Any number; −∞ gives 0, +∞ gives 1, NaN gives NaN.</param>
    /// <returns>Φ(x) within 2.1 ulp (32 bits) or 2 ulp (64 bits), subnormal results included.</returns>
    public static T NormalCdf<T>(T x)
        where T : struct, IReal<T>
    {
        T magnitude = T.Abs(x);
        T tail = UpperNormalTail(magnitude);
        T large = T.Select(x < T.Zero, tail, T.One - tail);
        return T.Select(magnitude < T.One, NormalCdfNearZero(x), large);
    }

    /// <summary>log Φ(x), without underflow far to the left or loss of digits far to the right.</summary>
    /// <param name="x">Any number; −∞ gives −∞, +∞ gives −0, NaN gives NaN.</param>
    /// <returns>log Φ(x) within 2.5 ulp (32 bits) or 3 ulp (64 bits).</returns>
    public static T LogNormalCdf<T>(T x)
        where T : struct, IReal<T>
    {
        T magnitude = T.Abs(x);
        Mask<T> isCentral = magnitude < T.One;
        T central = NormalCdfNearZero(-magnitude);

        // Right of 0: log1p(−Φ(−x)).
        T right = Log1p(-T.Select(isCentral, central, UpperNormalTail(magnitude)));

        // Left of 0: log(½·e^(½x²)·erfc(−x/√2)) − ½x², two terms of one sign.
        T bounded = T.Min(T.ElementBits == 32 ? T.Constant(14.375) : T.Constant(38.59375), magnitude);
        T large = ScaledErfcOfLarge(magnitude * T.Constant(0.7071067811865476));
        T scaled = T.Select(magnitude > bounded, large, ScaledErfcOfMagnitude(OverRootOfTwo(bounded)).High);
        T logarithm = LogOfPositiveNormal(T.Select(isCentral, central, T.Constant(0.5) * scaled));
        T left = T.FusedMultiplyAdd(T.Constant(-0.5) * magnitude, magnitude, logarithm);
        left = T.Select(isCentral, logarithm, left);
        return T.Select(x < T.Zero, left, right);
    }

    /// <summary>Φ(x) for |x| ≤ 1: ½ + x/√(2π) is rounded once, and the rest is small beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T NormalCdfNearZero<T>(T x)
        where T : struct, IReal<T>
    {
        // ½·erf(x/√2)/x by erf's polynomial, whose argument x²/2 has one rounding; 1/√(2π) in two words.
        T half = T.Constant(0.5);
        T remainder = ErfSlopeRemainder(half * x * x);
        T slope;
        if (T.ElementBits == 32)
        {
            slope = T.Constant(0.3989422917366028);
            remainder = T.FusedMultiplyAdd(remainder, T.Constant(0.3535533845424652), T.Constant(9.395568767445184e-09));
        }
        else
        {
            slope = T.Constant(0.3989422804014327);
            remainder = T.FusedMultiplyAdd(remainder, T.Constant(0.3535533905932738), T.Constant(-3.0345175765318315e-17));
        }

        return T.FusedMultiplyAdd(remainder, x, T.FusedMultiplyAdd(slope, x, half));
    }

    /// <summary>x/√2 as a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RealSum<T> OverRootOfTwo<T>(T x)
        where T : struct, IReal<T>
    {
        T high = T.ElementBits == 32 ? T.Constant(0.7071067690849304) : T.Constant(0.7071067811865476);
        T low = T.ElementBits == 32 ? T.Constant(1.2101617485882343e-08) : T.Constant(-4.833646656726457e-17);
        T product = x * high;
        return new(product, T.FusedMultiplyAdd(x, low, T.FusedMultiplySubtract(x, high, product)));
    }

    /// <summary>Φ(−x) for x ≥ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T UpperNormalTail<T>(T x)
        where T : struct, IReal<T>
    {
        // Beyond the bound the result is 0.
        T bounded = T.Min(T.ElementBits == 32 ? T.Constant(14.375) : T.Constant(38.59375), x);
        T half = T.Constant(0.5);
        T square = bounded * bounded;
        T rest = T.FusedMultiplySubtract(bounded, bounded, square);
        RealSum<T> scaled = ScaledErfcOfMagnitude(OverRootOfTwo(bounded)).Scale(half);
        return TimesExpNonPositive(scaled, half * square, half * rest);
    }

    /// <summary>e^(a²)·erfc a for a &gt; 10 (32 bits), 27 (64 bits), by the asymptotic series (DLMF 7.12.1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ScaledErfcOfLarge<T>(T a)
        where T : struct, IReal<T>
    {
        T inverse = T.One / a;
        T u = inverse * inverse;
        T sum;
        if (T.ElementBits == 32)
        {
            sum = T.FusedMultiplyAdd(T.Constant(0.75), u, T.Constant(-0.5));
        }
        else
        {
            sum = T.FusedMultiplyAdd(T.Constant(162.421875), u, T.Constant(-29.53125));
            sum = T.FusedMultiplyAdd(sum, u, T.Constant(6.5625));
            sum = T.FusedMultiplyAdd(sum, u, T.Constant(-1.875));
            sum = T.FusedMultiplyAdd(sum, u, T.Constant(0.75));
            sum = T.FusedMultiplyAdd(sum, u, T.Constant(-0.5));
        }

        return T.Constant(0.5641895835477563) * T.FusedMultiplyAdd(sum, u, T.One) * inverse;
    }
}
