namespace GpuSampling.Diagnostics;

/// <summary>Keys of 32 bits that order, as unsigned integers, like the finite numbers they are made from.</summary>
internal interface ISortKeys
{
    /// <summary>The key of a draw, which is not -0.</summary>
    static abstract uint Of(double draw);

    /// <summary>Writes the draws in their order, and completes that order where keys are equal but draws are not.</summary>
    /// <param name="entries">Ordered by their upper halves, the keys less the smallest; positions in their lower halves.</param>
    /// <param name="values">Receives the draws in the order of the entries.</param>
    /// <param name="smallest">The smallest key.</param>
    /// <param name="draws">The draws by position.</param>
    static abstract void WriteValues(Span<ulong> entries, Span<double> values, uint smallest, ReadOnlySpan<double> draws);
}

/// <summary>The key of a float32 is all of it: its bits, with the order of negative numbers turned round.</summary>
internal readonly struct SingleKeys : ISortKeys
{
    /// <inheritdoc/>
    public static uint Of(double draw)
    {
        int bits = BitConverter.SingleToInt32Bits((float)draw);
        return (uint)(bits ^ ((bits >> 31) | int.MinValue));
    }

    /// <inheritdoc/>
    public static void WriteValues(Span<ulong> entries, Span<double> values, uint smallest, ReadOnlySpan<double> draws)
    {
        for (int rank = 0; rank < entries.Length; rank++)
        {
            int key = (int)((uint)(entries[rank] >> 32) + smallest);
            values[rank] = BitConverter.Int32BitsToSingle(key ^ (~(key >> 31) | int.MinValue));
        }
    }
}

/// <summary>The key of a float64 is its upper half; draws that are equal there are sorted by the whole.</summary>
internal readonly struct DoubleKeys : ISortKeys
{
    /// <inheritdoc/>
    public static uint Of(double draw)
    {
        long bits = BitConverter.DoubleToInt64Bits(draw);
        return (uint)((ulong)(bits ^ ((bits >> 63) | long.MinValue)) >> 32);
    }

    /// <inheritdoc/>
    public static void WriteValues(Span<ulong> entries, Span<double> values, uint smallest, ReadOnlySpan<double> draws)
    {
        for (int rank = 0; rank < entries.Length; rank++)
        {
            values[rank] = draws[(int)(uint)entries[rank]] + 0.0;
        }

        for (int start = 0; start < entries.Length;)
        {
            ulong key = entries[start] >> 32;
            int end = start + 1;
            while (end < entries.Length && entries[end] >> 32 == key)
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
