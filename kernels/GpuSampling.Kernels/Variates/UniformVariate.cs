using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Uniform random numbers. Elements of 32 bits take one word each: number i of an address is word i mod 4 of block ⌊i/4⌋.
/// Elements of 64 bits take two: number i is words 2(i mod 2) and 2(i mod 2) + 1 of block ⌊i/2⌋, the lower word first.
/// </summary>
public static class UniformVariate
{
    /// <summary>Number <paramref name="index"/> of each lane's address, on [0, 1): a multiple of 2⁻²⁴ (float) or 2⁻⁵³ (double).</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="index">The number's position, the same for all lanes.</param>
    /// <remarks>Takes a block for itself: take <see cref="Quadruple"/> where four numbers are needed.</remarks>
    public static T HalfOpen<T>(in StreamAddress<T> address, uint index)
        where T : struct, IReal<T>
    {
        Words4<T> words = Philox4x32.Block(address, T.ElementBits == 32 ? index >> 2 : index >> 1);
        return T.ElementBits == 32 ? HalfOpen(words.At(index)) : HalfOpen(High(words, index), Low(words, index));
    }

    /// <summary>
    /// Number <paramref name="index"/> of each lane's address, on (0, 1]: safe under a logarithm, and finely spaced near 0.
    /// </summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="index">The number's position, the same for all lanes.</param>
    public static T Positive<T>(in StreamAddress<T> address, uint index)
        where T : struct, IReal<T>
    {
        Words4<T> words = Philox4x32.Block(address, T.ElementBits == 32 ? index >> 2 : index >> 1);
        return T.ElementBits == 32 ? Positive(words.At(index)) : Positive(High(words, index), Low(words, index));
    }

    /// <summary>Numbers 4 · <paramref name="quadrupleIndex"/> to 4 · <paramref name="quadrupleIndex"/> + 3 of each lane's address, on [0, 1).</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="quadrupleIndex">The four numbers' index, the same for all lanes; below 2³¹ for 64-bit elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Reals4<T> Quadruple<T>(in StreamAddress<T> address, uint quadrupleIndex)
        where T : struct, IReal<T>
    {
        Words4<T> words = Philox4x32.Block(address, T.ElementBits == 32 ? quadrupleIndex : 2 * quadrupleIndex);
        if (T.ElementBits == 32)
        {
            return new Reals4<T>
            {
                Real0 = HalfOpen(words.Word0),
                Real1 = HalfOpen(words.Word1),
                Real2 = HalfOpen(words.Word2),
                Real3 = HalfOpen(words.Word3),
            };
        }

        Reals4<T> numbers = default;
        numbers.Real0 = HalfOpen(words.Word1, words.Word0);
        numbers.Real1 = HalfOpen(words.Word3, words.Word2);
        words = Philox4x32.Block(address, (2 * quadrupleIndex) + 1);
        numbers.Real2 = HalfOpen(words.Word1, words.Word0);
        numbers.Real3 = HalfOpen(words.Word3, words.Word2);
        return numbers;
    }

    /// <summary>⌊word / 2⁸⌋ · 2⁻²⁴: all multiples of 2⁻²⁴ on [0, 1), equally likely, exact in every lane type.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="word">A random word in the low 32 bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T HalfOpen<T>(Word<T> word)
        where T : struct, IReal<T> =>
        T.FromSignedWord(T.KeepLow32(word) >>> 8) * T.Constant(1.0 / (1 << 24));

    /// <summary>
    /// The 53 highest of the 64 bits <paramref name="high"/>, <paramref name="low"/>, as a multiple of 2⁻⁵³ on [0, 1). For
    /// 64-bit elements.
    /// </summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="high">The random word of weight 2⁻³².</param>
    /// <param name="low">The random word of weight 2⁻⁶⁴.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T HalfOpen<T>(Word<T> high, Word<T> low)
        where T : struct, IReal<T>
    {
        T fine = T.FromSignedWord(T.KeepLow32(low) >>> 11) * T.Constant(TwoToMinus53);
        return T.FusedMultiplyAdd(T.FromSignedWord(T.KeepLow32(high)), T.Constant(TwoToMinus32), fine);
    }

    /// <summary>An element full of random bits (32 or 64) as a number on [0, 1): of its 24 or 53 highest bits.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="bits">Random bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T HalfOpenFromBits<T>(Word<T> bits)
        where T : struct, IReal<T> =>
        T.ElementBits == 32 ? HalfOpen(bits) : HalfOpen(bits >>> 32, bits);

    /// <summary>
    /// (word + ½) · 2⁻³², rounded to the element type: on (0, 1], 2⁻³³ the least. In 32-bit elements the spacing shrinks
    /// towards 0 and words from 2³² − 2⁷ up give 1.
    /// </summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="word">A random word in the low 32 bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Positive<T>(Word<T> word)
        where T : struct, IReal<T>
    {
        // Two exact parts, so that the sum is rounded once also where a word does not fit the element's significand.
        T low = T.FromSignedWord(((word & T.WordConstant(0xFF)) << 1) | T.WordConstant(1));
        T high = T.FromSignedWord(T.KeepLow32(word) >>> 8);
        return T.FusedMultiplyAdd(high, T.Constant(1.0 / (1 << 24)), low * T.Constant(TwoToMinus33));
    }

    /// <summary>
    /// (n + ½) · 2⁻⁶⁴ for the 64-bit integer n of <paramref name="high"/> and <paramref name="low"/>, rounded: on (0, 1],
    /// 2⁻⁶⁵ the least. For 64-bit elements.
    /// </summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="high">The random word of weight 2⁻³².</param>
    /// <param name="low">The random word of weight 2⁻⁶⁴.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Positive<T>(Word<T> high, Word<T> low)
        where T : struct, IReal<T>
    {
        T fine = T.FusedMultiplyAdd(T.FromSignedWord(T.KeepLow32(low)), T.Constant(TwoToMinus64), T.Constant(TwoToMinus65));
        return T.FusedMultiplyAdd(T.FromSignedWord(T.KeepLow32(high)), T.Constant(TwoToMinus32), fine);
    }

    // The words of number index mod 2 of a block for 64-bit elements.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word<T> High<T>(Words4<T> words, uint index)
        where T : struct, IReal<T> => (index & 1) == 0 ? words.Word1 : words.Word3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word<T> Low<T>(Words4<T> words, uint index)
        where T : struct, IReal<T> => (index & 1) == 0 ? words.Word0 : words.Word2;

    private const double TwoToMinus32 = 1.0 / (1L << 32);
    private const double TwoToMinus33 = 1.0 / (1L << 33);
    private const double TwoToMinus53 = 1.0 / (1L << 53);
    private const double TwoToMinus64 = TwoToMinus32 * TwoToMinus32;
    private const double TwoToMinus65 = TwoToMinus32 * TwoToMinus33;
}
