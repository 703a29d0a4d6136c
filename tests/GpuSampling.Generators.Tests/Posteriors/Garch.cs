using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb garch-garch11: volatility carried from step to step.</summary>
[Model]
public partial class Garch
{
    [Data] public required int T;
    [Data(nameof(T))] public required double[] y;
    [Data] public required double sigma1;

    [Parameter] double mu;
    [Parameter(Lower = 0)] double alpha0;
    [Parameter(Lower = 0, Upper = 1)] double alpha1;
    [Parameter(Lower = 0, Upper = "1 - alpha1")] double beta1;

    double LogDensity()
    {
        double sigma = sigma1;
        double target = Density.Normal(y[0], mu, sigma);
        for (int t = 1; t < T; t++)
        {
            double shock = y[t - 1] - mu;
            sigma = Math.Sqrt(alpha0 + alpha1 * shock * shock + beta1 * sigma * sigma);
            target += Density.Normal(y[t], mu, sigma);
        }

        return target;
    }
}
