using GpuSampling.Modeling;

namespace GpuSampling.Benchmarks.Sampling.Bias.Models;

/// <summary>
/// A random walk, some steps of which were observed with noise; both scales are unknown. Inference gym:
/// brownian_motion_unknown_scales_missing_middle_observations.
/// </summary>
[Model]
public partial class BrownianMotionUnknownScales
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] y;
    [Data(nameof(N))] public required int[] isObserved;

    [Parameter(Lower = 0)] double innovationScale;
    [Parameter(nameof(N))] double[] x = [];
    [Parameter(Lower = 0)] double observationScale;

    double LogDensity()
    {
        double target = Density.LogNormal(innovationScale, 0, 2) + Density.LogNormal(observationScale, 0, 2);
        for (int i = 0; i < N; i++)
        {
            target += Density.Normal(x[i], i == 0 ? 0 : x[i - 1], innovationScale);
            if (isObserved[i] == 1)
            {
                target += Density.Normal(y[i], x[i], observationScale);
            }
        }

        return target;
    }
}
