using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>e^x.</summary>
    /// <param name="x">Any number; NaN gives NaN.</param>
    /// <returns>e^x within 1 ulp (32-bit and 64-bit elements), subnormal results included; 0 and +∞ beyond the range.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, IReal<T>
    {
        // Beyond these bounds the result is 0 or infinite. The constant comes first, so that NaN passes.
        T bounded = T.ElementBits == 32
            ? T.Min(T.Constant(89), T.Max(T.Constant(-104), x))
            : T.Min(T.Constant(710), T.Max(T.Constant(-746), x));
        // With twice the exponent bias, halves of k + bias are the exponent fields of two factors of 2^k, both normal.
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(bounded, T.ElementBits == 32 ? 254 : 2046);
        Word<T> half = reduced.BiasedExponent >>> 1;
        T first = PowerOfTwoFromField<T>(half);
        T second = PowerOfTwoFromField<T>(reduced.BiasedExponent - half);
        return T.FusedMultiplyAdd(first, ExpMinusOneNearZero(reduced.High, reduced.Low), first) * second;
    }

    /// <summary>e^x for x ≤ 0: the same bits as <see cref="Exp"/>, at less cost.</summary>
    /// <param name="x">At most 0 (up to ½·ln 2 is harmless); NaN gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpNonPositive<T>(T x)
        where T : struct, IReal<T>
    {
        T bounded = T.Max(T.ElementBits == 32 ? T.Constant(-104) : T.Constant(-746), x);
        // As no result overflows, all are computed larger by 2²⁴ (2⁵³) and scaled down, where subnormal ones are rounded.
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(bounded, T.ElementBits == 32 ? 127 + 24 : 1023 + 53);
        T scale = PowerOfTwoFromField<T>(reduced.BiasedExponent);
        T enlarged = T.FusedMultiplyAdd(scale, ExpMinusOneNearZero(reduced.High, reduced.Low), scale);
        return enlarged * (T.ElementBits == 32 ? T.Constant(5.9604644775390625e-08) : T.Constant(1.1102230246251565e-16));
    }

    /// <summary>x = k·ln 2 + r, with an integer k and |r| ≤ ½·ln 2 (and a little more where the rounding of k goes astray).</summary>
    /// <param name="x">|x| at most 2⁹ (32 bits), 2¹² (64 bits); NaN gives NaN.</param>
    /// <param name="bias">A number to add to k, 0 ≤ k + bias.</param>
    /// <remarks>
    /// Adding 1.5·2²³ (1.5·2⁵²) rounds to an integer and leaves it in the low bits of the sum: one fused multiply-add gives k as
    /// a real and as a word. x − k·round(ln 2) is exact, as both are multiples of the same power of two wherever k ≠ 0.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ExponentialReduction<T> ReduceByLogarithmOfTwo<T>(T x, int bias)
        where T : struct, IReal<T>
    {
        if (T.ElementBits == 32)
        {
            T shift = T.Constant(12582912.0 + bias);
            T shifted = T.FusedMultiplyAdd(x, T.Constant(1.4426950216293335), shift);
            T k = shifted - shift;
            return new(k, T.FusedMultiplyAdd(k, T.Constant(-0.6931471824645996), x), T.ToBits(shifted));
        }
        else
        {
            T shift = T.Constant(6755399441055744.0 + bias);
            T shifted = T.FusedMultiplyAdd(x, T.Constant(1.4426950408889634), shift);
            T k = shifted - shift;
            return new(k, T.FusedMultiplyAdd(k, T.Constant(-0.6931471805599453), x), T.ToBits(shifted));
        }
    }

    /// <summary>2^(field − 127), or 2^(field − 1023) for 64-bit elements: the low bits moved to the exponent's place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T PowerOfTwoFromField<T>(Word<T> field)
        where T : struct, IReal<T>
    {
        if (T.ElementBits == 32)
        {
            return T.FromBits(field << 23);
        }
        else
        {
            return T.FromBits(field << 52);
        }
    }

    /// <summary>e^(high + low) − 1 for a reduced argument, almost correctly rounded: the low part only meets the small terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ExpMinusOneNearZero<T>(T high, T low)
        where T : struct, IReal<T>
    {
        T r = high + low;
        T square = r * r;
        return high + T.FusedMultiplyAdd(ExpTail(r, square), square, low);
    }

    /// <summary>The same with a quarter of an ulp more error, in two operations less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ExpMinusOneNearZeroRoughly<T>(ExponentialReduction<T> reduced)
        where T : struct, IReal<T>
    {
        T r = reduced.Remainder;
        T square = r * r;
        return T.FusedMultiplyAdd(ExpTail(r, square), square, r);
    }

    /// <summary>(e^r − 1 − r) / r² for |r| ≤ 0.3466.</summary>
    /// <remarks>
    /// P(r), minimax for the error of 1 + r + r²·P(r) relative to e^r: P of degree 5 with error 2⁻³²·⁸ (32 bits), 10 with 2⁻⁶³·⁵ (64 bits);
    /// relative to e^r − 1 that is 2⁻³⁰·³ and 2⁻⁶⁰·². Even and odd terms are summed apart: half the latency for no more
    /// operations, as r² is needed anyway.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ExpTail<T>(T r, T square)
        where T : struct, IReal<T>
    {
        T even, odd;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(0.0013935755705460906), square, T.Constant(0.04166645556688309));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.5));
            odd = T.FusedMultiplyAdd(T.Constant(0.00019578647334128618), square, T.Constant(0.008333886042237282));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.166666641831398));
        }
        else
        {
            even = T.FusedMultiplyAdd(T.Constant(2.087661438786698e-09), square, T.Constant(2.755739902405793e-07));
            even = T.FusedMultiplyAdd(even, square, T.Constant(2.480158717788432e-05));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.001388888888895642));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.041666666666666546));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.5));
            odd = T.FusedMultiplyAdd(T.Constant(2.5112594622504674e-08), square, T.Constant(2.7557233038446435e-06));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.000198412698985142));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.008333333333315995));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.16666666666666685));
        }

        return T.FusedMultiplyAdd(odd, r, even);
    }
}
