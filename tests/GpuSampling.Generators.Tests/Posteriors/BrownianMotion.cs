using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>Inference gym brownian_motion_missing_middle_observations: a random walk, some steps of which were observed.</summary>
[Model]
public partial class BrownianMotion
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] y;
    [Data(nameof(N))] public required int[] isObserved;

    [Parameter(nameof(N))] double[] x = [];

    double LogDensity()
    {
        double target = 0;
        for (int i = 0; i < N; i++)
        {
            target += Density.Normal(x[i], i == 0 ? 0 : x[i - 1], 0.1);
            if (isObserved[i] == 1)
            {
                target += Density.Normal(y[i], x[i], 0.15);
            }
        }

        return target;
    }
}
