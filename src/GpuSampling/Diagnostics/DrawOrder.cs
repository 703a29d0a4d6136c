using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuSampling.Diagnostics;

/// <summary>The order statistics of one parameter's draws, and a way to bring what is found out about each rank back to its draw.</summary>
/// <remarks>
/// A sample sort: draws go to buckets by value, and each bucket is sorted within a cache. A draw's place in its bucket before that
/// is its slot. Slots of a bucket keep the order of positions, so that values by slot can be read in the order of positions, one
/// stream a bucket (<see cref="ReadBySlot"/>): neither way is memory accessed at random, which for millions of draws is most of
/// the time of an ordinary sort.
/// </remarks>
internal sealed class DrawOrder : IDisposable
{
    private readonly BucketSplitters splitters = new();
    private readonly BucketSort bucketSort = new();
    private readonly PackedSort packedSort = new();
    private readonly AlignedBuffer<byte> bucketBuffer = new();

    // Draws in float64, or twice as many in float32.
    private readonly AlignedBuffer<double> bySlotBuffer = new();

    private readonly AlignedBuffer<double> valueBuffer = new();
    private readonly AlignedBuffer<int> slotBuffer = new();
    private readonly AlignedBuffer<double> splitValueBuffer = new();
    private readonly AlignedBuffer<int> splitSlotBuffer = new();

    // The first slot of each bucket and the end of the last; the end of the slots of split draws in each; the number of split draws
    // in the buckets before it.
    private readonly int[] starts = new int[BucketSplitters.MostBuckets + 1];
    private readonly int[] splitEnds = new int[BucketSplitters.MostBuckets];
    private readonly int[] splitStarts = new int[BucketSplitters.MostBuckets + 1];
    private readonly int[] heads = new int[BucketSplitters.MostBuckets];
    private double[] scratch = [];
    private int count;
    private int splitCount;

    /// <summary>All draws, ascending.</summary>
    public ReadOnlySpan<double> Values => valueBuffer.Take(count);

    /// <summary>The draws of the half-chains, ascending: all but the middle draws of odd chains.</summary>
    public ReadOnlySpan<double> SplitValues => splitCount == count ? Values : splitValueBuffer.Take(splitCount);

    /// <summary>The slot of each draw in <see cref="SplitValues"/>.</summary>
    public ReadOnlySpan<int> SplitSlots => splitCount == count ? slotBuffer.Take(count) : splitSlotBuffer.Take(splitCount);

    /// <summary>Sorts all draws, the middle ones included. They must be finite.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="scores">The scores of as many ranks as there are split draws.</param>
    /// <param name="scoresBySlot">Receives the normal score of each split draw, while its bucket is still in a cache.</param>
    /// <param name="cancellation">Asked between buckets.</param>
    public void Sort(SplitChains draws, NormalScores scores, Span<double> scoresBySlot, CancellationToken cancellation)
    {
        if (draws.IsSingle)
        {
            Sort<float>(draws, scores, scoresBySlot, cancellation);
        }
        else
        {
            Sort<double>(draws, scores, scoresBySlot, cancellation);
        }
    }

    /// <summary>The quantile of type 7 (Hyndman and Fan 1996): linear between the order statistics around (count - 1) p.</summary>
    /// <param name="probability">p, in [0, 1].</param>
    public double Quantile(double probability)
    {
        ReadOnlySpan<double> values = Values;
        double index = (values.Length - 1) * probability;
        int lower = (int)index;
        int upper = Math.Min(lower + 1, values.Length - 1);
        double fraction = index - lower;

        // Equal neighbours must give exactly their value, or draws equal to the quantile would count as above it.
        return fraction == 0 || values[lower] == values[upper]
            ? values[lower]
            : ((1 - fraction) * values[lower]) + (fraction * values[upper]);
    }

    /// <summary>The median: the middle value, or the mean of the two middle ones.</summary>
    public double Median()
    {
        ReadOnlySpan<double> values = Values;
        double upper = values[values.Length / 2];
        return (values.Length & 1) != 0 ? upper : 0.5 * (values[(values.Length / 2) - 1] + upper);
    }

    /// <summary>Goes back to the first position.</summary>
    public void StartReading() => starts.AsSpan(0, splitters.Buckets).CopyTo(heads);

    /// <summary>
    /// Brings values by slot to the next positions in order. All positions of half-chains must be read one after the other, after
    /// <see cref="StartReading"/>.
    /// </summary>
    /// <param name="positions">The positions, which are those that follow the ones read last.</param>
    /// <param name="first">Values by slot.</param>
    /// <param name="firstTarget">Receives them, one for each position.</param>
    /// <param name="second">More values by slot, or empty.</param>
    /// <param name="secondTarget">Receives those.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ReadBySlot(
        Range positions, ReadOnlySpan<double> first, Span<double> firstTarget, ReadOnlySpan<double> second, Span<double> secondTarget)
    {
        ReadOnlySpan<byte> bucketOf = bucketBuffer.Take(positions.End.Value)[positions];
        ref int head = ref MemoryMarshal.GetArrayDataReference(heads);
        ref double firstStart = ref MemoryMarshal.GetReference(first);
        ref double secondStart = ref MemoryMarshal.GetReference(second);
        for (int i = 0; i < bucketOf.Length; i++)
        {
            int slot = Unsafe.Add(ref head, (nint)bucketOf[i])++;
            firstTarget[i] = Unsafe.Add(ref firstStart, slot);
            if (!second.IsEmpty)
            {
                secondTarget[i] = Unsafe.Add(ref secondStart, slot);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        bucketBuffer.Dispose();
        slotBuffer.Dispose();
        valueBuffer.Dispose();
        bySlotBuffer.Dispose();
        splitValueBuffer.Dispose();
        splitSlotBuffer.Dispose();
    }

    private void Sort<T>(SplitChains draws, NormalScores scores, Span<double> scoresBySlot, CancellationToken cancellation)
        where T : unmanaged
    {
        count = draws.Count;
        splitCount = draws.SplitCount;
        splitters.Choose(draws);
        int buckets = splitters.Buckets;
        ReadOnlySpan<T> byPosition = draws.Values<T>();
        Span<byte> bucketOf = bucketBuffer.Take(byPosition.Length);
        Span<T> bySlot = MemoryMarshal.Cast<double, T>(bySlotBuffer.Take(typeof(T) == typeof(float) ? (count + 1) / 2 : count))[..count];

        Span<int> counts = starts.AsSpan(0, buckets + 1);
        counts.Clear();
        for (int run = 0; run < draws.Runs; run++)
        {
            Range positions = draws.Run(run);
            splitters.Classify(byPosition[positions], bucketOf[positions], counts);
        }

        cancellation.ThrowIfCancellationRequested();
        int start = 0;
        foreach (ref int bucket in counts)
        {
            (bucket, start) = (start, start + bucket);
        }

        counts[..buckets].CopyTo(heads);
        for (int run = 0; run < draws.Runs; run++)
        {
            if (run == draws.Runs - 1)
            {
                // The last run is that of the middle draws.
                heads.AsSpan(0, buckets).CopyTo(splitEnds);
            }

            Range positions = draws.Run(run);
            Distribute(byPosition[positions], bucketOf[positions], heads, bySlot);
        }

        SortBuckets<T>(bySlot, scores, scoresBySlot, cancellation);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Distribute<T>(ReadOnlySpan<T> values, ReadOnlySpan<byte> buckets, int[] heads, Span<T> target)
        where T : unmanaged
    {
        ref int head = ref MemoryMarshal.GetArrayDataReference(heads);
        ref T start = ref MemoryMarshal.GetReference(target);
        for (int i = 0; i < values.Length; i++)
        {
            int slot = Unsafe.Add(ref head, (nint)buckets[i])++;
            Unsafe.Add(ref start, slot) = values[i];
        }
    }

    private void SortBuckets<T>(ReadOnlySpan<T> bySlot, NormalScores scores, Span<double> scoresBySlot, CancellationToken cancellation)
        where T : unmanaged
    {
        Span<double> values = valueBuffer.Take(count);
        Span<int> slots = slotBuffer.Take(count);
        bool hasMiddle = splitCount < count;
        Span<double> splitValues = hasMiddle ? splitValueBuffer.Take(splitCount) : values;
        Span<int> splitSlots = hasMiddle ? splitSlotBuffer.Take(splitCount) : slots;
        int ranked = 0;
        for (int bucket = 0; bucket < splitters.Buckets; bucket++)
        {
            cancellation.ThrowIfCancellationRequested();
            Range range = starts[bucket]..starts[bucket + 1];
            int length = starts[bucket + 1] - starts[bucket];
            SortBucket(bySlot[range], values[range], slots[range], starts[bucket]);
            int split = hasMiddle
                ? LeaveOutMiddle(values[range], slots[range], splitEnds[bucket], splitValues[ranked..], splitSlots[ranked..])
                : length;

            // Equal draws are in one bucket: its ranks need no other.
            Span<double> bucketScores = Scratch(length);
            RankNormalization.WriteScores(
                splitValues.Slice(ranked, split), splitSlots.Slice(ranked, split), starts[bucket], ranked, scores, bucketScores);
            bucketScores.CopyTo(scoresBySlot[range]);
            splitStarts[bucket] = ranked;
            ranked += split;
        }

        splitStarts[splitters.Buckets] = ranked;
    }

    private void SortBucket<T>(ReadOnlySpan<T> draws, Span<double> sorted, Span<int> slots, int firstSlot)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            bucketSort.Sort(MemoryMarshal.Cast<T, double>(draws), sorted, slots, firstSlot);
        }
        else if (!packedSort.TrySort(MemoryMarshal.Cast<T, float>(draws), sorted, slots, firstSlot))
        {
            Span<double> widened = Scratch(draws.Length);
            for (int i = 0; i < widened.Length; i++)
            {
                widened[i] = Widening.One(draws[i]);
            }

            bucketSort.Sort(widened, sorted, slots, firstSlot);
        }
    }

    // Memory for one bucket, which stays in a cache.
    private Span<double> Scratch(int length)
    {
        if (scratch.Length < length)
        {
            scratch = new double[BitOperations.RoundUpToPowerOf2((uint)length)];
        }

        return scratch.AsSpan(0, length);
    }

    // The slots of a bucket's middle draws come last; returns the number of the others.
    private static int LeaveOutMiddle(
        ReadOnlySpan<double> values, ReadOnlySpan<int> slots, int splitEnd, Span<double> splitValues, Span<int> splitSlots)
    {
        int written = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (slots[i] < splitEnd)
            {
                splitValues[written] = values[i];
                splitSlots[written] = slots[i];
                written++;
            }
        }

        return written;
    }
}
