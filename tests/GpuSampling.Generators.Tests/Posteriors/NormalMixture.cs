using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb low_dim_gauss_mix-low_dim_gauss_mix: a mixture of two normal distributions.</summary>
[Model]
public partial class NormalMixture
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] y;

    [Parameter("2", Constraint = Constraint.Ordered)] double[] mu = [];
    [Parameter("2", Lower = 0)] double[] sigma = [];
    [Parameter(Lower = 0, Upper = 1)] double theta;

    double LogDensity()
    {
        double target = Density.Beta(theta, 5, 5);
        for (int k = 0; k < 2; k++)
        {
            target += Density.HalfNormal(sigma[k], 2) + Density.Normal(mu[k], 0, 2);
        }

        for (int n = 0; n < N; n++)
        {
            target += Density.LogMix(theta, Density.Normal(y[n], mu[0], sigma[0]), Density.Normal(y[n], mu[1], sigma[1]));
        }

        return target;
    }
}
