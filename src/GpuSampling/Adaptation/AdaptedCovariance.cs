using GpuSampling.Kernels.Metrics;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>A dense metric: the Cholesky factor of the covariance of a window's positions over all chains.</summary>
internal sealed class AdaptedCovariance : ObservedMetric
{
    private readonly PooledCovariance pool;
    private readonly double[] factor;
    private readonly double[] candidate;
    private readonly double[] scales;

    /// <summary>Begins at the identity.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public AdaptedCovariance(int dimension)
        : base(dimension)
    {
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

    public override MetricKind Kind => MetricKind.Dense;

    public override ReadOnlySpan<double> Scales => scales;

    public override int SettingLength => factor.Length;

    public override void Observe(Span<double> positions, int chainCount, bool isFirst)
    {
        if (isFirst)
        {
            pool.Clear();
        }

        pool.Add(positions, chainCount);
    }

    public override void Update()
    {
        double share = Shrinkage.Share(pool.Count, Dimension);
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                candidate[Index(i, j)] = ((1 - share) * pool.Covariance(i, j)) + (i == j ? Shrinkage.SmallVariance * share : 0);
            }
        }

        LastChange = 1;
        if (!CholeskyDecomposition.TryFactor(candidate, Dimension))
        {
            return; // fewer positions than parameters, or not finite: the old metric stays
        }

        LastChange = Math.Max(LargestDeviation(factor, candidate), LargestDeviation(candidate, factor));
        candidate.CopyTo(factor, 0);
        for (int i = 0; i < Dimension; i++)
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

    public override void WhitenGradients(Span<double> rows, int count)
    {
        // (Lᵀg)_i = Σ_{j ≥ i} L_ji g_j, in place.
        for (int i = 0; i < Dimension; i++)
        {
            Span<double> row = rows.Slice(i * count, count);
            Scale(row, factor[Index(i, i)]);
            for (int j = i + 1; j < Dimension; j++)
            {
                Add(row, factor[Index(j, i)], rows.Slice(j * count, count));
            }
        }
    }

    public override void Write(double stepSize, Span<double> settings)
    {
        for (int i = 0; i < factor.Length; i++)
        {
            settings[i] = stepSize * factor[i];
        }
    }

    public override TResult Accept<TResult>(IMetricVisitor<TResult> visitor) => visitor.Visit(default(DenseMetric));

    /// <summary>x ← L⁻¹x by forward substitution.</summary>
    private void Solve(double[] lower, Span<double> rows, int count)
    {
        for (int i = 0; i < Dimension; i++)
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
        double[] rows = new double[Dimension * Dimension];
        for (int i = 0; i < Dimension; i++)
        {
            other.AsSpan(Index(i, 0), i + 1).CopyTo(rows.AsSpan(i * Dimension));
        }

        Solve(whitening, rows, Dimension);
        double largest = 0;
        for (int i = 0; i < Dimension; i++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(i * Dimension, Dimension);
            largest = Math.Max(largest, Math.Sqrt(PooledCovariance.InnerProduct(row, row)));
        }

        return largest;
    }

    private static int Index(int row, int column) => (row * (row + 1) / 2) + column;
}
