using GpuSampling.Modeling;

namespace GpuSampling.Benchmarks.Sampling.Bias.Models;

/// <summary>
/// Student's t returns whose log scale walks at random from 0: Hoffman and Gelman, The No-U-Turn Sampler (2014), section 4, in the form
/// of sampler-benchmarks' Stochastic_Volatility_MAMS_Paper (2,429 parameters for 2,427 returns).
/// </summary>
/// <remarks>Three returns share a logarithm: log(1 + a) + log(1 + b) = log((1 + a)(1 + b)).</remarks>
[Model]
public partial class RandomWalkVolatility
{
    /// <summary>A third of the number of returns.</summary>
    [Data] public required int N;
    [Data("3 * N")] public required double[] returns;

    [Parameter("3 * N")] double[] logScale = [];
    [Parameter(Lower = 0)] double sigma;
    [Parameter(Lower = 0)] double nu;

    double LogDensity()
    {
        double steps = 0;
        double logs = 0;
        double scales = 0;
        double perNu = 1 / nu;
        for (int t = 0; t < N; t++)
        {
            double a = logScale[3 * t];
            double b = logScale[3 * t + 1];
            double c = logScale[3 * t + 2];
            double before = a - (t == 0 ? 0 : logScale[3 * t - 1]);
            steps += before * before + (b - a) * (b - a) + (c - b) * (c - b);
            scales += a + b + c;
            double x = returns[3 * t] * Math.Exp(-a);
            double y = returns[3 * t + 1] * Math.Exp(-b);
            double z = returns[3 * t + 2] * Math.Exp(-c);
            logs += Math.Log((1 + x * x * perNu) * (1 + y * y * perNu) * (1 + z * z * perNu));
        }

        // The normalization of Student's t is the same for all returns.
        double normalization = Special.LogGamma(0.5 * (nu + 1)) - Special.LogGamma(0.5 * nu) - 0.5 * Math.Log(Math.PI * nu);
        return Density.Exponential(sigma, 50) + Density.Exponential(nu, 0.1)
            - 3 * N * Math.Log(sigma) - 0.5 * steps / (sigma * sigma)
            + 3 * N * normalization - scales - 0.5 * (nu + 1) * logs;
    }
}
