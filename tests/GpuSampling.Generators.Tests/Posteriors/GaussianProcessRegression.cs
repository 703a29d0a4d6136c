using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb gp_pois_regr-gp_regr: regression by a Gaussian process with a squared-exponential kernel.</summary>
[Model]
public partial class GaussianProcessRegression
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] x, y;

    [Parameter(Lower = 0)] double rho, alpha, sigma;

    double LogDensity()
    {
        double[,] covariance = new double[N, N];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double distance = (x[i] - x[j]) / rho;
                covariance[i, j] = alpha * alpha * Math.Exp(-0.5 * distance * distance);
            }

            covariance[i, i] = alpha * alpha + sigma;
        }

        return Density.Gamma(rho, 25, 4) + Density.HalfNormal(alpha, 2) + Density.HalfNormal(sigma, 1)
            + Density.MultivariateNormalCholesky(y, LinearAlgebra.Cholesky(covariance));
    }
}
