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
        int rest = ScoresOfTies.Write(ascending, places, firstPlace, ranked, scores, 1, target);
        if (!ascending.IsEmpty)
        {
            WriteGroup(places[rest..], firstPlace, scores[(2L * ranked) + rest + ascending.Length + 1], target);
        }
    }

    /// <summary>Finds the score of each draw's distance from the median.</summary>
    /// <param name="ascending">The draws, an even number, on both sides of the median or equal to it.</param>
    /// <param name="places">The place of each in <paramref name="target"/>.</param>
    /// <param name="median">The median.</param>
    /// <param name="scores">The scores of as many ranks.</param>
    /// <param name="target">Receives the score of each draw.</param>
    public void WriteFoldedScores(ReadOnlySpan<double> ascending, ReadOnlySpan<int> places, double median, NormalScores scores, Span<double> target)
    {
        int half = ascending.Length / 2;
        Span<double> near = nearDistances.Take(half);
        Span<double> far = farDistances.Take(half);
        Span<int> nearPlace = nearPlaces.Take(half);
        Span<int> farPlace = farPlaces.Take(half);
        var merge = new FoldedMerge(ascending, places, median);
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
        int last = ScoresOfTies.Write(distances, places, 0, ranked, scores, sign, target);
        int held = distances.Length - last;
        distances[last..].CopyTo(distances);
        places.Slice(last, held).CopyTo(places);
        ranked += last;
        return held;
    }

    private static void WriteGroup(ReadOnlySpan<int> places, int firstPlace, double score, Span<double> target)
    {
        foreach (int place in places)
        {
            target[place - firstPlace] = score;
        }
    }
}
