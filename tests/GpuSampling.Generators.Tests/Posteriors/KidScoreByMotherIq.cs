using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb kidiq-kidscore_momiq: children's test scores by the mother's IQ.</summary>
[Model]
public partial class KidScoreByMotherIq
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] kid_score, mom_iq;

    [Parameter("2")] double[] beta = [];
    [Parameter(Lower = 0)] double sigma;

    double LogDensity()
    {
        double target = Density.HalfCauchy(sigma, 2.5);
        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(kid_score[n], beta[0] + beta[1] * mom_iq[n], sigma);
        }

        return target;
    }
}
