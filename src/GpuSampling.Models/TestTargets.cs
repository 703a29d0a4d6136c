using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>Densities whose moments are known exactly, for testing samplers and machines.</summary>
public static class TestTargets
{
    /// <summary>A normal distribution with given mean and precision matrix.</summary>
    /// <param name="mean">The mean, at least one element, finite.</param>
    /// <param name="precision">The inverse covariance: symmetric and positive definite, finite, as many rows and columns.</param>
    /// <exception cref="ArgumentException">A shape or value is not allowed.</exception>
    public static Posterior<CorrelatedGaussianModel> CorrelatedGaussian(ReadOnlySpan<double> mean, double[,] precision)
    {
        ArgumentNullException.ThrowIfNull(precision);
        int dimension = mean.Length;
        if (dimension == 0 || precision.GetLength(0) != dimension || precision.GetLength(1) != dimension)
        {
            throw new ArgumentException(
                $"The mean has {dimension} elements and the precision matrix is {precision.GetLength(0)} by {precision.GetLength(1)}: allowed are a square matrix as large as the mean, at least 1.",
                nameof(precision));
        }

        Check.Finite(mean, nameof(mean));
        double[] reals = new double[dimension + (dimension * dimension)];
        mean.CopyTo(reals);
        Buffer.BlockCopy(precision, 0, reals, dimension * sizeof(double), dimension * dimension * sizeof(double));
        Check.Finite(reals, nameof(precision));
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (precision[i, j] != precision[j, i])
                {
                    throw new ArgumentException(
                        $"precision[{i + 1},{j + 1}] is {precision[i, j]} and precision[{j + 1},{i + 1}] is {precision[j, i]}; allowed are symmetric matrices.",
                        nameof(precision));
                }
            }
        }

        CheckDefinite(precision);
        return Normal(dimension, reals);
    }

    /// <summary>Throws unless a Cholesky factor exists: else the density has no integral.</summary>
    private static void CheckDefinite(double[,] precision)
    {
        int dimension = precision.GetLength(0);
        double[,] factor = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = precision[i, j];
                for (int k = 0; k < j; k++)
                {
                    rest -= factor[i, k] * factor[j, k];
                }

                if (i == j && !(rest > 0))
                {
                    throw new ArgumentException(
                        $"The first {i + 1} rows and columns of precision are not positive definite; allowed are positive definite matrices, others belong to no normal distribution.",
                        nameof(precision));
                }

                factor[i, j] = i == j ? Math.Sqrt(rest) : rest / factor[j, j];
            }
        }
    }

    private static Posterior<CorrelatedGaussianModel> Normal(int dimension, double[] reals)
    {
        return new Posterior<CorrelatedGaussianModel>(
            "correlated-gaussian", new CorrelatedGaussianModel(dimension), new ModelData(reals, ReadOnlyMemory<int>.Empty), new OutputShape("x", dimension))
        {
            Unconstraining = (draw, result) => result.Free("x", draw),
        };
    }

    /// <summary>
    /// A normal distribution off centre, with means 1, −2, 3, −4, … and covariance ½^|i−j| s_i s_j, s_i growing from 1 to 10.
    /// </summary>
    /// <param name="dimension">1 to 32,768, whose precision matrix fills an array.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another number.</exception>
    public static Posterior<CorrelatedGaussianModel> CorrelatedGaussian(int dimension)
    {
        if (dimension is < 1 or > 32768)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Allowed: 1 to 32768.");
        }

        const double correlation = 0.5;
        double[] reals = new double[dimension + (dimension * dimension)];
        Span<double> mean = reals.AsSpan(0, dimension);
        Span<double> precision = reals.AsSpan(dimension);
        double scale = 1 / (1 - (correlation * correlation));
        for (int i = 0; i < dimension; i++)
        {
            // The inverse of an autoregressive correlation matrix is tridiagonal.
            mean[i] = i % 2 == 0 ? i + 1 : -(i + 1);
            bool isEnd = i == 0 || i == dimension - 1;
            double diagonal = dimension == 1 ? 1 : scale * (isEnd ? 1 : 1 + (correlation * correlation));
            precision[(i * dimension) + i] = diagonal / (StandardDeviation(i, dimension) * StandardDeviation(i, dimension));
            if (i > 0)
            {
                precision[(i * dimension) + i - 1] = precision[((i - 1) * dimension) + i] =
                    -correlation * scale / (StandardDeviation(i, dimension) * StandardDeviation(i - 1, dimension));
            }
        }

        return Normal(dimension, reals);
    }

    /// <summary>The standard deviation of coordinate <paramref name="index"/> of <see cref="CorrelatedGaussian(int)"/>.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="dimension">The number of coordinates.</param>
    public static double StandardDeviation(int index, int dimension) => dimension == 1 ? 1 : 1 + (9.0 * index / (dimension - 1));

    /// <summary>The curved ridge of <see cref="BananaModel"/>.</summary>
    public static Posterior<BananaModel> Banana() =>
        new("banana", default, ModelData.Empty, new OutputShape("x", 2))
        {
            Unconstraining = (draw, result) => result.Free("x", draw),
        };

    /// <summary>Neal's funnel.</summary>
    /// <param name="dimension">v and the x together: 2 to <see cref="Modeling.Posterior.MostOutputs"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another number.</exception>
    public static Posterior<FunnelModel> Funnel(int dimension = 10)
    {
        if (dimension < 2 || dimension > Modeling.Posterior.MostOutputs)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, $"Allowed: 2 to {Modeling.Posterior.MostOutputs}.");
        }

        return new Posterior<FunnelModel>(
            "funnel", new FunnelModel(dimension), ModelData.Empty, new OutputShape("v"), new OutputShape("x", dimension - 1))
        {
            Unconstraining = (draw, result) =>
            {
                result.Free("v", draw[0]);
                result.Free("x", draw[1..]);
            },
        };
    }
}
