using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb kidiq-kidscore_momhsiq: children's test scores by the mother's schooling and IQ.</summary>
[Model]
public partial class KidScoreByMotherHighSchoolAndIq
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] kid_score, mom_hs, mom_iq;

    [Parameter("3")] double[] beta = [];
    [Parameter(Lower = 0)] double sigma;

    double LogDensity()
    {
        double target = Density.HalfCauchy(sigma, 2.5);
        for (int n = 0; n < N; n++)
        {
            double mean = beta[0] + beta[1] * mom_hs[n] + beta[2] * mom_iq[n];
            target += Density.Normal(kid_score[n], mean, sigma);
        }

        return target;
    }
}
