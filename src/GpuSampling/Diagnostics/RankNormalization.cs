using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    // Values looked at together for ties.
    private const int Run = 8;

    // All bits of a run but that of its last value.
    private const uint LastCleared = (1u << (Run - 1)) - 1;

    private readonly AlignedBuffer<double> nearDistances = new();
    private readonly AlignedBuffer<double> farDistances = new();
    private readonly AlignedBuffer<int> nearPlaces = new();
    private readonly AlignedBuffer<int> farPlaces = new();

    /// <summary>Finds the scores of draws that follow each other in rank, and puts them into the draws' places.</summary>
    /// <param name="ascending">The draws; all that are equal to one of them are among them.</param>
    /// <param name="places">The place of each, counted from <paramref name="firstPlace"/>.</param>
    /// <param name="firstPlace">The place of the first element of <paramref name="target"/>.</param>
    /// <param name="ranked">The number of smaller draws.</param>
    /// <param name="scores">The scores of all ranks.</param>
    /// <param name="target">Receives the scores.</param>
    public static void WriteScores(
        ReadOnlySpan<double> ascending, ReadOnlySpan<int> places, int firstPlace, int ranked, NormalScores scores, Span<double> target)
    {
        int rest = WriteGroups(ascending, places, firstPlace, ranked, scores, 1, target);
        if (!ascending.IsEmpty)
        {
            WriteGroup(places[rest..], firstPlace, scores[(2L * ranked) + rest + ascending.Length + 1], target);
        }
    }

    /// <summary>Finds the score of each draw's distance from the median.</summary>
    /// <param name="ascending">The draws, an even number, on both sides of the median or equal to it.</param>
    /// <param name="median">The median.</param>
    /// <param name="scores">The scores of as many ranks.</param>
    /// <param name="target">Receives the score of each draw, in the order of the draws.</param>
    public void WriteFoldedScores(ReadOnlySpan<double> ascending, double median, NormalScores scores, Span<double> target)
    {
        int half = ascending.Length / 2;
        Span<double> near = nearDistances.Take(half);
        Span<double> far = farDistances.Take(half);
        Span<int> nearPlace = nearPlaces.Take(half);
        Span<int> farPlace = farPlaces.Take(half);
        var merge = new FoldedMerge(ascending, median);
        int nearRanked = 0;
        int farRanked = 0;
        int nearHeld = 0;
        int farHeld = 0;
        for (int done = 0; done < half; done += Block)
        {
            int steps = Math.Min(Block, half - done);
            merge.Advance(
                near.Slice(nearHeld, steps), nearPlace.Slice(nearHeld, steps), far.Slice(farHeld, steps), farPlace.Slice(farHeld, steps));

            // The last ties stay until it is known how many they are. Ranks from the far end have the scores with signs turned.
            nearHeld = Settle(near[..(nearHeld + steps)], nearPlace, ref nearRanked, scores, 1, target);
            farHeld = Settle(far[..(farHeld + steps)], farPlace, ref farRanked, scores, -1, target);
        }

        if (near[0] == far[0])
        {
            double score = scores[(2L * nearRanked) + nearHeld + farHeld + 1];
            WriteGroup(nearPlace[..nearHeld], 0, score, target);
            WriteGroup(farPlace[..farHeld], 0, score, target);
        }
        else
        {
            WriteGroup(nearPlace[..nearHeld], 0, scores[(2L * nearRanked) + nearHeld + 1], target);
            WriteGroup(farPlace[..farHeld], 0, -scores[(2L * farRanked) + farHeld + 1], target);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        nearDistances.Dispose();
        farDistances.Dispose();
        nearPlaces.Dispose();
        farPlaces.Dispose();
    }

    // Scores all groups of ties but the last, which moves to the front; returns its size.
    private static int Settle(
        Span<double> distances, Span<int> places, ref int ranked, NormalScores scores, double sign, Span<double> target)
    {
        int last = WriteGroups(distances, places, 0, ranked, scores, sign, target);
        int held = distances.Length - last;
        distances[last..].CopyTo(distances);
        places.Slice(last, held).CopyTo(places);
        ranked += last;
        return held;
    }

    // Scores all groups of equal values but the last, whose start is returned.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WriteGroups(
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> places,
        int firstPlace,
        int ranked,
        NormalScores scores,
        double sign,
        Span<double> target)
    {
        ReadOnlySpan<double> wholeRanks = scores.OfWholeRanks;
        int start = 0;
        int i = 1;
        while (i < values.Length)
        {
            if (i == start + 1 && i + Run <= values.Length)
            {
                uint ties = EqualNeighbours(values.Slice(start, Run + 1));
                if ((ties & (ties << 1)) == 0)
                {
                    // The usual case, at most pairs of ties: ranks ranked + start + 1 and following, of which those of a pair are
                    // averaged. A pair that the run cuts in two is left to the next run.
                    int settled = Run - (int)(ties >> (Run - 1));
                    ReadOnlySpan<int> runPlaces = places.Slice(start, Run);
                    ReadOnlySpan<double> runScores = wholeRanks.Slice(ranked + start + 1, Run);
                    for (int k = 0; k < Run; k++)
                    {
                        target[runPlaces[k] - firstPlace] = sign * runScores[k];
                    }

                    for (uint pairs = ties & LastCleared; pairs != 0; pairs &= pairs - 1)
                    {
                        int first = BitOperations.TrailingZeroCount(pairs);
                        double average = sign * scores[(2L * (ranked + start + first + 1)) + 1];
                        target[runPlaces[first] - firstPlace] = average;
                        target[runPlaces[first + 1] - firstPlace] = average;
                    }

                    start += settled;
                    i += settled;
                    continue;
                }
            }

            if (values[i] != values[start])
            {
                // Ranks ranked + start + 1 to ranked + i, averaged and doubled.
                double score = sign * scores[(2L * ranked) + start + i + 1];
                for (; start < i; start++)
                {
                    target[places[start] - firstPlace] = score;
                }
            }

            i++;
        }

        return start;
    }

    // Bit k is set where value k of nine equals the next.
    private static uint EqualNeighbours(ReadOnlySpan<double> values) =>
        (uint)Vector512.Equals(Vector512.Create(values), Vector512.Create(values[1..])).ExtractMostSignificantBits();

    private static void WriteGroup(ReadOnlySpan<int> places, int firstPlace, double score, Span<double> target)
    {
        foreach (int place in places)
        {
            target[place - firstPlace] = score;
        }
    }
}
