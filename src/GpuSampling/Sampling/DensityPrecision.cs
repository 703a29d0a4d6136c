using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// How exactly a run in 32 bits knows differences of log densities, on which acceptance rests: the spread of what its log densities
/// miss, over chains, beside the same model in 64 bits at the same positions.
/// </summary>
internal sealed class DensityPrecision(Chains chains) : IPosteriorVisitor<double>
{
    /// <summary>An error above this is warned of: it changes acceptance probabilities by about a tenth.</summary>
    public const double Tolerance = 0.1;

    private const int MostChains = 16;

    // Reading the positions of more chains would take longer than it is worth.
    private const long MostNumbers = 1 << 24;

    /// <summary>The standard deviation of the error over up to 16 chains; NaN for a single chain and where it cannot be found.</summary>
    public double Visit<TModel>(Posterior<TModel> posterior)
        where TModel : struct, IModel
    {
        int chainCount = chains.Run.ChainCount;
        int compared = Math.Min(MostChains, chainCount);
        if (compared < 2 || (long)chainCount * posterior.Dimension > MostNumbers)
        {
            return double.NaN;
        }

        double[] row = new double[chainCount];
        double[] densities = new double[compared];
        double[][] points = [.. densities.Select(_ => new double[posterior.Dimension])];
        chains.Batches.ReadRow(ChainRows.LogDensity, row);
        for (int i = 0; i < compared; i++)
        {
            densities[i] = row[Chain(i)];
        }

        for (int parameter = 0; parameter < posterior.Dimension; parameter++)
        {
            chains.Batches.ReadRow(ChainRows.Position + parameter, row);
            for (int i = 0; i < compared; i++)
            {
                points[i][parameter] = row[Chain(i)];
            }
        }

        HostEvaluation<TModel> exact = new(posterior);
        for (int i = 0; i < compared; i++)
        {
            densities[i] -= exact.LogDensity(points[i]);
        }

        double mean = densities.Average();
        return Math.Sqrt(densities.Sum(error => (error - mean) * (error - mean)) / (compared - 1));

        int Chain(int i) => (int)((long)i * chainCount / compared);
    }
}
