using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb mesquite-logmesquite_logvash: the weight of mesquite bushes by volume, area, shape, height and group.</summary>
[Model]
public partial class Mesquite
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] weight, diam1, diam2, canopy_height, total_height, group;

    [Parameter("6")] double[] beta = [];
    [Parameter(Lower = 0)] double sigma;

    double LogDensity()
    {
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            // All of these depend on data alone, and are computed once.
            double logArea = Math.Log(diam1[n] * diam2[n]);
            double logVolume = Math.Log(diam1[n] * diam2[n] * canopy_height[n]);
            double logShape = Math.Log(diam1[n] / diam2[n]);
            double mean = beta[0] + beta[1] * logVolume + beta[2] * logArea + beta[3] * logShape
                + beta[4] * Math.Log(total_height[n]) + beta[5] * group[n];
            target += Density.Normal(Math.Log(weight[n]), mean, sigma);
        }

        return target;
    }
}
