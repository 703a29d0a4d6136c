using GpuSampling.Modeling;

namespace GpuSampling.Benchmarks.Sampling.Bias.Models;

/// <summary>
/// Student's t returns whose log scale walks at random from 0: Hoffman and Gelman, The No-U-Turn Sampler (2014), section 4, in the form
/// of sampler-benchmarks' Stochastic_Volatility_MAMS_Paper (2,429 parameters for 2,427 returns).
/// </summary>
[Model]
public partial class RandomWalkVolatility
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] returns;

    [Parameter(nameof(N))] double[] logScale = [];
    [Parameter(Lower = 0)] double sigma;
    [Parameter(Lower = 0)] double nu;

    double LogDensity()
    {
        double steps = 0;
        double logs = 0;
        double scales = 0;
        for (int t = 0; t < N; t++)
        {
            double step = logScale[t] - (t == 0 ? 0 : logScale[t - 1]);
            steps += step * step;
            double y = returns[t] * Math.Exp(-logScale[t]);
            logs += Special.Log1p(y * y / nu);
            scales += logScale[t];
        }

        // The normalization of Student's t is the same for all returns.
        double normalization = Special.LogGamma(0.5 * (nu + 1)) - Special.LogGamma(0.5 * nu) - 0.5 * Math.Log(Math.PI * nu);
        return Density.Exponential(sigma, 50) + Density.Exponential(nu, 0.1)
            - N * Math.Log(sigma) - 0.5 * steps / (sigma * sigma)
            + N * normalization - scales - 0.5 * (nu + 1) * logs;
    }
}
