using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuSampling.Diagnostics;

/// <summary>The order statistics of one parameter's draws: the values ascending, and where in <see cref="SplitChains"/> each lies.</summary>
/// <remarks>
/// A least-significant-digit radix sort of 32-bit keys that order like the draws, each with its position in the lower half of the
/// same word. The key of a float32 holds all of it. The key of a float64 holds its upper half; what is equal there is sorted again
/// by the whole value.
/// </remarks>
internal sealed class DrawOrder : IDisposable
{
    private const int KeyBits = 32;

    // More buckets than this no longer fit in the nearest cache and in the translation buffer at once.
    private const int MostDigitBits = 9;
    private const int MostPasses = (KeyBits + MostDigitBits - 1) / MostDigitBits;

    private readonly AlignedBuffer<ulong> first = new();
    private readonly AlignedBuffer<ulong> second = new();
    private readonly int[] starts = new int[MostPasses << MostDigitBits];
    private bool resultInFirst;
    private int count;

    /// <summary>For each rank, from smallest to largest, a word whose lower 32 bits are the position of that draw.</summary>
    public ReadOnlySpan<ulong> Entries => (resultInFirst ? first : second).Take(count);

    /// <summary>The draws, ascending.</summary>
    public ReadOnlySpan<double> Values => MemoryMarshal.Cast<ulong, double>((resultInFirst ? second : first).Take(count));

    /// <summary>Sorts all draws, the middle ones included. They must be finite.</summary>
    public void Sort(SplitChains draws, CancellationToken cancellation)
    {
        count = draws.Count;
        if (draws.IsSingle)
        {
            Sort<SingleKeys>(draws, cancellation);
        }
        else
        {
            Sort<DoubleKeys>(draws, cancellation);
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

    /// <inheritdoc/>
    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private void Sort<TKeys>(SplitChains draws, CancellationToken cancellation)
        where TKeys : struct, ISortKeys
    {
        // Keys are counted from the smallest one, so that draws which span few binades need fewer digits.
        uint smallest = TKeys.Of(draws.Minimum + 0.0);
        int bits = Math.Max(1, KeyBits - BitOperations.LeadingZeroCount(TKeys.Of(draws.Maximum + 0.0) - smallest));
        int passes = (bits + MostDigitBits - 1) / MostDigitBits;
        int digitBits = (bits + passes - 1) / passes;

        Span<ulong> source = first.Take(count);
        Span<ulong> target = second.Take(count);
        resultInFirst = true;
        WriteEntries<TKeys>(draws, source, smallest);
        CountDigits(source, passes, digitBits);
        for (int pass = 0; pass < passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            Distribute(source, target, starts.AsSpan(pass << digitBits, 1 << digitBits), KeyBits + (pass * digitBits));
            Span<ulong> sorted = target;
            target = source;
            source = sorted;
            resultInFirst = !resultInFirst;
        }

        cancellation.ThrowIfCancellationRequested();
        TKeys.WriteValues(source, MemoryMarshal.Cast<ulong, double>(target), smallest, draws.Values);
    }

    private static void WriteEntries<TKeys>(SplitChains draws, Span<ulong> entries, uint smallest)
        where TKeys : struct, ISortKeys
    {
        ReadOnlySpan<double> values = draws.Values;
        for (int column = 0; column < draws.Columns; column++)
        {
            int lanes = draws.LanesIn(column);
            int start = column * draws.ColumnLength;
            bool whole = lanes == SplitChains.Lanes;
            int runs = whole ? 1 : draws.HalfLength;
            int length = whole ? draws.ColumnLength : lanes;
            for (int run = 0; run < runs; run++)
            {
                WriteRun<TKeys>(values, start + (run * SplitChains.Lanes), entries[..length], smallest);
                entries = entries[length..];
            }
        }

        WriteRun<TKeys>(values, draws.MiddleStart, entries, smallest);
    }

    // The entries of a run of positions.
    private static void WriteRun<TKeys>(ReadOnlySpan<double> values, int start, Span<ulong> entries, uint smallest)
        where TKeys : struct, ISortKeys
    {
        values = values.Slice(start, entries.Length);
        for (int i = 0; i < values.Length; i++)
        {
            // Adding zero turns -0 into +0, with which it ties.
            uint key = TKeys.Of(values[i] + 0.0) - smallest;
            entries[i] = ((ulong)key << KeyBits) | (uint)(start + i);
        }
    }

    // For every pass and digit, the index at which its entries will start.
    private void CountDigits(ReadOnlySpan<ulong> entries, int passes, int digitBits)
    {
        Array.Clear(starts);
        uint mask = (1u << digitBits) - 1;
        ref int counts = ref MemoryMarshal.GetArrayDataReference(starts);
        foreach (ulong entry in entries)
        {
            uint key = (uint)(entry >> KeyBits);
            nint table = 0;
            for (int pass = 0; pass < passes; pass++)
            {
                Unsafe.Add(ref counts, table + (nint)(key & mask))++;
                key >>= digitBits;
                table += (nint)mask + 1;
            }
        }

        for (int pass = 0; pass < passes; pass++)
        {
            int start = 0;
            foreach (ref int count in starts.AsSpan(pass << digitBits, 1 << digitBits))
            {
                (count, start) = (start, start + count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Distribute(ReadOnlySpan<ulong> source, Span<ulong> target, Span<int> starts, int shift)
    {
        ref int start = ref MemoryMarshal.GetReference(starts);
        ref ulong destination = ref MemoryMarshal.GetReference(target);
        uint mask = (uint)starts.Length - 1;
        foreach (ulong entry in source)
        {
            ref int next = ref Unsafe.Add(ref start, (nint)((uint)(entry >> shift) & mask));
            Unsafe.Add(ref destination, (nint)next) = entry;
            next++;
        }
    }
}
