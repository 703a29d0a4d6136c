using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// Stack loss of ammonia in 21 days of a plant that oxidises it: linear regression with errors of Student's t distribution, whose
/// degrees of freedom are estimated. Data: Brownlee (1960), R package datasets.
/// </summary>
[Model]
public sealed partial class StackLoss
{
    /// <summary>The number of days.</summary>
    [Data] public required int N;

    /// <summary>Flow of cooling air, for each day.</summary>
    [Data(nameof(N))] public required double[] airFlow;

    /// <summary>Inlet temperature of the cooling water, in °C.</summary>
    [Data(nameof(N))] public required double[] waterTemperature;

    /// <summary>Concentration of acid, in per mille less 500.</summary>
    [Data(nameof(N))] public required double[] acidConcentration;

    /// <summary>Ammonia that escapes, in tenths of a per cent.</summary>
    [Data(nameof(N))] public required double[] loss;

    [TransformedData(nameof(N))] double[] air = [];
    [TransformedData(nameof(N))] double[] water = [];
    [TransformedData(nameof(N))] double[] acid = [];

    [Parameter] double alpha;
    [Parameter("3")] double[] beta = [];
    [Parameter(Lower = 0)] double sigma;
    [Parameter(Lower = 1)] double nu;

    void Prepare() =>
        (air, water, acid) = (
            Columns.Standardized(airFlow, nameof(airFlow)),
            Columns.Standardized(waterTemperature, nameof(waterTemperature)),
            Columns.Standardized(acidConcentration, nameof(acidConcentration)));

    double LogDensity()
    {
        double target = Density.Normal(alpha, 20, 20) + Density.HalfCauchy(sigma, 5) + Density.Gamma(nu, 2, 0.1);
        for (int k = 0; k < 3; k++)
        {
            target += Density.Normal(beta[k], 0, 10);
        }

        for (int n = 0; n < N; n++)
        {
            double mean = alpha + beta[0] * air[n] + beta[1] * water[n] + beta[2] * acid[n];
            target += Density.StudentT(loss[n], nu, mean, sigma);
        }

        return target;
    }

    void DrawPrior(RandomSource random)
    {
        alpha = random.Normal(20, 20);
        for (int k = 0; k < 3; k++)
        {
            beta[k] = random.Normal(0, 10);
        }

        sigma = 5 * PriorNumbers.HalfCauchy(random);
        do
        {
            nu = PriorNumbers.Gamma(random, 2) / 0.1;
        }
        while (nu <= 1);
    }
}
