using GpuSampling.Numerics;

namespace GpuSampling.Diagnostics;

/// <summary>The normal scores of ranks 1 to S: z = Phi^-1((rank - 3/8) / (S + 1/4)), ranks of ties averaged.</summary>
/// <remarks>
/// Vehtari, Gelman, Simpson, Carpenter and Buerkner, "Rank-normalization, folding, and localization", Bayesian Analysis 16 (2021),
/// equation 14 (Blom's offset 3/8). Averages of ranks are multiples of one half, so a table over twice the rank holds them all;
/// the scores are antisymmetric about the middle, so half of the table does. One table serves every parameter of a run.
/// </remarks>
internal sealed class NormalScores
{
    private const double Offset = 3.0 / 8;
    private const int LargestTable = 1 << 24;
    private const int Block = 1 << 14;

    private readonly int count;

    // Element i is the score of twice the rank i + 2, up to the middle.
    private readonly double[]? lowerHalf;

    /// <param name="count">S, the number of values that are ranked.</param>
    public NormalScores(int count)
    {
        this.count = count;
        if (count > LargestTable)
        {
            return;
        }

        var table = new double[count];
        int blocks = (count + Block - 1) / Block;
        Parallel.For(0, blocks, block =>
        {
            int end = Math.Min((block + 1) * Block, count);
            for (int i = block * Block; i < end; i++)
            {
                table[i] = LowerScore(i + 2);
            }
        });
        lowerHalf = table;
    }

    /// <summary>The score of a rank.</summary>
    /// <param name="twiceRank">Twice the (averaged) rank, from 2 to 2 S.</param>
    public double this[long twiceRank] => twiceRank <= (long)count + 1 ? Lower(twiceRank) : -Lower((2L * count) + 2 - twiceRank);

    private double Lower(long twiceRank) => lowerHalf is null ? LowerScore(twiceRank) : lowerHalf[twiceRank - 2];

    private double LowerScore(long twiceRank) => StandardNormalQuantile.Evaluate(((0.5 * twiceRank) - Offset) / (count + 0.25));
}
