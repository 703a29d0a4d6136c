using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Exponential numbers of rate 1, −log u: never 0 or infinite. Elements of 32 bits take one word each, number i of an address
/// word i mod 4 of block ⌊i/4⌋, on [1.2·10⁻¹⁰, 22.9]. Elements of 64 bits take two, number i words 2(i mod 2) and 2(i mod 2) + 1
/// of block ⌊i/2⌋,
/// the lower word first, on [2.7·10⁻²⁰, 45.1].
/// </summary>
public static class ExponentialVariate
{
    /// <summary>Number <paramref name="index"/> of each lane's address.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="index">The number's position, the same for all lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T At<T>(in StreamAddress<T> address, uint index)
        where T : struct, IReal<T>
    {
        Words4<T> words = Philox4x32.Block(address, T.ElementBits == 32 ? index >> 2 : index >> 1);
        Word<T> bits = words.At(index);
        if (T.ElementBits == 64)
        {
            bits = (index & 1) == 0 ? words.LowPair : words.HighPair;
        }

        return FromBits(bits);
    }

    /// <summary>−log((n + ½) · 2⁻ᵇ) for the b-bit integer n of an element full of random bits (32 or 64).</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="bits">Random bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FromBits<T>(Word<T> bits)
        where T : struct, IReal<T>
    {
        Word<T> leading = T.ElementBits == 32
            ? T.BitwiseOr(T.ShiftRight(bits, 9), T.WordConstant(0x3F800000))
            : T.BitwiseOr(T.ShiftRight(bits, 12), T.WordConstant(0x3FF0000000000000));
        Word<T> restMask = T.WordConstant(T.ElementBits == 32 ? 0x3FEul : 0x1FFE);
        Word<T> rest = T.BitwiseOr(T.BitwiseAnd(T.ShiftLeft(bits, 1), restMask), T.WordConstant(1));
        T restWeight = T.Constant(T.ElementBits == 32 ? 1.0 / (1L << 33) : 1.0 / (1L << 62) / 8);
        return LogarithmOfUniform.MinusTwiceLog(T.FromBits(leading), T.FromSignedWord(rest), restWeight) * T.Constant(0.5);
    }
}
