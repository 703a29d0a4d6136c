using System.Runtime.CompilerServices;
using GpuSampling.Numerics;

namespace GpuSampling.Diagnostics;

/// <summary>The normal scores of ranks 1 to S: z = Phi^-1((rank - 3/8) / (S + 1/4)), ranks of ties averaged.</summary>
/// <remarks>
/// Vehtari, Gelman, Simpson, Carpenter and Buerkner, "Rank-normalization, folding, and localization", Bayesian Analysis 16 (2021),
/// equation 14 (Blom's offset 3/8). Averages of ranks are multiples of one half, so tables over twice the rank, even and odd, hold
/// them all; the scores are antisymmetric about the middle, so half of each table does. They serve every parameter of a run.
/// </remarks>
internal sealed class NormalScores
{
    private const double Offset = 3.0 / 8;
    private const int Block = 1 << 14;

    private readonly int count;

    // Whole ranks apart from half ones, which only ties need: without ties the former are read one after the other.
    private readonly double[] ofWholeRanks;
    private readonly double[] ofHalfRanks;

    /// <param name="count">S, the number of values that are ranked.</param>
    public NormalScores(int count)
    {
        this.count = count;
        var whole = new double[(count / 2) + 2];
        var half = new double[(count / 2) + 2];
        Parallel.For(0, (whole.Length + Block - 1) / Block, block =>
        {
            int end = Math.Min((block + 1) * Block, whole.Length);
            for (int i = block * Block; i < end; i++)
            {
                whole[i] = Compute(2L * i);
                half[i] = Compute((2L * i) + 1);
            }
        });
        ofWholeRanks = whole;
        ofHalfRanks = half;
    }

    /// <summary>The score of a rank.</summary>
    /// <param name="twiceRank">Twice the (averaged) rank, from 2 to 2 S.</param>
    public double this[long twiceRank]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            bool upper = twiceRank > (long)count + 1;
            long lower = upper ? (2L * count) + 2 - twiceRank : twiceRank;
            double score = ((lower & 1) == 0 ? ofWholeRanks : ofHalfRanks)[lower >> 1];
            return upper ? -score : score;
        }
    }

    private double Compute(long twiceRank) => StandardNormalQuantile.Evaluate(((0.5 * twiceRank) - Offset) / (count + 0.25));
}
