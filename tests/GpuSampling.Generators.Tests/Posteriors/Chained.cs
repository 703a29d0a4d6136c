using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>Any number of parameters, with a value that is carried through them all: its gradient needs a tape of as many numbers.</summary>
[Model]
public partial class Chained
{
    [Data] public required int D;

    [Parameter("D")] double[] z = [];

    double LogDensity()
    {
        double target = 0;
        double x = 0.5;
        for (int d = 0; d < D; d++)
        {
            x = Math.Tanh(x) + z[d];
            target += Density.StandardNormal(z[d]) + Density.Normal(x, 1, 2);
        }

        return target;
    }
}
