using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// The minutes between eruptions of the geyser Old Faithful: a mixture of two normal distributions with ascending means. Data:
/// Azzalini and Bowman (1990), R package datasets.
/// </summary>
[Model]
public sealed partial class OldFaithful
{
    /// <summary>The number of eruptions.</summary>
    [Data] public required int N;

    /// <summary>The minutes until each eruption.</summary>
    [Data(nameof(N))] public required double[] waiting;

    [Parameter("2", Constraint = Constraint.Ordered)] double[] mu = [];
    [Parameter("2", Lower = 0)] double[] sigma = [];
    [Parameter(Lower = 0, Upper = 1)] double weight;

    double LogDensity()
    {
        double target = Density.Beta(weight, 2, 2);
        for (int k = 0; k < 2; k++)
        {
            target += Density.Normal(mu[k], 70, 20) + Density.HalfNormal(sigma[k], 10);
        }

        for (int n = 0; n < N; n++)
        {
            target += Density.LogMix(weight, Density.Normal(waiting[n], mu[0], sigma[0]), Density.Normal(waiting[n], mu[1], sigma[1]));
        }

        return target;
    }
}
