using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.StochasticGradients;

/// <summary>The mean of normal numbers with a known standard deviation: a normal posterior that is known exactly.</summary>
[Model]
public sealed partial class NormalMean
{
    /// <summary>The standard deviation of a number.</summary>
    public const double Deviation = 1.5;

    [Data] public required int N;
    [Data(nameof(N))] public required double[] y;

    [Parameter] private double mu;

    private double LogDensity()
    {
        double target = Density.Normal(mu, 0, 2);
        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(y[n], mu, Deviation);
        }

        return target;
    }
}
