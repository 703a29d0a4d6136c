using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Random points on the unit circle, straight from bits: 2²⁴ (float) or 2⁵³ (double) angles at odd multiples of half their
/// spacing, so that no coordinate is ever 0 and all eight symmetries of the square map the set onto itself.
/// </summary>
internal static class CirclePoint
{
    /// <summary>A point of the circle.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="angle">
    /// Random bits: the highest is the sign of the cosine, the lowest swaps the coordinates, bits 1 to 22 (float) or 1 to 51
    /// (double) place the angle on (−π/4, π/4). The others are not used.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals2<T> FromBits<T>(Word<T> angle)
        where T : struct, IReal<T>
    {
        // The bits as the significand of a number on (2, 4), its last bit set: less 3, an odd multiple on (−1, 1).
        T v = T.ElementBits == 32
            ? T.FromBits(T.BitwiseOr(T.BitwiseAnd(angle, T.WordConstant(0x007FFFFE)), T.WordConstant(0x40000001)))
            : T.FromBits(T.BitwiseOr(T.BitwiseAnd(angle, T.WordConstant(0x000FFFFFFFFFFFFE)), T.WordConstant(0x4000000000000001)));
        v -= T.Constant(3);
        T z = v * v;

        T sine = v * (T.ElementBits == 32 ? SineOverArgument32(z) : SineOverArgument64(z));
        T cosine = T.ElementBits == 32 ? Cosine32(z) : Cosine64(z);
        Word<T> sign = T.BitwiseAnd(angle, T.WordConstant(T.ElementBits == 32 ? 1u << 31 : 1ul << 63));
        cosine = T.FromBits(T.ExclusiveOr(T.ToBits(cosine), sign));

        Mask<T> keep = T.AreEqual(T.BitwiseAnd(angle, T.WordConstant(1)), T.WordConstant(0));
        return new Reals2<T> { First = T.Select(keep, cosine, sine), Second = T.Select(keep, sine, cosine) };
    }

    // Minimax polynomials in z = v² on |v| ≤ 1 of sin(πv/4)/v and cos(πv/4): errors 2⁻²⁵ (float) and 2⁻⁵⁴ (double).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SineOverArgument32<T>(T z)
        where T : struct, IReal<T>
    {
        T p = T.FusedMultiplyAdd(z, T.Constant(-3.6162124e-05), T.Constant(0.0024903752));
        p = T.FusedMultiplyAdd(z, p, T.Constant(-0.08074562));
        return T.FusedMultiplyAdd(z, p, T.Constant(0.7853982));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Cosine32<T>(T z)
        where T : struct, IReal<T>
    {
        T p = T.FusedMultiplyAdd(z, T.Constant(-0.00031912953), T.Constant(0.015850352));
        p = T.FusedMultiplyAdd(z, p, T.Constant(-0.30842447));
        return T.FusedMultiplyAdd(z, p, T.Constant(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SineOverArgument64<T>(T z)
        where T : struct, IReal<T>
    {
        T p = T.FusedMultiplyAdd(z, T.Constant(6.868724252837274e-12), T.Constant(-1.7571219475090327e-09));
        p = T.FusedMultiplyAdd(z, p, T.Constant(3.133615872941205e-07));
        p = T.FusedMultiplyAdd(z, p, T.Constant(-3.6576204137696544e-05));
        p = T.FusedMultiplyAdd(z, p, T.Constant(0.00249039457018263));
        p = T.FusedMultiplyAdd(z, p, T.Constant(-0.08074551218827976));
        return T.FusedMultiplyAdd(z, p, T.Constant(0.7853981633974483));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Cosine64<T>(T z)
        where T : struct, IReal<T>
    {
        T p = T.FusedMultiplyAdd(z, T.Constant(1.1366973311174103e-10), T.Constant(-2.4609555938566696e-08));
        p = T.FusedMultiplyAdd(z, p, T.Constant(3.5908592408456745e-06));
        p = T.FusedMultiplyAdd(z, p, T.Constant(-0.00032599188652009093));
        p = T.FusedMultiplyAdd(z, p, T.Constant(0.015854344243752188));
        p = T.FusedMultiplyAdd(z, p, T.Constant(-0.30842513753403916));
        return T.FusedMultiplyAdd(z, p, T.Constant(1));
    }
}
