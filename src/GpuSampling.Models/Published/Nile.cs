using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// The yearly flow of the Nile at Aswan, 1871 to 1970, as a level that drifts and is observed with noise: the Kalman filter
/// carries the level's mean and variance from year to year. Data: Durbin and Koopman (2001), R package datasets.
/// </summary>
[Model]
public sealed partial class Nile
{
    /// <summary>The number of years.</summary>
    [Data] public required int N;

    /// <summary>The flow of each year, in 10⁸ m³.</summary>
    [Data(nameof(N))] public required double[] flow;

    /// <summary>Parameters are in units of 10¹⁰ m³.</summary>
    [Parameter(Lower = 0)] double sigmaLevel;
    [Parameter(Lower = 0)] double sigmaFlow;

    /// <summary>The expected level of the last year, in 10⁸ m³.</summary>
    [Generated] double finalLevel;

    double LogPrior() => Density.HalfNormal(sigmaLevel, 1) + Density.HalfNormal(sigmaFlow, 2);

    double LogLikelihood() => Filter().LogDensity;

    void Generate() => finalLevel = 100 * Filter().Level;

    (double LogDensity, double Level) Filter()
    {
        double level = 10;
        double variance = 3 * 3;
        double target = 0;
        for (int t = 0; t < N; t++)
        {
            variance += t == 0 ? 0 : sigmaLevel * sigmaLevel;
            double total = variance + sigmaFlow * sigmaFlow;
            target += Density.Normal(flow[t] / 100, level, Math.Sqrt(total));
            double gain = variance / total;
            level += gain * (flow[t] / 100 - level);
            variance *= 1 - gain;
        }

        return (target, level);
    }

    void DrawPrior(RandomSource random)
    {
        sigmaLevel = Math.Abs(random.Normal());
        sigmaFlow = 2 * Math.Abs(random.Normal());
    }
}
