using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// The minutes between eruptions of the geyser Old Faithful: a mixture of two normal distributions with means on either side of 70
/// minutes. Data: Azzalini and Bowman (1990), R package datasets.
/// </summary>
/// <remarks>
/// The prior of the standard deviations must vanish at 0: the times are whole minutes, up to 15 of them equal, and a component that
/// narrows about one of these has a likelihood without bound; under a prior that is above 0 there no posterior exists.
/// </remarks>
[Model]
public sealed partial class OldFaithful
{
    /// <summary>The number of eruptions.</summary>
    [Data] public required int N;

    /// <summary>The minutes until each eruption.</summary>
    [Data(nameof(N))] public required double[] waiting;

    [TransformedData(nameof(N))] double[] y = [];

    [Parameter(Lower = -3, Upper = 0)] double muShort;
    [Parameter(Lower = 0, Upper = 3)] double muLong;
    [Parameter("2", Lower = 0)] double[] sigma = [];
    [Parameter(Lower = 0, Upper = 1)] double weight;

    /// <summary>The means in minutes.</summary>
    [Generated("2")] double[] minutes = [];

    void Prepare() => y = [.. waiting.Select(time => (time - 70) / 10)];

    double LogDensity()
    {
        double target = Density.Beta(weight, 2, 2) + Density.Normal(muShort, 0, 2) + Density.Normal(muLong, 0, 2);
        for (int k = 0; k < 2; k++)
        {
            target += Density.InverseGamma(sigma[k], 3, 1.5);
        }

        for (int n = 0; n < N; n++)
        {
            target += Density.LogMix(weight, Density.Normal(y[n], muShort, sigma[0]), Density.Normal(y[n], muLong, sigma[1]));
        }

        return target;
    }

    void Generate()
    {
        minutes[0] = 70 + 10 * muShort;
        minutes[1] = 70 + 10 * muLong;
    }

    void DrawPrior(RandomSource random)
    {
        muShort = PriorNumbers.NormalBetween(random, 0, 2, -3, 0);
        muLong = PriorNumbers.NormalBetween(random, 0, 2, 0, 3);
        sigma[0] = 1.5 / PriorNumbers.Gamma(random, 3);
        sigma[1] = 1.5 / PriorNumbers.Gamma(random, 3);
        weight = PriorNumbers.BetaTwoTwo(random);
    }
}
