using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuSampling.Diagnostics;

/// <summary>Replaces the draws of all half-chains by the normal scores of their pooled ranks, as they are and folded about the median.</summary>
/// <remarks>
/// Vehtari et al. (2021), section 3.2 and 3.3. The order of the folded draws |x - median| is a merge of the draws below the
/// median, downwards, with those above, upwards: it needs no second sort.
/// </remarks>
internal static class RankNormalization
{
    // Scores gathered before they go to their scattered places: two tight loops are several times faster than one mixed one.
    private const int Block = 1024;

    /// <summary>Writes the score of each draw to its position. Middle draws of odd chains are not ranked; they get some score.</summary>
    /// <param name="order">The sorted draws.</param>
    /// <param name="split">The shape of the split chains.</param>
    /// <param name="scores">The scores of as many ranks as there are split draws.</param>
    /// <param name="destination">Receives the scores; as long as the values of <paramref name="split"/>.</param>
    public static void WriteScores(DrawOrder order, SplitChains split, NormalScores scores, Span<double> destination)
    {
        ReadOnlySpan<double> values = order.Values;
        ReadOnlySpan<ulong> entries = order.Entries;
        Span<double> block = stackalloc double[Block];
        int blockStart = 0;
        long ranked = 0;
        for (int start = 0; start < values.Length;)
        {
            int end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            int tied = split.HasMiddle ? CountSplit(entries[start..end], (uint)split.MiddleStart) : end - start;

            // Ranks ranked + 1 to ranked + tied, averaged and doubled.
            double score = tied > 0 ? scores[(2 * ranked) + 1 + tied] : 0;
            for (int i = start; i < end; i++)
            {
                block[i - blockStart] = score;
                if (i - blockStart == Block - 1)
                {
                    Scatter(block, entries.Slice(blockStart, Block), destination);
                    blockStart += Block;
                }
            }

            ranked += tied;
            start = end;
        }

        Scatter(block, entries[blockStart..], destination);
    }

    /// <summary>Adds the score of each folded draw |x - median| to the moments of its half-chain.</summary>
    /// <param name="order">The sorted draws.</param>
    /// <param name="split">The shape of the split chains.</param>
    /// <param name="scores">The scores of as many ranks as there are split draws.</param>
    /// <param name="moments">Receives the scores of each half-chain.</param>
    /// <returns>False when all folded draws are equal, so that they have no order.</returns>
    public static bool AccumulateFoldedScores(DrawOrder order, SplitChains split, NormalScores scores, ScoreMoments moments)
    {
        ReadOnlySpan<double> values = order.Values;
        ReadOnlySpan<ulong> entries = order.Entries;
        double median = order.Median();
        int right = LowerBound(values, median);
        int left = right - 1;
        double leftDistance = LeftDistance(values, median, left);
        double rightDistance = RightDistance(values, median, right);
        long ranked = 0;
        int groups = 0;
        while (left >= 0 || right < values.Length)
        {
            // Which side is nearer is a coin toss, so it is computed, not branched on.
            double distance = Math.Min(leftDistance, rightDistance);
            int fromLeft = Unsafe.BitCast<bool, byte>(leftDistance <= rightDistance);
            int taken = right ^ ((left ^ right) & -fromLeft);
            left -= fromLeft;
            right += 1 - fromLeft;
            leftDistance = LeftDistance(values, median, left);
            rightDistance = RightDistance(values, median, right);
            if (Math.Min(leftDistance, rightDistance) != distance && !split.HasMiddle)
            {
                moments.Add(entries[taken], scores[(2 * ranked) + 2]);
                ranked++;
                groups++;
                continue;
            }

            int leftEnd = left;
            int rightStart = right;
            while ((leftDistance = LeftDistance(values, median, left)) == distance)
            {
                left--;
            }

            while ((rightDistance = RightDistance(values, median, right)) == distance)
            {
                right++;
            }

            ReadOnlySpan<ulong> nearest = entries.Slice(taken, 1);
            ReadOnlySpan<ulong> below = entries[(left + 1)..(leftEnd + 1)];
            ReadOnlySpan<ulong> above = entries[rightStart..right];
            int tied = 1 + below.Length + above.Length;
            if (split.HasMiddle)
            {
                uint middleStart = (uint)split.MiddleStart;
                tied = CountSplit(nearest, middleStart) + CountSplit(below, middleStart) + CountSplit(above, middleStart);
            }

            if (tied > 0)
            {
                double score = scores[(2 * ranked) + 1 + tied];
                moments.Add(nearest, score);
                moments.Add(below, score);
                moments.Add(above, score);
                groups++;
            }

            ranked += tied;
        }

        return groups > 1;
    }

    private static double LeftDistance(ReadOnlySpan<double> values, double median, int left) =>
        left >= 0 ? median - values[left] : double.PositiveInfinity;

    private static double RightDistance(ReadOnlySpan<double> values, double median, int right) =>
        right < values.Length ? values[right] - median : double.PositiveInfinity;

    private static void Scatter(ReadOnlySpan<double> scores, ReadOnlySpan<ulong> entries, Span<double> destination)
    {
        ref double start = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < entries.Length; i++)
        {
            Unsafe.Add(ref start, (nint)(uint)entries[i]) = scores[i];
        }
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
