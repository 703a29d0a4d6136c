using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb arK-arK: an autoregression of order K.</summary>
[Model]
public partial class Autoregression
{
    [Data] public required int K, T;
    [Data(nameof(T))] public required double[] y;

    [Parameter] double alpha;
    [Parameter(nameof(K))] double[] beta = [];
    [Parameter(Lower = 0)] double sigma;

    double LogDensity()
    {
        double target = Density.Normal(alpha, 0, 10) + Density.HalfCauchy(sigma, 2.5);
        for (int k = 0; k < K; k++)
        {
            target += Density.Normal(beta[k], 0, 10);
        }

        for (int t = K; t < T; t++)
        {
            double mean = alpha;
            for (int k = 0; k < K; k++)
            {
                mean += beta[k] * y[t - k - 1];
            }

            target += Density.Normal(y[t], mean, sigma);
        }

        return target;
    }
}
