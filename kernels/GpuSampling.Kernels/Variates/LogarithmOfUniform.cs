using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// −2 log u for a uniform random u given by more bits than the element type holds, with full relative precision at both ends:
/// near u = 1, where it is small, it is computed from the exact u − 1, so that the result is never 0 and has no lattice.
/// </summary>
internal static class LogarithmOfUniform
{
    /// <summary>−2 log(u), u = (leading bits + <paramref name="rest"/> · <paramref name="restWeight"/>).</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="bits">Random bits, all of the element; the highest 23 (float) or 52 (double) are u's leading bits.</param>
    /// <param name="rest">What follows the leading bits, as an integer with a one at its end.</param>
    /// <param name="restWeight">The weight of the integer's lowest bit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MinusTwiceLog<T>(Word<T> bits, T rest, T restWeight)
        where T : struct, IReal<T>
    {
        // The leading bits as the significand of a number on [1, 2); what follows is exact up to the sum with the rest.
        T onePlusLeading = T.ElementBits == 32
            ? T.FromBits((bits >>> 9) | T.WordConstant(OneBits32))
            : T.FromBits((bits >>> 12) | T.WordConstant(OneBits64));
        T uniform = T.FusedMultiplyAdd(rest, restWeight, onePlusLeading - T.Constant(1));
        T uniformMinusOne = T.FusedMultiplyAdd(rest, restWeight, onePlusLeading - T.Constant(2));
        return T.ElementBits == 32
            ? MinusTwiceLog32(uniform, uniformMinusOne)
            : MinusTwiceLog64(uniform, uniformMinusOne);
    }

    private const uint OneBits32 = 0x3F800000;
    private const ulong OneBits64 = 0x3FF0000000000000;

    // u = 2^e (1 + f), −1/3 ≤ f < 1/3. −2 log(1 + f) = f (f p(f) − 2) with the minimax p of degree 7: relative error 2⁻²⁵.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T MinusTwiceLog32<T>(T uniform, T uniformMinusOne)
        where T : struct, IReal<T>
    {
        const uint TwoThirds = 0x3F2AAAAB;
        const double MinusTwiceLog2OverTwoTo23 = -1.3862943611198906 / (1 << 23);

        Word<T> bits = T.ToBits(uniform);
        Word<T> shiftedExponent = (bits - T.WordConstant(TwoThirds)) & T.WordConstant(0xFF800000); // e · 2²³
        T f = T.FromBits(bits - shiftedExponent) - T.Constant(1);
        f = T.Select(T.AreEqual(shiftedExponent, T.WordConstant(0)), uniformMinusOne, f);

        T p = T.FusedMultiplyAdd(f, T.Constant(-0.2818902), T.Constant(0.3010374));
        p = T.FusedMultiplyAdd(f, p, T.Constant(-0.27977157));
        p = T.FusedMultiplyAdd(f, p, T.Constant(0.3296242));
        p = T.FusedMultiplyAdd(f, p, T.Constant(-0.40021923));
        p = T.FusedMultiplyAdd(f, p, T.Constant(0.5000844));
        p = T.FusedMultiplyAdd(f, p, T.Constant(-0.6666644));
        p = T.FusedMultiplyAdd(f, p, T.Constant(0.9999997));
        p = T.FusedMultiplyAdd(f, p, T.Constant(-2));
        return T.FusedMultiplyAdd(f, p, T.FromSignedWord(shiftedExponent) * T.Constant(MinusTwiceLog2OverTwoTo23));
    }

    // u = 2^e (1 + f), √½ ≤ 1 + f < √2. With s = f / (2 + f): −2 log(1 + f) = s q(s²), minimax q of degree 7, error 2⁻⁵⁹.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T MinusTwiceLog64<T>(T uniform, T uniformMinusOne)
        where T : struct, IReal<T>
    {
        const ulong RootOfHalf = 0x3FE6A09E667F3BCD;
        const int ExponentBias = 1023;

        Word<T> bits = T.ToBits(uniform);
        Word<T> shiftedExponent = (bits - T.WordConstant(RootOfHalf)) & T.WordConstant(0xFFF0000000000000); // e · 2⁵²
        T exponent = T.FromSignedWord((bits + T.WordConstant(OneBits64 - RootOfHalf)) >>> 52) - T.FromInteger(ExponentBias);
        T f = T.FromBits(bits - shiftedExponent) - T.Constant(1);
        f = T.Select(T.AreEqual(shiftedExponent, T.WordConstant(0)), uniformMinusOne, f);

        T s = f / (f + T.Constant(2));
        T z = s * s;
        T q = T.FusedMultiplyAdd(z, T.Constant(-0.29601552411783333), T.Constant(-0.3062714371402697));
        q = T.FusedMultiplyAdd(z, q, T.Constant(-0.3636716602755709));
        q = T.FusedMultiplyAdd(z, q, T.Constant(-0.4444439642056748));
        q = T.FusedMultiplyAdd(z, q, T.Constant(-0.5714285749203899));
        q = T.FusedMultiplyAdd(z, q, T.Constant(-0.7999999999879476));
        q = T.FusedMultiplyAdd(z, q, T.Constant(-1.3333333333333475));
        q = T.FusedMultiplyAdd(z, q, T.Constant(-4));
        return T.FusedMultiplyAdd(s, q, exponent * T.Constant(-1.3862943611198906));
    }
}
