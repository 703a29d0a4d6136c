namespace GpuSampling.Diagnostics;

/// <summary>Replaces the draws of all half-chains by the normal scores of their pooled ranks, as they are and folded about the median.</summary>
/// <remarks>
/// Vehtari et al. (2021), section 3.2 and 3.3. The order of the folded draws |x - median| is a merge of the draws below the
/// median, downwards, with those above, upwards: it needs no second sort.
/// </remarks>
internal static class RankNormalization
{
    /// <summary>Writes the score of each draw to its position; the middle draws of odd chains are not ranked.</summary>
    /// <param name="order">The sorted draws.</param>
    /// <param name="split">The shape of the split chains.</param>
    /// <param name="scores">The scores of as many ranks as there are split draws.</param>
    /// <param name="destination">Receives the scores; as long as the columns of <paramref name="split"/>.</param>
    public static void WriteScores(DrawOrder order, SplitChains split, NormalScores scores, Span<double> destination)
    {
        ReadOnlySpan<double> values = order.Values;
        ReadOnlySpan<ulong> entries = order.Entries;
        uint middleStart = (uint)split.MiddleStart;
        bool hasMiddle = split.HasMiddle;
        long ranked = 0;
        for (int start = 0; start < values.Length;)
        {
            int end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            int tied = hasMiddle ? CountSplit(entries[start..end], middleStart) : end - start;
            if (tied > 0)
            {
                // Ranks ranked + 1 to ranked + tied, averaged and doubled.
                double score = scores[(2 * ranked) + 1 + tied];
                for (int i = start; i < end; i++)
                {
                    uint position = (uint)entries[i];
                    if (position < middleStart)
                    {
                        destination[(int)position] = score;
                    }
                }
            }

            ranked += tied;
            start = end;
        }
    }

    /// <summary>Adds the score of each folded draw |x - median| to the moments of its half-chain.</summary>
    /// <param name="order">The sorted draws.</param>
    /// <param name="split">The shape of the split chains.</param>
    /// <param name="scores">The scores of as many ranks as there are split draws.</param>
    /// <param name="moments">Receives the scores of each half-chain.</param>
    /// <returns>False when all folded draws are equal, so that they have no order.</returns>
    public static bool AccumulateFoldedScores(DrawOrder order, SplitChains split, NormalScores scores, ShiftedMoments moments)
    {
        ReadOnlySpan<double> values = order.Values;
        ReadOnlySpan<ulong> entries = order.Entries;
        double median = order.Median();
        int right = LowerBound(values, median);
        int left = right - 1;
        long ranked = 0;
        int groups = 0;
        while (left >= 0 || right < values.Length)
        {
            double leftDistance = left >= 0 ? median - values[left] : double.PositiveInfinity;
            double rightDistance = right < values.Length ? values[right] - median : double.PositiveInfinity;
            double distance = Math.Min(leftDistance, rightDistance);
            int leftStart = left;
            while (left >= 0 && median - values[left] == distance)
            {
                left--;
            }

            int rightStart = right;
            while (right < values.Length && values[right] - median == distance)
            {
                right++;
            }

            ReadOnlySpan<ulong> below = entries[(left + 1)..(leftStart + 1)];
            ReadOnlySpan<ulong> above = entries[rightStart..right];
            int tied = below.Length + above.Length;
            if (split.HasMiddle)
            {
                tied = CountSplit(below, (uint)split.MiddleStart) + CountSplit(above, (uint)split.MiddleStart);
            }

            if (tied > 0)
            {
                double score = scores[(2 * ranked) + 1 + tied];
                moments.Add(below, score);
                moments.Add(above, score);
                groups++;
            }

            ranked += tied;
        }

        return groups > 1;
    }

    private static int CountSplit(ReadOnlySpan<ulong> entries, uint middleStart)
    {
        int inside = 0;
        foreach (ulong entry in entries)
        {
            inside += (uint)entry < middleStart ? 1 : 0;
        }

        return inside;
    }

    // The number of values less than the bound.
    private static int LowerBound(ReadOnlySpan<double> ascending, double bound)
    {
        int low = 0;
        int high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < bound)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
