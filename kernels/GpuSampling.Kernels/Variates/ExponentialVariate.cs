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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T At<T>(StreamAddress<T> address, uint index)
        where T : struct, IReal<T>
    {
        if (T.ElementBits == 32)
        {
            return FromBits(Philox4x32.Block(address, index >> 2).At(index));
        }

        Words4<T> words = Philox4x32.Block(address, index >> 1);
        return (index & 1) == 0
            ? FromBits(words.LowPair)
            : FromBits(words.HighPair);
    }

    /// <summary>−log((n + ½) · 2⁻ᵇ) for the b-bit integer n of an element full of random bits (32 or 64).</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="bits">Random bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FromBits<T>(Word<T> bits)
        where T : struct, IReal<T>
    {
        T half = T.Constant(0.5);
        if (T.ElementBits == 32)
        {
            Word<T> leading = T.BitwiseOr(T.ShiftRight(bits, 9), T.WordConstant(0x3F800000));
            Word<T> rest = T.BitwiseOr(T.BitwiseAnd(T.ShiftLeft(bits, 1), T.WordConstant(0x3FE)), T.WordConstant(1));
            return LogarithmOfUniform.MinusTwiceLog(T.FromBits(leading), T.FromSignedWord(rest), T.Constant(1.0 / (1L << 33))) * half;
        }

        Word<T> wideLeading = T.BitwiseOr(T.ShiftRight(bits, 12), T.WordConstant(0x3FF0000000000000));
        Word<T> wideRest = T.BitwiseOr(T.BitwiseAnd(T.ShiftLeft(bits, 1), T.WordConstant(0x1FFE)), T.WordConstant(1));
        return LogarithmOfUniform.MinusTwiceLog(T.FromBits(wideLeading), T.FromSignedWord(wideRest), T.Constant(1.0 / (1L << 62) / 8)) * half;
    }
}
