using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb nes1972-nes and nes1976-nes: party identification in the American National Election Study.</summary>
[Model]
public partial class PartyIdentification
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] partyid7, real_ideo, race_adj, educ1, gender, income;
    [Data(nameof(N))] public required int[] age_discrete;

    [Parameter("9")] double[] beta = [];
    [Parameter(Lower = 0)] double sigma;

    double LogDensity()
    {
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            int age = age_discrete[n];
            double mean = beta[0] + beta[1] * real_ideo[n] + beta[2] * race_adj[n]
                + beta[3] * Indicator(age, 2) + beta[4] * Indicator(age, 3) + beta[5] * Indicator(age, 4)
                + beta[6] * educ1[n] + beta[7] * gender[n] + beta[8] * income[n];
            target += Density.Normal(partyid7[n], mean, sigma);
        }

        return target;
    }

    static double Indicator(int value, int level) => value == level ? 1 : 0;
}
