using GpuSampling.Modeling;

namespace GpuSampling.Benchmarks.Sampling.Bias.Models;

/// <summary>
/// Neal's funnel, sampled as it is, with the standard normal variables that it is made of as results. sampler-benchmarks:
/// Neals_Funnel_MAMS_Paper, of 20 parameters.
/// </summary>
[Model]
public partial class StandardizedFunnel
{
    [Data] public required int D;

    [Parameter(nameof(D))] double[] x = [];
    [Parameter] double v;

    [Generated(nameof(D))] double[] standardX = [];
    [Generated] double standardV;

    double LogDensity()
    {
        double squares = 0;
        for (int i = 0; i < D; i++)
        {
            squares += x[i] * x[i];
        }

        return Density.Normal(v, 0, 3) - 0.5 * (D * v + Math.Exp(-v) * squares);
    }

    void Generate()
    {
        standardV = v / 3;
        for (int i = 0; i < D; i++)
        {
            standardX[i] = x[i] * Math.Exp(-0.5 * v);
        }
    }
}
