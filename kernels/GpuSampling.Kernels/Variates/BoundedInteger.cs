using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Integers below a bound, all equally likely, by Lemire's "Fast random integer generation in an interval" (ACM TOMACS 29,
/// 2019): the high half of word · range, rejected where the low half falls into the first 2³² mod range values. Attempt a of a
/// number reads the same word of the block whose index has a in its highest 8 bits: attempts share no words with other numbers
/// and need no state. A number that fails 256 times, one in more than 2²⁵⁶, takes its last attempt.
/// </summary>
public static class BoundedInteger
{
    private const uint Attempts = 256;

    /// <summary>2³² mod <paramref name="range"/>: products with a lower half below this are rejected. 0 for range 0.</summary>
    /// <param name="range">The number of integers; 0 stands for 2³².</param>
    public static uint RejectionThreshold(uint range) => range == 0 ? 0 : unchecked(0u - range) % range;

    /// <summary>
    /// Number <paramref name="index"/> of each lane's address, an integer from 0 to <paramref name="range"/> − 1 in the low 32
    /// bits (those above are 0): from word index mod 4 of block ⌊index / 4⌋.
    /// </summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="index">The number's position, the same for all lanes; below 2²⁶.</param>
    /// <param name="range">The number of integers; 0 stands for 2³².</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> Below<T>(StreamAddress<T> address, uint index, uint range)
        where T : struct, IReal<T>
    {
        uint threshold = RejectionThreshold(range);
        Word<T> word = Philox4x32.Block(address, index >> 2).At(index);
        Word<T> result = Scale(word, range);
        Mask<T> rejected = IsRejected(word, range, threshold);
        for (uint attempt = 1; attempt < Attempts && T.Any(rejected); attempt++)
        {
            word = Philox4x32.Block(address, (attempt << 24) | (index >> 2)).At(index);
            result = T.Select(rejected, Scale(word, range), result);
            rejected = T.And(rejected, IsRejected(word, range, threshold));
        }

        return T.KeepLow32(result);
    }

    /// <summary>⌊word · range / 2³²⌋; the word itself for range 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Word<T> Scale<T>(Word<T> word, uint range)
        where T : struct, IReal<T> =>
        range == 0 ? word : T.MultiplyWide32(word, range).High;

    /// <summary>Whether word · range mod 2³² lies below the threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Mask<T> IsRejected<T>(Word<T> word, uint range, uint threshold)
        where T : struct, IReal<T> =>
        T.LessThan(T.KeepLow32(T.MultiplyWide32(word, range).Low), T.WordConstant(threshold));
}
