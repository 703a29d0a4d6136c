using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Bounded integers as bulk fills store them, four a block: number i is minimum plus the outcome of
/// <see cref="BoundedInteger"/> for word i mod 4 of block ⌊i/4⌋. A device thread takes one block and stores four numbers.
/// </summary>
public readonly struct BulkIntegers
{
    private readonly StreamKey key;
    private readonly StreamPurpose purpose;
    private readonly uint streamLow;
    private readonly uint streamHigh;
    private readonly uint blockHigh;
    private readonly uint minimum;
    private readonly uint range;
    private readonly uint threshold;

    /// <summary>Prepares 2³² blocks.</summary>
    /// <param name="key">The seed.</param>
    /// <param name="purpose">What the words are for.</param>
    /// <param name="stream">The stream, below 2⁵⁶.</param>
    /// <param name="blockHigh">Bits 32 to 55 of the blocks' indices.</param>
    /// <param name="minimum">The least integer, as its two's complement.</param>
    /// <param name="range">The number of integers; 0 stands for 2³².</param>
    public BulkIntegers(StreamKey key, StreamPurpose purpose, ulong stream, uint blockHigh, uint minimum, uint range)
    {
        this.key = key;
        this.purpose = purpose;
        streamLow = (uint)stream;
        streamHigh = (uint)(stream >> 32);
        this.blockHigh = blockHigh;
        this.minimum = minimum;
        this.range = range;
        threshold = BoundedInteger.RejectionThreshold(range);
    }

    /// <summary>The four integers of a block, in the low 32 bits.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="block">The low 32 bits of each lane's block index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Words4<T> At<T>(Word<T> block)
        where T : struct, IReal<T>
    {
        Words4<T> result = default;
        Mask<T> rejected0 = T.UniformMask(true), rejected1 = rejected0, rejected2 = rejected0, rejected3 = rejected0;
        for (uint attempt = 0; attempt < 256; attempt++)
        {
            ulong stream = ((ulong)streamHigh << 32) | streamLow;
            Words4<T> words = new BulkBlocks(key, purpose, stream, blockHigh, attempt).At(block);
            result.Word0 = T.Select(rejected0, BoundedInteger.Scale(words.Word0, range), result.Word0);
            result.Word1 = T.Select(rejected1, BoundedInteger.Scale(words.Word1, range), result.Word1);
            result.Word2 = T.Select(rejected2, BoundedInteger.Scale(words.Word2, range), result.Word2);
            result.Word3 = T.Select(rejected3, BoundedInteger.Scale(words.Word3, range), result.Word3);
            rejected0 = T.And(rejected0, BoundedInteger.IsRejected(words.Word0, range, threshold));
            rejected1 = T.And(rejected1, BoundedInteger.IsRejected(words.Word1, range, threshold));
            rejected2 = T.And(rejected2, BoundedInteger.IsRejected(words.Word2, range, threshold));
            rejected3 = T.And(rejected3, BoundedInteger.IsRejected(words.Word3, range, threshold));
            if (!T.Any(T.Or(T.Or(rejected0, rejected1), T.Or(rejected2, rejected3))))
            {
                break;
            }
        }

        Word<T> first = T.WordConstant(minimum);
        result.Word0 = T.Add(result.Word0, first);
        result.Word1 = T.Add(result.Word1, first);
        result.Word2 = T.Add(result.Word2, first);
        result.Word3 = T.Add(result.Word3, first);
        return result;
    }
}
