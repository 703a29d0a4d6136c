using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>Inference gym stochastic_volatility_sp500_small, non-centred: h is built from independent standard normals.</summary>
[Model]
public partial class StochasticVolatility
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] returns;

    [Parameter(Lower = -1, Upper = 1)] double phi;
    [Parameter] double mu;
    [Parameter(Lower = 0)] double s;
    [Parameter(nameof(N))] double[] z = [];

    [Generated(nameof(N))] double[] logVolatility = [];

    double LogDensity()
    {
        // phi = 2 u − 1 with u ~ Beta(20, 1.5).
        double target = Density.Beta(0.5 * (phi + 1), 20, 1.5) - Math.Log(2) + Density.Cauchy(mu, 0, 5) + Density.HalfCauchy(s, 2);
        double h = 0;
        for (int t = 0; t < N; t++)
        {
            target += Density.StandardNormal(z[t]);
            h = t == 0 ? mu + z[t] * s / Math.Sqrt(1 - phi * phi) : mu + phi * (h - mu) + s * z[t];
            target += Density.Normal(returns[t], 0, Math.Exp(0.5 * h));
        }

        return target;
    }

    void Generate()
    {
        double h = 0;
        for (int t = 0; t < N; t++)
        {
            h = t == 0 ? mu + z[t] * s / Math.Sqrt(1 - phi * phi) : mu + phi * (h - mu) + s * z[t];
            logVolatility[t] = h;
        }
    }
}
