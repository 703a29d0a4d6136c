using GpuSampling.Modeling;

namespace GpuSampling.Benchmarks.Sampling.Bias.Models;

/// <summary>
/// Logistic regression with weights z_d λ_d τ, where z is standard normal and the scales λ and τ have gamma priors with mode 0. Inference gym:
/// german_credit_numeric_sparse_logistic_regression.
/// </summary>
[Model]
public partial class SparseLogisticRegression
{
    [Data] public required int N;
    [Data] public required int D;
    [Data(nameof(N), nameof(D))] public required double[,] x;
    [Data(nameof(N))] public required int[] y;

    [Parameter(Lower = 0)] double tau;
    [Parameter(nameof(D), Lower = 0)] double[] lambda = [];
    [Parameter(nameof(D))] double[] z = [];

    double LogDensity()
    {
        double target = Density.Gamma(tau, 0.5, 0.5);
        double[] beta = new double[D];
        for (int d = 0; d < D; d++)
        {
            target += Density.Gamma(lambda[d], 0.5, 0.5) + Density.StandardNormal(z[d]);
            beta[d] = z[d] * lambda[d] * tau;
        }

        for (int n = 0; n < N; n++)
        {
            double logit = 0;
            for (int d = 0; d < D; d++)
            {
                logit += x[n, d] * beta[d];
            }

            target += Density.BernoulliLogit(y[n], logit);
        }

        return target;
    }
}
