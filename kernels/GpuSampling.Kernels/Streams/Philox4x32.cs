using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Streams;

/// <summary>
/// The counter-based generator Philox4x32 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
/// (SC 2011), section 4.3: for each key a bijection of blocks of four words, of which ten rounds pass BigCrush with a wide
/// margin and seven pass it with none to spare.
/// </summary>
/// <remarks>No state exists: a block is a pure function of its address, on every lane type the same.</remarks>
public static class Philox4x32
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>Block <paramref name="block"/> of each lane's address, by ten rounds: the project's standard generator.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="block">The block, the same for all lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> Block<T>(StreamAddress<T> address, uint block)
        where T : struct, IReal<T> =>
        Block(address, T.WordConstant(block));

    /// <summary>The block at an index that differs by lane, by ten rounds.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="block">The block of each lane, in the low 32 bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> Block<T>(StreamAddress<T> address, Word<T> block)
        where T : struct, IReal<T> =>
        TenRounds(address.Counter(block), address.Key);

    /// <summary>Block <paramref name="block"/> by seven rounds: a third faster, and of another sequence.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="block">The block, the same for all lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> BlockBySevenRounds<T>(StreamAddress<T> address, uint block)
        where T : struct, IReal<T> =>
        SevenRounds(address.Counter(T.WordConstant(block)), address.Key);

    /// <summary>The generator itself with ten rounds: the image of any counter.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="counter">Four words per lane.</param>
    /// <param name="key">The key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> TenRounds<T>(Words4<T> counter, StreamKey key)
        where T : struct, IReal<T> =>
        Rounds(counter, key, 0, 10);

    /// <summary>The generator itself with seven rounds: the image of any counter.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="counter">Four words per lane.</param>
    /// <param name="key">The key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> SevenRounds<T>(Words4<T> counter, StreamKey key)
        where T : struct, IReal<T> =>
        Rounds(counter, key, 0, 7);

    /// <summary>Rounds <paramref name="first"/> to <paramref name="end"/> − 1, counted from 0.</summary>
    /// <remarks>
    /// A loop on purpose: written out, the rounds' temporaries would use up what .NET's compiler allows a method before it stops
    /// inlining the lanes' operations. Engines that compile for devices write it out.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Words4<T> Rounds<T>(Words4<T> words, StreamKey key, uint first, uint end)
        where T : struct, IReal<T>
    {
        uint key0 = RoundKey0(key, first), key1 = RoundKey1(key, first);
        for (uint round = first; round < end; round++)
        {
            words = Round(words, T.WordConstant(key0), T.WordConstant(key1));
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }

        return words;
    }

    /// <summary>One round with the key's words of that round.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="words">Four words per lane.</param>
    /// <param name="key0">The first word of the round's key, in the low 32 bits.</param>
    /// <param name="key1">The second.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> Round<T>(Words4<T> words, Word<T> key0, Word<T> key1)
        where T : struct, IReal<T>
    {
        WordPair<T> product0 = T.MultiplyWide32(words.Word0, Multiplier0);
        WordPair<T> product1 = T.MultiplyWide32(words.Word2, Multiplier1);
        return new Words4<T>
        {
            Word0 = T.ExclusiveOr(product1.High, words.Word1, key0),
            Word1 = product1.Low,
            Word2 = T.ExclusiveOr(product0.High, words.Word3, key1),
            Word3 = product0.Low,
        };
    }

    /// <summary>The first word of the key in round <paramref name="round"/>: so many steps of its Weyl sequence on.</summary>
    /// <param name="key">The key.</param>
    /// <param name="round">The round, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RoundKey0(StreamKey key, uint round) => unchecked(key.Low + (round * Weyl0));

    /// <summary>The second word of the key in round <paramref name="round"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="round">The round, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RoundKey1(StreamKey key, uint round) => unchecked(key.High + (round * Weyl1));
}
