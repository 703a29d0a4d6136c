using GpuSampling.Kernels.Metrics;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>
/// A low-rank metric: the standard deviations of a window's positions over all chains, and the directions in which their correlation
/// matrix is farthest from the identity.
/// </summary>
internal sealed class AdaptedLowRank : ObservedMetric
{
    /// <summary>The most directions.</summary>
    public const int MaximumRank = 8;

    // Directions whose variance is within this factor of 1 are left alone, as in nutpie.
    private const double Cutoff = 2;

    private readonly PooledCovariance pool;
    private readonly double[] scales;
    private readonly double[] stretches;
    private readonly double[] directions;
    private readonly double[] correlations;
    private readonly double[] vectors;

    /// <summary>Begins at the identity.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public AdaptedLowRank(int dimension)
        : base(dimension)
    {
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

    public override MetricKind Kind => MetricKind.LowRank;

    public override ReadOnlySpan<double> Scales => scales;

    public override int SettingLength => Dimension + (Rank * (Dimension + 1));

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
        LastChange = 1;
        double[] newScales = new double[Dimension];
        for (int i = 0; i < Dimension; i++)
        {
            double variance = Shrinkage.OfVariance(pool.Covariance(i, i), pool.Count);
            if (!(variance > 0 && double.IsFinite(variance)))
            {
                return; // the old metric stays
            }

            newScales[i] = Math.Sqrt(variance);
            LastChange = Math.Max(LastChange, Factor(newScales[i] / scales[i]));
        }

        double weight = 1 - Shrinkage.Share(pool.Count, Dimension);
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double correlation = i == j ? 1 : weight * pool.Covariance(i, j) / (newScales[i] * newScales[j]);
                correlations[(i * Dimension) + j] = correlations[(j * Dimension) + i] = correlation;
            }
        }

        SymmetricEigenvalues.Compute(correlations, vectors, Dimension);
        int[] byDistance = [.. Enumerable.Range(0, Dimension).OrderByDescending(Distance).Take(Rank)];

        // What was one standard deviation long in the new directions, in the space that the old metric whitens.
        double[] longest = new double[Dimension * Rank];
        for (int k = 0; k < byDistance.Length; k++)
        {
            for (int i = 0; i < Dimension; i++)
            {
                longest[(i * Rank) + k] = newScales[i] * vectors[(byDistance[k] * Dimension) + i] * Math.Sqrt(Eigenvalue(byDistance[k]));
            }
        }

        Whiten(longest, Rank);
        Array.Clear(stretches);
        newScales.CopyTo(scales, 0);
        for (int k = 0; k < byDistance.Length; k++)
        {
            double squares = 0;
            for (int i = 0; i < Dimension; i++)
            {
                squares += longest[(i * Rank) + k] * longest[(i * Rank) + k];
            }

            LastChange = Math.Max(LastChange, Factor(Math.Sqrt(squares)));
            vectors.AsSpan(byDistance[k] * Dimension, Dimension).CopyTo(directions.AsSpan(k * Dimension));
            double eigenvalue = Eigenvalue(byDistance[k]);
            stretches[k] = Distance(byDistance[k]) > Cutoff ? Math.Sqrt(eigenvalue) - 1 : 0;
        }
    }

    public override void Whiten(Span<double> rows, int count)
    {
        for (int i = 0; i < Dimension; i++)
        {
            Scale(rows.Slice(i * count, count), 1 / scales[i]);
        }

        // (I + Σ a_k u_k u_kᵀ)⁻¹ = I − Σ a_k/(1 + a_k) u_k u_kᵀ, for the directions are orthonormal.
        for (int k = 0; k < Rank; k++)
        {
            Stretch(rows, count, k, -stretches[k] / (1 + stretches[k]));
        }
    }

    public override void WhitenGradients(Span<double> rows, int count)
    {
        for (int i = 0; i < Dimension; i++)
        {
            Scale(rows.Slice(i * count, count), scales[i]);
        }

        for (int k = 0; k < Rank; k++)
        {
            Stretch(rows, count, k, stretches[k]);
        }
    }

    public override void Write(double stepSize, Span<double> settings)
    {
        for (int i = 0; i < Dimension; i++)
        {
            settings[i] = stepSize * scales[i];
        }

        for (int k = 0; k < Rank; k++)
        {
            Span<double> one = settings.Slice(Dimension + (k * (Dimension + 1)), Dimension + 1);
            one[0] = stretches[k];
            directions.AsSpan(k * Dimension, Dimension).CopyTo(one[1..]);
        }
    }

    public override TResult Accept<TResult>(IMetricVisitor<TResult> visitor) => visitor.Visit(new LowRankMetric { Rank = Rank });

    /// <summary>x ← (I + a u uᵀ)x along direction u.</summary>
    private void Stretch(Span<double> rows, int count, int direction, double factor)
    {
        if (factor == 0)
        {
            return;
        }

        ReadOnlySpan<double> unit = directions.AsSpan(direction * Dimension, Dimension);
        double[] along = new double[count];
        for (int i = 0; i < Dimension; i++)
        {
            Add(along, unit[i], rows.Slice(i * count, count));
        }

        for (int i = 0; i < Dimension; i++)
        {
            Add(rows.Slice(i * count, count), factor * unit[i], along);
        }
    }

    private double Eigenvalue(int index) => Math.Max(correlations[(index * Dimension) + index], 1e-8);

    /// <summary>How many times an eigenvalue is greater or less than 1.</summary>
    private double Distance(int index) => Math.Max(Eigenvalue(index), 1 / Eigenvalue(index));
}
