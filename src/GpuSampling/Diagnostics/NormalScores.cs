using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GpuSampling.Numerics;

namespace GpuSampling.Diagnostics;

/// <summary>The normal scores of ranks 1 to S: z = Phi^-1((rank - 3/8) / (S + 1/4)), ranks of ties averaged.</summary>
/// <remarks>
/// Vehtari, Gelman, Simpson, Carpenter and Buerkner, "Rank-normalization, folding, and localization", Bayesian Analysis 16 (2021),
/// equation 14 (Blom's offset 3/8). A table of whole ranks serves every parameter of a run; the average rank of an even number of
/// ties, which lies between two whole ones, is interpolated, or computed near the ends.
/// </remarks>
internal sealed class NormalScores
{
    private const double Offset = 3.0 / 8;
    private const int Block = 1 << 14;

    // Ranks from either end from which on scores are smooth enough to interpolate.
    private const int InterpolationMargin = 2048;

    private readonly int count;
    private readonly double[] ofWholeRanks;

    /// <param name="count">S, the number of values that are ranked.</param>
    public NormalScores(int count)
    {
        this.count = count;
        ofWholeRanks = new double[count + 2];
        int middle = (count + 1) / 2;
        Parallel.For(0, (middle + Block) / Block, block =>
        {
            int end = Math.Min((block + 1) * Block, middle + 1);
            for (int rank = block * Block; rank < end; rank++)
            {
                // Antisymmetric about (S + 1) / 2, and computed at the lower end, where probabilities have more digits.
                double score = Compute(rank);
                ofWholeRanks[count + 1 - rank] = -score;
                ofWholeRanks[rank] = score;
            }
        });
    }

    /// <summary>The scores of ranks without ties: element r is that of rank r, from 1 to S.</summary>
    public ReadOnlySpan<double> OfWholeRanks => ofWholeRanks;

    /// <summary>The whole ranks midway between which, and the next, scores are interpolated; none if the last is below the first.</summary>
    public (int First, int Last) SmoothRanks => (InterpolationMargin + 1, count - InterpolationMargin - 1);

    /// <summary>The score midway between the second and the third of four whole ranks, in their smooth range.</summary>
    /// <remarks>The error is 3 / 128 of the fourth difference, there below 1E-14.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Midway(Vector512<double> first, Vector512<double> second, Vector512<double> third, Vector512<double> fourth) =>
        ((9 * (second + third)) - (first + fourth)) * (1.0 / 16);

    /// <summary>The score of a rank.</summary>
    /// <param name="twiceRank">Twice the (averaged) rank, from 2 to 2 S.</param>
    public double this[long twiceRank]
    {
        get
        {
            if ((twiceRank & 1) == 0)
            {
                return ofWholeRanks[twiceRank >> 1];
            }

            int below = (int)(twiceRank >> 1);
            if (below > InterpolationMargin && below < count - InterpolationMargin)
            {
                // As Midway.
                return ((9 * (ofWholeRanks[below] + ofWholeRanks[below + 1])) - (ofWholeRanks[below - 1] + ofWholeRanks[below + 2])) / 16;
            }

            double rank = 0.5 * twiceRank;
            return twiceRank <= count ? Compute(rank) : -Compute(count + 1.0 - rank);
        }
    }

    private double Compute(double rank) => StandardNormalQuantile.Evaluate((rank - Offset) / (count + 0.25));
}
