using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.References;

/// <summary>
/// The distribution of <see cref="TestTargets.CorrelatedGaussian(int)"/> by its conditionals, in time that grows with the dimension and
/// not with its square: a thousand parameters take seconds.
/// </summary>
[Model]
public sealed partial class AutoregressiveGaussian
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] mean, deviation;

    [Parameter(nameof(N))] private double[] x = [];

    private double LogDensity()
    {
        double before = (x[0] - mean[0]) / deviation[0];
        double target = Density.StandardNormal(before);
        for (int n = 1; n < N; n++)
        {
            double one = (x[n] - mean[n]) / deviation[n];
            target += Density.Normal(one, 0.5 * before, 0.8660254037844386);
            before = one;
        }

        return target;
    }
}
