using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Streams;

/// <summary>
/// The counter-based generator Threefry4x32 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3"
/// (SC 2011), section 4.2: the cipher Threefish with words of 32 bits, without its tweak. It adds, rotates and exclusive-ors
/// only. A second family, for checks of results that must not hang on one generator.
/// </summary>
/// <remarks>Addresses map to counters as for <see cref="Philox4x32"/>; the seed is the first half of the key, the rest is 0.</remarks>
public static class Threefry4x32
{
    private const uint Parity = 0x1BD11BDA;

    /// <summary>Block <paramref name="block"/> of each lane's address, by twenty rounds.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="block">The block, the same for all lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> Block<T>(StreamAddress<T> address, uint block)
        where T : struct, IReal<T> =>
        TwentyRounds(address.Counter(T.WordConstant(block)), address.Key);

    /// <summary>The generator with twenty rounds and the key (seed low, seed high, 0, 0).</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="counter">Four words per lane.</param>
    /// <param name="key">The seed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> TwentyRounds<T>(Words4<T> counter, StreamKey key)
        where T : struct, IReal<T> =>
        Rounds(counter, key.Low, key.High, 0, 0, 20);

    /// <summary>The generator itself: the image of any counter under any key.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="counter">Four words per lane.</param>
    /// <param name="key0">Word 0 of the key.</param>
    /// <param name="key1">Word 1.</param>
    /// <param name="key2">Word 2.</param>
    /// <param name="key3">Word 3.</param>
    /// <param name="rounds">The number of rounds: 20 is the standard, 13 still passes BigCrush, 12 does with no margin.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words4<T> Rounds<T>(Words4<T> counter, uint key0, uint key1, uint key2, uint key3, uint rounds)
        where T : struct, IReal<T>
    {
        uint key4 = Parity ^ key0 ^ key1 ^ key2 ^ key3;
        Word<T> word0 = T.Add(counter.Word0, T.WordConstant(key0));
        Word<T> word1 = T.Add(counter.Word1, T.WordConstant(key1));
        Word<T> word2 = T.Add(counter.Word2, T.WordConstant(key2));
        Word<T> word3 = T.Add(counter.Word3, T.WordConstant(key3));
        for (uint round = 0; round < rounds; round++)
        {
            // Rounds mix words (0, 1) and (2, 3), then (0, 3) and (2, 1), in turn; the swap makes both the same.
            word0 = T.Add(word0, word1);
            word2 = T.Add(word2, word3);
            Word<T> mixed1 = T.ExclusiveOr(T.RotateLeft32(word1, FirstRotation(round)), word0);
            Word<T> mixed3 = T.ExclusiveOr(T.RotateLeft32(word3, SecondRotation(round)), word2);
            word1 = mixed3;
            word3 = mixed1;
            if ((round & 3) == 3)
            {
                // After every fourth round the next rotation of the extended key goes in, and a count into the last word.
                uint injection = (round >> 2) + 1;
                word0 = T.Add(word0, T.WordConstant(KeyWord(injection, key0, key1, key2, key3, key4)));
                word1 = T.Add(word1, T.WordConstant(KeyWord(injection + 1, key0, key1, key2, key3, key4)));
                word2 = T.Add(word2, T.WordConstant(KeyWord(injection + 2, key0, key1, key2, key3, key4)));
                word3 = T.Add(word3, T.WordConstant(unchecked(KeyWord(injection + 3, key0, key1, key2, key3, key4) + injection)));
            }
        }

        // After an odd number of rounds the last swap has left words 1 and 3 exchanged.
        return (rounds & 1) == 0
            ? new Words4<T> { Word0 = word0, Word1 = word1, Word2 = word2, Word3 = word3 }
            : new Words4<T> { Word0 = word0, Word1 = word3, Word2 = word2, Word3 = word1 };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstRotation(uint round) => RotationAt(round, 0x170D0B0A, 0x12191106);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SecondRotation(uint round) => RotationAt(round, 0x051B151A, 0x140A0B14);

    // The counts of eight rounds, a byte each: 10 11 13 23 6 17 25 18 for the first pair, 26 21 27 5 20 11 10 20 for the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RotationAt(uint round, uint firstFour, uint lastFour) =>
        (int)((((round & 4) == 0 ? firstFour : lastFour) >> (int)(8 * (round & 3))) & 31);

    private static uint KeyWord(uint index, uint key0, uint key1, uint key2, uint key3, uint key4)
    {
        uint place = index % 5;
        return place < 2 ? (place == 0 ? key0 : key1) : place == 2 ? key2 : place == 3 ? key3 : key4;
    }
}
