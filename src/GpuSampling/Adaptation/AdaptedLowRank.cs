using GpuSampling.Kernels.Transitions;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>
/// A low-rank metric: the standard deviations of a window's positions over all chains, and the directions in which their correlation
/// matrix is farthest from the identity.
/// </summary>
internal sealed class AdaptedLowRank : AdaptedMetric
{
    /// <summary>The most directions.</summary>
    public const int MaximumRank = 8;

    // Directions whose variance is within this factor of 1 are left alone, as in nutpie.
    private const double Cutoff = 2;

    private readonly int dimension;
    private readonly PooledCovariance pool;
    private readonly double[] scales;
    private readonly double[] stretches;
    private readonly double[] directions;
    private readonly double[] correlations;
    private readonly double[] vectors;
    private double[] rows = [];

    /// <summary>Begins at the identity.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public AdaptedLowRank(int dimension)
    {
        this.dimension = dimension;
        Rank = Math.Min(MaximumRank, dimension);
        pool = new PooledCovariance(dimension);
        scales = new double[dimension];
        Array.Fill(scales, 1);
        stretches = new double[Rank];
        directions = new double[Rank * dimension];
        correlations = new double[dimension * dimension];
        vectors = new double[dimension * dimension];
    }

    /// <summary>The number of directions.</summary>
    public int Rank { get; }

    public override ReadOnlySpan<double> Scales => scales;

    public override int SettingLength => dimension + (Rank * (dimension + 1));

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
            double variance = AdaptedScales.Regularized(pool.Covariance(i, i), pool.Count);
            if (!(variance > 0 && double.IsFinite(variance)))
            {
                return; // the old metric stays
            }

            scales[i] = Math.Sqrt(variance);
        }

        double weight = pool.Count / (pool.Count + 5);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double correlation = i == j ? 1 : weight * pool.Covariance(i, j) / (scales[i] * scales[j]);
                correlations[(i * dimension) + j] = correlations[(j * dimension) + i] = correlation;
            }
        }

        SymmetricEigenvalues.Compute(correlations, vectors, dimension);
        Array.Clear(stretches);
        int[] byDistance = [.. Enumerable.Range(0, dimension).OrderByDescending(Distance).Take(Rank)];
        for (int k = 0; k < byDistance.Length; k++)
        {
            vectors.AsSpan(byDistance[k] * dimension, dimension).CopyTo(directions.AsSpan(k * dimension));
            double eigenvalue = Eigenvalue(byDistance[k]);
            stretches[k] = Distance(byDistance[k]) > Cutoff ? Math.Sqrt(eigenvalue) - 1 : 0;
        }
    }

    public override void Write(double stepSize, Span<double> settings)
    {
        for (int i = 0; i < dimension; i++)
        {
            settings[i] = stepSize * scales[i];
        }

        for (int k = 0; k < Rank; k++)
        {
            Span<double> one = settings.Slice(dimension + (k * (dimension + 1)), dimension + 1);
            one[0] = stretches[k];
            directions.AsSpan(k * dimension, dimension).CopyTo(one[1..]);
        }
    }

    private double Eigenvalue(int index) => Math.Max(correlations[(index * dimension) + index], 1e-8);

    /// <summary>How many times an eigenvalue is greater or less than 1.</summary>
    private double Distance(int index) => Math.Max(Eigenvalue(index), 1 / Eigenvalue(index));
}
