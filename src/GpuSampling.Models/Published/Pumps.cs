using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// Failures of ten pumps of a nuclear power plant: Poisson counts whose rates come from one gamma distribution. Data: Gaver and
/// O'Muircheartaigh (1987); the hyperpriors are those of George, Makov and Smith (1993).
/// </summary>
[Model]
public sealed partial class Pumps
{
    /// <summary>The number of pumps.</summary>
    [Data] public required int N;

    /// <summary>The failures of each pump.</summary>
    [Data(nameof(N))] public required int[] failures;

    /// <summary>The hours of operation of each pump, in thousands.</summary>
    [Data(nameof(N))] public required double[] hours;

    [Parameter(nameof(N), Lower = 0)] double[] theta = [];
    [Parameter(Lower = 0)] double alpha;
    [Parameter(Lower = 0)] double beta;

    void Prepare()
    {
        Check.Count(N, nameof(N));
        Check.Counts(failures, nameof(failures));
        Check.Positive(hours, nameof(hours), firstIndex: 0);
    }

    double LogDensity()
    {
        double target = Density.Exponential(alpha, 1) + Density.Gamma(beta, 0.1, 1);
        for (int n = 0; n < N; n++)
        {
            target += Density.Gamma(theta[n], alpha, beta);
            target += Density.Poisson(failures[n], theta[n] * hours[n]);
        }

        return target;
    }

    void DrawPrior(RandomSource random)
    {
        alpha = random.Exponential();
        beta = PriorNumbers.Gamma(random, 0.1);
        for (int n = 0; n < N; n++)
        {
            theta[n] = PriorNumbers.Gamma(random, alpha) / beta;
        }
    }
}
