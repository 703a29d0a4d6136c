using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// Deaths in heart surgery on babies in twelve hospitals: binomial counts with normal effects of the hospitals on the logit scale,
/// non-centred. Data: Spiegelhalter et al., BUGS Examples Volume 1 (1996).
/// </summary>
[Model]
public sealed partial class Surgical
{
    /// <summary>The number of hospitals.</summary>
    [Data] public required int N;

    /// <summary>The operations of each hospital.</summary>
    [Data(nameof(N))] public required int[] operations;

    /// <summary>The deaths among them.</summary>
    [Data(nameof(N))] public required int[] deaths;

    [Parameter] double mu;
    [Parameter(Lower = 0)] double sigma;
    [Parameter(nameof(N))] double[] z = [];

    /// <summary>The probability of death in each hospital.</summary>
    [Generated(nameof(N))] double[] p = [];

    void Prepare()
    {
        Check.Count(N, nameof(N));
        Check.Lengths(N, nameof(N), (operations, nameof(operations)), (deaths, nameof(deaths)));
        Check.Counts(operations, nameof(operations));
        for (int n = 0; n < N; n++)
        {
            if (deaths[n] < 0 || deaths[n] > operations[n])
            {
                throw new ArgumentException($"deaths[{n}] is {deaths[n]}; allowed are 0 to operations[{n}], {operations[n]}.", nameof(deaths));
            }
        }
    }

    double LogDensity()
    {
        double target = Density.Normal(mu, 0, 2) + Density.HalfNormal(sigma, 1);
        for (int n = 0; n < N; n++)
        {
            target += Density.StandardNormal(z[n]);
            target += Density.BinomialLogit(deaths[n], operations[n], mu + sigma * z[n]);
        }

        return target;
    }

    void Generate()
    {
        for (int n = 0; n < N; n++)
        {
            p[n] = Special.Logistic(mu + sigma * z[n]);
        }
    }

    void DrawPrior(RandomSource random)
    {
        mu = random.Normal(0, 2);
        sigma = Math.Abs(random.Normal());
        for (int n = 0; n < N; n++)
        {
            z[n] = random.Normal();
        }
    }
}
