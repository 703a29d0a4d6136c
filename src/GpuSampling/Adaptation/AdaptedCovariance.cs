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
        int chainCount = chains.Run.ChainCount;
        if (rows.Length == 0)
        {
            rows = new double[dimension * chainCount];
        }

        chains.Batches.ReadRows(ChainRows.Position, dimension, rows);
        Observe(rows, chainCount, isFirst);
    }

    /// <summary>Takes in one position of each chain.</summary>
    /// <param name="positions">[parameter][chain]; overwritten.</param>
    /// <param name="chainCount">The number of chains.</param>
    /// <param name="isFirst">Whether a window begins.</param>
    public void Observe(Span<double> positions, int chainCount, bool isFirst)
    {
        if (isFirst)
        {
            pool.Clear();
        }

        pool.Add(positions, chainCount);
    }

    public override void Update(Chains chains, int drawsPerChain) => Update();

    /// <summary>Takes what the positions of the window say.</summary>
    public void Update()
    {
        double share = Shrinkage.Share(pool.Count, dimension);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                candidate[Index(i, j)] = ((1 - share) * pool.Covariance(i, j)) + (i == j ? Shrinkage.SmallVariance * share : 0);
            }
        }

        LastChange = 1;
        if (!CholeskyDecomposition.TryFactor(candidate, dimension))
        {
            return; // fewer positions than parameters, or not finite: the old metric stays
        }

        LastChange = Math.Max(LargestDeviation(factor, candidate), LargestDeviation(candidate, factor));
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

    public override void Whiten(Span<double> rows, int count) => Solve(factor, rows, count);

    public override void Write(double stepSize, Span<double> settings)
    {
        for (int i = 0; i < factor.Length; i++)
        {
            settings[i] = stepSize * factor[i];
        }
    }

    /// <summary>x ← L⁻¹x by forward substitution.</summary>
    private void Solve(double[] lower, Span<double> rows, int count)
    {
        for (int i = 0; i < dimension; i++)
        {
            Span<double> row = rows.Slice(i * count, count);
            for (int j = 0; j < i; j++)
            {
                Add(row, -lower[Index(i, j)], rows.Slice(j * count, count));
            }

            Scale(row, 1 / lower[Index(i, i)]);
        }
    }

    /// <summary>The largest standard deviation, in space whitened by one factor, of what the other whitens: of the rows of A⁻¹B the longest.</summary>
    private double LargestDeviation(double[] whitening, double[] other)
    {
        double[] rows = new double[dimension * dimension];
        for (int i = 0; i < dimension; i++)
        {
            other.AsSpan(Index(i, 0), i + 1).CopyTo(rows.AsSpan(i * dimension));
        }

        Solve(whitening, rows, dimension);
        double largest = 0;
        for (int i = 0; i < dimension; i++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(i * dimension, dimension);
            largest = Math.Max(largest, Math.Sqrt(PooledCovariance.InnerProduct(row, row)));
        }

        return largest;
    }

    private static int Index(int row, int column) => (row * (row + 1) / 2) + column;
}
