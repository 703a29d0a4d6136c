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
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
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
        where T : struct, IReal<T>
    {
        Words4<T> words = SevenRounds(counter, key);
        words = Round(words, key, 7);
        words = Round(words, key, 8);
        return Round(words, key, 9);
    }

    /// <summary>The generator itself with seven rounds: the image of any counter.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="counter">Four words per lane.</param>
    /// <param name="key">The key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> SevenRounds<T>(Words4<T> counter, StreamKey key)
        where T : struct, IReal<T>
    {
        Words4<T> words = Round(counter, key, 0);
        words = Round(words, key, 1);
        words = Round(words, key, 2);
        words = Round(words, key, 3);
        words = Round(words, key, 4);
        words = Round(words, key, 5);
        return Round(words, key, 6);
    }

    /// <summary>Round <paramref name="round"/>, with the key advanced by that many steps of its Weyl sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Words4<T> Round<T>(Words4<T> words, StreamKey key, uint round)
        where T : struct, IReal<T>
    {
        Word<T> key0 = T.WordConstant(unchecked(key.Low + (round * Weyl0)));
        Word<T> key1 = T.WordConstant(unchecked(key.High + (round * Weyl1)));
        WordPair<T> product0 = T.MultiplyWide32(words.Word0, Multiplier0);
        WordPair<T> product1 = T.MultiplyWide32(words.Word2, Multiplier1);
        return new Words4<T>(
            T.ExclusiveOr(product1.High, words.Word1, key0),
            product1.Low,
            T.ExclusiveOr(product0.High, words.Word3, key1),
            product0.Low);
    }
}
