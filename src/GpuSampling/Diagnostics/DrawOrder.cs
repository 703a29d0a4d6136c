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
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int Passes = 3;
    private const int KeyShift = 32;

    private readonly AlignedBuffer<ulong> first = new();
    private readonly AlignedBuffer<ulong> second = new();
    private readonly int[] histogram = new int[Passes * Buckets];
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
        Span<ulong> source = first.Take(count);
        Span<ulong> target = second.Take(count);
        resultInFirst = true;
        WriteEntries(draws, source);
        for (int pass = 0; pass < Passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<int> starts = histogram.AsSpan(pass * Buckets, Buckets);
            int shift = KeyShift + (pass * DigitBits);
            if (TurnIntoStarts(starts, count))
            {
                Distribute(source, target, starts, shift);
                Span<ulong> sorted = target;
                target = source;
                source = sorted;
                resultInFirst = !resultInFirst;
            }
        }

        cancellation.ThrowIfCancellationRequested();
        Span<double> values = MemoryMarshal.Cast<ulong, double>(target);
        if (draws.IsSingle)
        {
            DecodeValues(source, values);
        }
        else
        {
            RefineByWholeValue(source, values, draws.Values);
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

    private void WriteEntries(SplitChains draws, Span<ulong> entries)
    {
        Array.Clear(histogram);
        ReadOnlySpan<double> values = draws.Values;
        int written = 0;
        for (int column = 0; column < draws.Columns; column++)
        {
            int lanes = draws.LanesIn(column);
            int start = column * draws.ColumnLength;
            if (lanes == SplitChains.Lanes)
            {
                written = WriteRun(values, start, draws.ColumnLength, entries, written, draws.IsSingle);
                continue;
            }

            for (int draw = 0; draw < draws.HalfLength; draw++)
            {
                written = WriteRun(values, start + (draw * SplitChains.Lanes), lanes, entries, written, draws.IsSingle);
            }
        }

        WriteRun(values, draws.MiddleStart, draws.Middle.Length, entries, written, draws.IsSingle);
    }

    // Appends the entries of a run of positions and counts their digits.
    private int WriteRun(ReadOnlySpan<double> values, int start, int length, Span<ulong> entries, int written, bool single)
    {
        ref int counts = ref MemoryMarshal.GetArrayDataReference(histogram);
        for (int position = start; position < start + length; position++)
        {
            // Adding zero turns -0 into +0, which it must tie with.
            double value = values[position] + 0.0;
            uint key = single ? SingleKey((float)value) : DoubleKey(value);
            entries[written++] = ((ulong)key << KeyShift) | (uint)position;
            Unsafe.Add(ref counts, (nint)(key & (Buckets - 1)))++;
            Unsafe.Add(ref counts, (nint)(Buckets + ((key >> DigitBits) & (Buckets - 1))))++;
            Unsafe.Add(ref counts, (nint)((2 * Buckets) + (key >> (2 * DigitBits))))++;
        }

        return written;
    }

    // Negative numbers have all bits flipped, others the sign bit: the keys then order as unsigned integers.
    private static uint SingleKey(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        return (uint)(bits ^ ((bits >> 31) | int.MinValue));
    }

    private static uint DoubleKey(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return (uint)((ulong)(bits ^ ((bits >> 63) | long.MinValue)) >> 32);
    }

    private static float ValueOfSingleKey(uint key)
    {
        int bits = (int)key;
        return BitConverter.Int32BitsToSingle(bits ^ (~(bits >> 31) | int.MinValue));
    }

    // Turns counts into first indices; false if all entries share one digit, so that the pass would move nothing.
    private static bool TurnIntoStarts(Span<int> counts, int total)
    {
        int start = 0;
        for (int digit = 0; digit < counts.Length; digit++)
        {
            int here = counts[digit];
            if (here == total)
            {
                return false;
            }

            counts[digit] = start;
            start += here;
        }

        return true;
    }

    private static void Distribute(ReadOnlySpan<ulong> source, Span<ulong> target, Span<int> starts, int shift)
    {
        ref int start = ref MemoryMarshal.GetReference(starts);
        ref ulong destination = ref MemoryMarshal.GetReference(target);
        foreach (ulong entry in source)
        {
            ref int next = ref Unsafe.Add(ref start, (nint)((entry >> shift) & (Buckets - 1)));
            Unsafe.Add(ref destination, (nint)next) = entry;
            next++;
        }
    }

    private static void DecodeValues(ReadOnlySpan<ulong> entries, Span<double> values)
    {
        for (int rank = 0; rank < entries.Length; rank++)
        {
            values[rank] = ValueOfSingleKey((uint)(entries[rank] >> KeyShift));
        }
    }

    private static void RefineByWholeValue(Span<ulong> entries, Span<double> values, ReadOnlySpan<double> draws)
    {
        for (int rank = 0; rank < entries.Length; rank++)
        {
            values[rank] = draws[(int)(uint)entries[rank]] + 0.0;
        }

        for (int start = 0; start < entries.Length;)
        {
            ulong key = entries[start] >> KeyShift;
            int end = start + 1;
            while (end < entries.Length && entries[end] >> KeyShift == key)
            {
                end++;
            }

            if (end - start > 1)
            {
                values[start..end].Sort(entries[start..end]);
            }

            start = end;
        }
    }
}
