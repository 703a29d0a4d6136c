using System.Runtime.CompilerServices;

namespace GpuSampling.Diagnostics;

/// <summary>Mean and variance of the normal scores of each half-chain, gathered in any order.</summary>
internal sealed class ScoreMoments
{
    // Scores lie between -6.5 and 6.5, so that plain sums lose nothing; a variance below their rounding is that of equal scores.
    private const double RoundingVariance = 1e-11;

    private Sums[] sums = [];
    private ulong columnReciprocal;
    private uint middleStart;

    /// <summary>Forgets everything and takes the shape of the split chains, which must not be empty.</summary>
    public void Reset(SplitChains split)
    {
        if (sums.Length != split.HalfChains)
        {
            sums = new Sums[split.HalfChains];
        }

        Array.Clear(sums);
        middleStart = (uint)split.MiddleStart;

        // The high half of a product with this is a division by the half-chains' length, exact for 32-bit numbers
        // (Lemire, Kaser and Kurz, "Faster remainder by direct computation", 2019); 0 stands for 2^64, for length 1.
        columnReciprocal = unchecked((ulong.MaxValue / (uint)split.HalfLength) + 1);
    }

    /// <summary>Adds one score to the half-chain of each entry's position; positions of middle draws are passed over.</summary>
    public void Add(ReadOnlySpan<ulong> entries, double score)
    {
        foreach (ulong entry in entries)
        {
            if ((uint)entry < middleStart)
            {
                Add(entry, score);
            }
        }
    }

    /// <summary>Adds one score to the half-chain of an entry's position, which is not that of a middle draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong entry, double score)
    {
        uint position = (uint)entry;
        uint row = position / SplitChains.Lanes;
        uint column = columnReciprocal == 0 ? row : (uint)Math.BigMul(columnReciprocal, row, out _);
        ref Sums cell = ref sums[(column * SplitChains.Lanes) + (position % SplitChains.Lanes)];
        cell.OfScores += score;
        cell.OfSquares += score * score;
    }

    /// <summary>The means of the half-chains and the average of their variances (divisor n - 1).</summary>
    /// <param name="length">n, the number of scores that each half-chain received; at least 2.</param>
    /// <param name="means">Receives the mean of each half-chain.</param>
    public double MeansAndAverageVariance(int length, Span<double> means)
    {
        double total = 0;
        for (int s = 0; s < means.Length; s++)
        {
            means[s] = sums[s].OfScores / length;
            double squaredDeviations = sums[s].OfSquares - (sums[s].OfScores * means[s]);
            double variance = squaredDeviations / (length - 1);
            total += variance < RoundingVariance ? 0 : variance;
        }

        return total / means.Length;
    }

    private struct Sums
    {
        public double OfScores;
        public double OfSquares;
    }
}
