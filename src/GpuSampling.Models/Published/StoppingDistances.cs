using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// The distance that cars took to stop, by their speed, 1920s: a Gaussian process with a squared exponential kernel, on standardised
/// numbers. Data: Ezekiel (1930), R package datasets.
/// </summary>
[Model]
public sealed partial class StoppingDistances
{
    /// <summary>The number of cars.</summary>
    [Data] public required int N;

    /// <summary>The speed of each car, in mph.</summary>
    [Data(nameof(N))] public required double[] speed;

    /// <summary>The distance that it took to stop, in feet.</summary>
    [Data(nameof(N))] public required double[] stoppingDistance;

    [TransformedData(nameof(N))] double[] x = [];
    [TransformedData(nameof(N))] double[] y = [];

    [Parameter(Lower = 0)] double rho;
    [Parameter(Lower = 0)] double alpha;
    [Parameter(Lower = 0)] double sigma;

    void Prepare() => (x, y) = (Columns.Standardized(speed), Columns.Standardized(stoppingDistance));

    double LogPrior() => Density.InverseGamma(rho, 5, 5) + Density.HalfNormal(alpha, 1) + Density.HalfNormal(sigma, 1);

    double LogLikelihood()
    {
        double[,] covariance = new double[N, N];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double difference = (x[i] - x[j]) / rho;
                covariance[i, j] = alpha * alpha * Math.Exp(-0.5 * difference * difference) + (i == j ? sigma * sigma : 0);
            }
        }

        return Density.MultivariateNormalCholesky(y, LinearAlgebra.Cholesky(covariance));
    }
}
