using GpuSampling.Modeling;

namespace GpuSampling.Benchmarks.Sampling.Bias.Models;

/// <summary>
/// ¾ N(0, I) + ¼ N(4 e₁, 0.36 I): a narrow mode beside a wide one. sampler-benchmarks: BimodalGaussian, of 50 parameters.
/// </summary>
[Model]
public partial class TwoGaussians
{
    [Data] public required int D;

    [Parameter(nameof(D))] double[] x = [];

    double LogDensity()
    {
        double others = 0;
        for (int i = 1; i < D; i++)
        {
            others += x[i] * x[i];
        }

        double wide = Math.Log(0.75) - 0.5 * (x[0] * x[0] + others);
        double narrow = Math.Log(0.25) - D * Math.Log(0.6) - ((x[0] - 4) * (x[0] - 4) + others) / (2 * 0.36);
        return Special.LogAddExp(wide, narrow);
    }
}
