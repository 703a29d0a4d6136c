using GpuSampling.Kernels.Transitions;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>A dense metric: the Cholesky factor of the covariance of a window's positions over all chains.</summary>
internal sealed class AdaptedCovariance : AdaptedMetric
{
    private readonly int dimension;
    private readonly PooledCovariance pool;
    private readonly double[] factor;
    private readonly double[] candidate;
    private readonly double[] scales;
    private double[] rows = [];

    /// <summary>Begins at the identity.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public AdaptedCovariance(int dimension)
    {
        this.dimension = dimension;
        pool = new PooledCovariance(dimension);
        factor = new double[dimension * (dimension + 1) / 2];
        candidate = new double[factor.Length];
        scales = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            factor[Index(i, i)] = 1;
            scales[i] = 1;
        }
    }

    public override ReadOnlySpan<double> Scales => scales;

    public override int SettingLength => factor.Length;

    public override void Observe(Chains chains, bool isFirst)
    {
        if (isFirst)
        {
            pool.Clear();
        }

        int chainCount = chains.Run.ChainCount;
        if (rows.Length == 0)
        {
            rows = new double[dimension * chainCount];
        }

        chains.Batches.ReadRows(ChainRows.Position, dimension, rows);
        pool.Add(rows, chainCount);
    }

    public override void Update(Chains chains, int drawsPerChain)
    {
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // Stan's shrinkage, as for scales.
                double weight = pool.Count / (pool.Count + 5);
                candidate[Index(i, j)] = (weight * pool.Covariance(i, j)) + (i == j ? 1e-3 * (1 - weight) : 0);
            }
        }

        if (!CholeskyDecomposition.TryFactor(candidate, dimension))
        {
            return; // fewer positions than parameters, or not finite: the old metric stays
        }

        candidate.CopyTo(factor, 0);
        for (int i = 0; i < dimension; i++)
        {
            double variance = 0;
            for (int j = 0; j <= i; j++)
            {
                variance += factor[Index(i, j)] * factor[Index(i, j)];
            }

            scales[i] = Math.Sqrt(variance);
        }
    }

    public override void Write(double stepSize, Span<double> settings)
    {
        for (int i = 0; i < factor.Length; i++)
        {
            settings[i] = stepSize * factor[i];
        }
    }

    private static int Index(int row, int column) => (row * (row + 1) / 2) + column;
}
