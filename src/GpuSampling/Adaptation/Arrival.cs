using GpuSampling.Kernels.Transitions;
using GpuSampling.Pathfinding;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>
/// Whether the first window of a warm-up has brought the chains to where the posterior is. Where most are still far below the best,
/// those begin again at draws of Pathfinder.
/// </summary>
/// <remarks>
/// A step size that all chains share suits the steepest place where one of them is: from starts a billion units of log density away
/// none would arrive. Paths of Pathfinder choose their own. Decided by float64 comparisons alone: the same on every engine.
/// </remarks>
internal static class Arrival
{
    // The log density of n normal parameters varies by √(n/2); in a funnel by more.
    private const double Margin = 20;
    private const double PerRootOfDimension = 20;

    /// <summary>The log density below which chains have not arrived; −∞ where most have.</summary>
    /// <param name="logDensities">Of all chains; NaN counts as −∞.</param>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static double Threshold(ReadOnlySpan<double> logDensities, int dimension)
    {
        double[] sorted = logDensities.ToArray();
        Array.Sort(sorted);
        double threshold = sorted[^1] - Margin - (PerRootOfDimension * Math.Sqrt(dimension));
        return sorted[sorted.Length / 2] >= threshold || !double.IsFinite(threshold) ? double.NegativeInfinity : threshold;
    }

    /// <summary>Places the chains that have not arrived, if that is most of them.</summary>
    /// <param name="chains">The chains.</param>
    /// <param name="radius">The half width of the sampler's cube in unconstrained space, where the paths start.</param>
    /// <param name="cancellationToken">Observed between steps.</param>
    /// <returns>How many were placed anew; 0 where Pathfinder finds no approximation.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static int Complete(Chains chains, double radius, CancellationToken cancellationToken)
    {
        int count = chains.Run.ChainCount;
        double[] logDensities = new double[count];
        chains.Batches.ReadRow(ChainRows.LogDensity, logDensities);
        double threshold = Threshold(logDensities, chains.Dimension);
        if (double.IsNegativeInfinity(threshold) || PathfinderStarts.Find(chains, new PathfinderOptions(), radius, cancellationToken) is not { } found)
        {
            return 0;
        }

        double[] positions = new double[(long)chains.Dimension * count];
        chains.Batches.ReadRows(ChainRows.Position, chains.Dimension, positions);
        chains.StartAt(
            (chain, attempt, position) =>
            {
                if (logDensities[chain] >= threshold)
                {
                    for (int i = 0; i < position.Length; i++)
                    {
                        position[i] = positions[((long)i * count) + chain];
                    }
                }
                else
                {
                    found.Position(found.Choose((uint)(chains.Run.FirstChain + chain), attempt)).CopyTo(position);
                }
            },
            isDrawn: true,
            "at draws of Pathfinder",
            cancellationToken);
        return logDensities.Count(value => !(value >= threshold));
    }
}
