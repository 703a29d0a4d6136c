using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>The normal scores of sorted values, equal ones having the score of their average rank.</summary>
/// <remarks>
/// Of several million float32 draws every tenth or so equals its neighbour, which no branch predicts. Alone, in pairs and in threes
/// values are scored eight at a time by selection: with a equal values after one and b before it, twice the average rank is twice its own
/// plus a - b.
/// </remarks>
internal static class ScoresOfTies
{
    private const int Lanes = 8;

    // Neighbours on either side that are looked at: three, which tells groups of four from those of three.
    private const int Context = 3;

    /// <summary>Scores all groups of equal values but the last, of which more may follow.</summary>
    /// <param name="values">Ascending or descending.</param>
    /// <param name="places">The place of each, counted from <paramref name="firstPlace"/>.</param>
    /// <param name="firstPlace">The place of the first element of <paramref name="target"/>.</param>
    /// <param name="ranked">The number of values before these.</param>
    /// <param name="scores">The scores of all ranks.</param>
    /// <param name="sign">1, or -1 where ranks count from the other end.</param>
    /// <param name="target">Receives the scores.</param>
    /// <returns>The start of the last group.</returns>
    public static int Write(
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> places,
        int firstPlace,
        int ranked,
        NormalScores scores,
        double sign,
        Span<double> target)
    {
        int start = 0;
        while (true)
        {
            start = WriteEights(values, places, firstPlace, ranked, scores, sign, target, start);
            int end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            if (end >= values.Length)
            {
                return start;
            }

            // Ranks ranked + start + 1 to ranked + end, averaged and doubled.
            double score = sign * scores[(2L * ranked) + start + end + 1];
            for (; start < end; start++)
            {
                target[places[start] - firstPlace] = score;
            }
        }
    }

    // Goes on from the start of a group while groups have at most three values and scores are smooth; returns the start of a group.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WriteEights(
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> places,
        int firstPlace,
        int ranked,
        NormalScores scores,
        double sign,
        Span<double> target,
        int start)
    {
        (int firstRank, int lastRank) = scores.SmoothRanks;
        int end = Math.Min(values.Length - Lanes - Context, lastRank - Lanes - ranked);
        if (start < Context || ranked + start < firstRank || start > end)
        {
            return start;
        }

        int first = start;
        ref double value = ref MemoryMarshal.GetReference(values);
        ref double ofRank = ref Unsafe.Add(ref MemoryMarshal.GetReference(scores.OfWholeRanks), ranked + 1);
        ref int place = ref MemoryMarshal.GetReference(places[..values.Length]);
        ref double origin = ref MemoryMarshal.GetReference(target);
        Span<double> eight = stackalloc double[Lanes];
        Vector512<double> factor = Vector512.Create(sign);
        for (; start <= end; start += Lanes)
        {
            Vector512<double> here = At(ref value, start);
            Vector512<double> fours = Vector512.Equals(here, At(ref value, start + 3)) | Vector512.Equals(here, At(ref value, start - 3));
            if (fours != Vector512<double>.Zero)
            {
                break;
            }

            Vector512<double> before = At(ref ofRank, start - 1);
            Vector512<double> whole = At(ref ofRank, start);
            Vector512<double> after = At(ref ofRank, start + 1);
            Vector512<double> equalsNext = Vector512.Equals(here, At(ref value, start + 1));
            Vector512<double> equalsLast = Vector512.Equals(here, At(ref value, start - 1));
            Vector512<double> score = Vector512.ConditionalSelect(
                equalsNext, NormalScores.Midway(before, whole, after, At(ref ofRank, start + 2)), whole);
            score = Vector512.ConditionalSelect(
                equalsLast, NormalScores.Midway(At(ref ofRank, start - 2), before, whole, after), score);
            score = Vector512.ConditionalSelect(Vector512.Equals(here, At(ref value, start + 2)), after, score);
            score = Vector512.ConditionalSelect(Vector512.Equals(here, At(ref value, start - 2)), before, score);
            score = Vector512.ConditionalSelect(equalsNext & equalsLast, whole, score);
            (score * factor).CopyTo(eight);
            for (int lane = 0; lane < Lanes; lane++)
            {
                Unsafe.Add(ref origin, Unsafe.Add(ref place, start + lane) - firstPlace) = eight[lane];
            }
        }

        while (start > first && Unsafe.Add(ref value, start - 1) == Unsafe.Add(ref value, start))
        {
            start--;
        }

        return start;
    }

    private static Vector512<double> At(ref double origin, int index) => Vector512.LoadUnsafe(ref origin, (nuint)(nint)index);
}
