using GpuSampling.Kernels.Transitions;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>
/// Chains that a warm-up leaves behind, where the log density is lower by far more than it varies among the others: far out, or on a
/// minor summit. They begin again where others are, and the rest of the warm-up parts them.
/// </summary>
/// <remarks>
/// One step size serves all chains: without this a single chain on a cliff would hold all others back, or be held there for ever. A
/// summit that holds a share of the posterior is hardly ever so low; where many chains are moved, the run says so. Decided by float64
/// comparisons of sorted numbers alone: the same on every engine.
/// </remarks>
internal static class Stragglers
{
    /// <summary>The fewest chains among which any can be told apart.</summary>
    public const int FewestChains = 16;

    // Lower than the median by this, and by so many times what the best quarter is above it: of ten normal parameters not once in 10⁹.
    private const double Margin = 20;
    private const double Spreads = 6;

    /// <summary>The log density below which chains are left behind; −∞ for few chains.</summary>
    /// <param name="logDensities">Of all chains; NaN counts as −∞.</param>
    public static double Threshold(ReadOnlySpan<double> logDensities)
    {
        if (logDensities.Length < FewestChains)
        {
            return double.NegativeInfinity;
        }

        double[] sorted = logDensities.ToArray();
        Array.Sort(sorted);
        double median = sorted[sorted.Length / 2], upper = sorted[sorted.Length * 3 / 4];
        double threshold = median - Margin - (Spreads * (upper - median));
        return double.IsNaN(threshold) ? double.NegativeInfinity : threshold;
    }

    /// <summary>Places those left behind at the positions of others, the first of whom serve first.</summary>
    /// <param name="chains">The chains.</param>
    /// <returns>How many were placed anew.</returns>
    public static int Move(Chains chains)
    {
        double[] row = new double[chains.Run.ChainCount];
        chains.Batches.ReadRow(ChainRows.LogDensity, row);
        double threshold = Threshold(row);
        int[] left = [.. Enumerable.Range(0, row.Length).Where(chain => !(row[chain] >= threshold))];
        if (left.Length == 0)
        {
            return 0;
        }

        int[] others = [.. Enumerable.Range(0, row.Length).Where(chain => row[chain] >= threshold)];
        int rowCount = ChainRows.Position + (2 * chains.Dimension); // the gradient's rows follow those of the position
        for (int i = 0; i < rowCount; i++)
        {
            if (i == ChainRows.LogDensity || i >= ChainRows.Position)
            {
                chains.Batches.ReadRow(i, row);
                for (int k = 0; k < left.Length; k++)
                {
                    row[left[k]] = row[others[k % others.Length]];
                }

                chains.Batches.WriteRow(i, row);
            }
        }

        return left.Length;
    }
}
