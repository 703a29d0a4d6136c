using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb eight_schools-eight_schools_noncentered.</summary>
[Model]
public partial class EightSchoolsNonCentered
{
    [Data] public required int J;
    [Data(nameof(J))] public required double[] y, sigma;

    [Parameter(nameof(J))] double[] theta_trans = [];
    [Parameter] double mu;
    [Parameter(Lower = 0)] double tau;

    [Generated(nameof(J))] double[] theta = [];

    double LogDensity()
    {
        double target = Density.Normal(mu, 0, 5) + Density.HalfCauchy(tau, 5);
        for (int j = 0; j < J; j++)
        {
            target += Density.StandardNormal(theta_trans[j]);
            target += Density.Normal(y[j], mu + tau * theta_trans[j], sigma[j]);
        }

        return target;
    }

    void Generate()
    {
        for (int j = 0; j < J; j++)
        {
            theta[j] = mu + tau * theta_trans[j];
        }
    }
}
