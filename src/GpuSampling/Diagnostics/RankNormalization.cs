using System.Runtime.CompilerServices;

namespace GpuSampling.Diagnostics;

/// <summary>
/// Replaces draws by the normal scores of their pooled ranks, as they are or folded about their median; tied draws get the score of
/// their average rank.
/// </summary>
/// <remarks>Vehtari et al. (2021), sections 3.2 and 3.3.</remarks>
internal sealed class RankNormalization : IDisposable
{
    // Steps of the merge between two visits to the scores: what is merged is then still in the nearest cache.
    private const int Block = 1024;

    private readonly AlignedBuffer<double> nearDistances = new();
    private readonly AlignedBuffer<double> farDistances = new();
    private readonly AlignedBuffer<int> nearSlots = new();
    private readonly AlignedBuffer<int> farSlots = new();

    /// <summary>Finds the scores of draws that follow each other in rank, and puts them into the draws' slots.</summary>
    /// <param name="ascending">The draws; all that are equal to one of them are among them.</param>
    /// <param name="slots">The slot of each.</param>
    /// <param name="ranked">The number of smaller draws.</param>
    /// <param name="scores">The scores of all ranks.</param>
    /// <param name="bySlot">Receives the scores; slots that are not named receive none.</param>
    public static void WriteScores(
        ReadOnlySpan<double> ascending, ReadOnlySpan<int> slots, int ranked, NormalScores scores, Span<double> bySlot)
    {
        int rest = WriteGroups(ascending, slots, ranked, scores, 1, bySlot);
        if (!ascending.IsEmpty)
        {
            WriteGroup(slots[rest..], scores[(2L * ranked) + rest + ascending.Length + 1], bySlot);
        }
    }

    /// <summary>Finds the score of each draw's distance from the median and puts it into the draw's slot.</summary>
    /// <param name="ascending">The draws, an even number, on both sides of the median or equal to it.</param>
    /// <param name="slots">The slot of each.</param>
    /// <param name="median">The median.</param>
    /// <param name="scores">The scores of as many ranks.</param>
    /// <param name="bySlot">Receives the scores; slots that are not named receive none.</param>
    public void WriteFoldedScores(
        ReadOnlySpan<double> ascending, ReadOnlySpan<int> slots, double median, NormalScores scores, Span<double> bySlot)
    {
        int half = ascending.Length / 2;
        Span<double> near = nearDistances.Take(half);
        Span<double> far = farDistances.Take(half);
        Span<int> nearSlot = nearSlots.Take(half);
        Span<int> farSlot = farSlots.Take(half);
        var merge = new FoldedMerge(ascending, slots, median);
        int nearRanked = 0;
        int farRanked = 0;
        int nearHeld = 0;
        int farHeld = 0;
        for (int done = 0; done < half; done += Block)
        {
            int steps = Math.Min(Block, half - done);
            merge.Advance(
                near.Slice(nearHeld, steps), nearSlot.Slice(nearHeld, steps), far.Slice(farHeld, steps), farSlot.Slice(farHeld, steps));

            // The last ties stay until it is known how many they are. Ranks from the far end have the scores with signs turned.
            nearHeld = Settle(near[..(nearHeld + steps)], nearSlot, ref nearRanked, scores, 1, bySlot);
            farHeld = Settle(far[..(farHeld + steps)], farSlot, ref farRanked, scores, -1, bySlot);
        }

        if (near[0] == far[0])
        {
            double score = scores[(2L * nearRanked) + nearHeld + farHeld + 1];
            WriteGroup(nearSlot[..nearHeld], score, bySlot);
            WriteGroup(farSlot[..farHeld], score, bySlot);
        }
        else
        {
            WriteGroup(nearSlot[..nearHeld], scores[(2L * nearRanked) + nearHeld + 1], bySlot);
            WriteGroup(farSlot[..farHeld], -scores[(2L * farRanked) + farHeld + 1], bySlot);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        nearDistances.Dispose();
        farDistances.Dispose();
        nearSlots.Dispose();
        farSlots.Dispose();
    }

    // Scores all groups of ties but the last, which moves to the front; returns its size.
    private static int Settle(
        Span<double> distances, Span<int> slots, ref int ranked, NormalScores scores, double sign, Span<double> bySlot)
    {
        int last = WriteGroups(distances, slots, ranked, scores, sign, bySlot);
        int held = distances.Length - last;
        distances[last..].CopyTo(distances);
        slots.Slice(last, held).CopyTo(slots);
        ranked += last;
        return held;
    }

    // Scores all groups of equal values but the last, whose start is returned.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WriteGroups(
        ReadOnlySpan<double> values, ReadOnlySpan<int> slots, int ranked, NormalScores scores, double sign, Span<double> bySlot)
    {
        int start = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] != values[start])
            {
                // Ranks ranked + start + 1 to ranked + i, averaged and doubled.
                double score = sign * scores[(2L * ranked) + start + i + 1];
                for (; start < i; start++)
                {
                    bySlot[slots[start]] = score;
                }
            }
        }

        return start;
    }

    private static void WriteGroup(ReadOnlySpan<int> slots, double score, Span<double> bySlot)
    {
        foreach (int slot in slots)
        {
            bySlot[slot] = score;
        }
    }
}
