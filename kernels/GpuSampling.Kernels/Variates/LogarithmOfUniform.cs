using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// −2 log u for a uniform random u given by more bits than the element type holds, with full relative precision at both ends:
/// near u = 1, where it is small, what rounding took from u is put back, so that the result is never 0 and has no lattice.
/// </summary>
internal static class LogarithmOfUniform
{
    /// <summary>−2 log(u), u = <paramref name="onePlusLeading"/> − 1 + <paramref name="rest"/> · <paramref name="restWeight"/>.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="onePlusLeading">1 plus the leading bits of u: all 23 (float) or 52 (double) of a significand.</param>
    /// <param name="rest">What follows the leading bits, as an integer that is exact in the element type and ends with a one bit.</param>
    /// <param name="restWeight">The integer's unit, a power of two: rest · restWeight is below the unit of the leading bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MinusTwiceLog<T>(T onePlusLeading, T rest, T restWeight)
        where T : struct, IReal<T>
    {
        T leading = onePlusLeading - T.Constant(1);
        T uniform = T.FusedMultiplyAdd(rest, restWeight, leading);
        T rounding = T.FusedMultiplySubtract(rest, restWeight, uniform - leading); // exact: u = uniform + rounding
        return T.ElementBits == 32 ? MinusTwiceLog32(uniform, rounding) : MinusTwiceLog64(uniform, rounding);
    }

    // u = 2^e (1 + f), −1/3 ≤ f < 1/3. −2 log(1 + f) = f (f p(f) − 2) with the minimax p of degree 7: relative error 2⁻²⁵.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T MinusTwiceLog32<T>(T uniform, T rounding)
        where T : struct, IReal<T>
    {
        const uint TwoThirds = 0x3F2AAAAB;
        const double MinusTwiceLog2OverTwoTo23 = -1.3862943611198906 / (1 << 23);

        Word<T> bits = T.ToBits(uniform);
        Word<T> shiftedExponent = T.BitwiseAnd(T.Subtract(bits, T.WordConstant(TwoThirds)), T.WordConstant(0xFF800000)); // e · 2²³

        // What rounding took matters at e = 0 only. Elsewhere it is added unscaled: too small to change more than the last bit.
        T f = T.FromBits(T.Subtract(bits, shiftedExponent)) - T.Constant(1) + rounding;

        // Estrin's scheme: half the latency of Horner's.
        T square = f * f;
        T low = T.FusedMultiplyAdd(f, T.Constant(-0.6666644), T.Constant(0.9999997));
        T middle = T.FusedMultiplyAdd(f, T.Constant(-0.40021923), T.Constant(0.5000844));
        T high = T.FusedMultiplyAdd(f, T.Constant(-0.27977157), T.Constant(0.3296242));
        T highest = T.FusedMultiplyAdd(f, T.Constant(-0.2818902), T.Constant(0.3010374));
        low = T.FusedMultiplyAdd(square, middle, low);
        high = T.FusedMultiplyAdd(square, highest, high);
        T p = T.FusedMultiplyAdd(square * square, high, low);
        p = T.FusedMultiplyAdd(f, p, T.Constant(-2));
        return T.FusedMultiplyAdd(f, p, T.FromSignedWord(shiftedExponent) * T.Constant(MinusTwiceLog2OverTwoTo23));
    }

    // u = 2^e (1 + f), √½ ≤ 1 + f < √2. With s = f / (2 + f): −2 log(1 + f) = s q(s²), minimax q of degree 7, error 2⁻⁵⁹.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T MinusTwiceLog64<T>(T uniform, T rounding)
        where T : struct, IReal<T>
    {
        const ulong One = 0x3FF0000000000000;
        const ulong RootOfHalf = 0x3FE6A09E667F3BCD;

        Word<T> bits = T.ToBits(uniform);
        Word<T> shiftedExponent = T.BitwiseAnd(T.Subtract(bits, T.WordConstant(RootOfHalf)), T.WordConstant(0xFFF0000000000000)); // e · 2⁵²
        T biasedExponent = T.FromSignedWord(T.ShiftRight(T.Add(bits, T.WordConstant(One - RootOfHalf)), 52));
        T exponent = biasedExponent - T.Constant(1023);
        T f = T.FromBits(T.Subtract(bits, shiftedExponent)) - T.Constant(1) + rounding;

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
