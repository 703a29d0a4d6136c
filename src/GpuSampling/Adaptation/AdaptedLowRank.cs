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
        LastChange = 1;
        double[] newScales = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            double variance = AdaptedScales.Regularized(pool.Covariance(i, i), pool.Count);
            if (!(variance > 0 && double.IsFinite(variance)))
            {
                return; // the old metric stays
            }

            newScales[i] = Math.Sqrt(variance);
            LastChange = Math.Max(LastChange, Factor(newScales[i] / scales[i]));
        }

        double weight = 1 - Shrinkage.Share(pool.Count, dimension);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double correlation = i == j ? 1 : weight * pool.Covariance(i, j) / (newScales[i] * newScales[j]);
                correlations[(i * dimension) + j] = correlations[(j * dimension) + i] = correlation;
            }
        }

        SymmetricEigenvalues.Compute(correlations, vectors, dimension);
        int[] byDistance = [.. Enumerable.Range(0, dimension).OrderByDescending(Distance).Take(Rank)];

        // What was one standard deviation long in the new directions, in the space that the old metric whitens.
        double[] longest = new double[dimension * Rank];
        for (int k = 0; k < byDistance.Length; k++)
        {
            for (int i = 0; i < dimension; i++)
            {
                longest[(i * Rank) + k] = newScales[i] * vectors[(byDistance[k] * dimension) + i] * Math.Sqrt(Eigenvalue(byDistance[k]));
            }
        }

        Whiten(longest, Rank);
        Array.Clear(stretches);
        newScales.CopyTo(scales, 0);
        for (int k = 0; k < byDistance.Length; k++)
        {
            double squares = 0;
            for (int i = 0; i < dimension; i++)
            {
                squares += longest[(i * Rank) + k] * longest[(i * Rank) + k];
            }

            LastChange = Math.Max(LastChange, Factor(Math.Sqrt(squares)));
            vectors.AsSpan(byDistance[k] * dimension, dimension).CopyTo(directions.AsSpan(k * dimension));
            double eigenvalue = Eigenvalue(byDistance[k]);
            stretches[k] = Distance(byDistance[k]) > Cutoff ? Math.Sqrt(eigenvalue) - 1 : 0;
        }
    }

    public override void Whiten(Span<double> rows, int count)
    {
        for (int i = 0; i < dimension; i++)
        {
            Scale(rows.Slice(i * count, count), 1 / scales[i]);
        }

        // (I + Σ a_k u_k u_kᵀ)⁻¹ = I − Σ a_k/(1 + a_k) u_k u_kᵀ, for the directions are orthonormal.
        double[] along = new double[count];
        for (int k = 0; k < Rank; k++)
        {
            if (stretches[k] == 0)
            {
                continue;
            }

            Array.Clear(along);
            for (int i = 0; i < dimension; i++)
            {
                Add(along, directions[(k * dimension) + i], rows.Slice(i * count, count));
            }

            for (int i = 0; i < dimension; i++)
            {
                Add(rows.Slice(i * count, count), -stretches[k] / (1 + stretches[k]) * directions[(k * dimension) + i], along);
            }
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
