using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb earnings-logearn_height: the logarithm of earnings by height.</summary>
[Model]
public partial class LogEarningsByHeight
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] earn, height;

    [TransformedData(nameof(N))] double[] logEarn = [];

    [Parameter("2")] double[] beta = [];
    [Parameter(Lower = 0)] double sigma;

    void Prepare()
    {
        logEarn = new double[N];
        for (int n = 0; n < N; n++)
        {
            logEarn[n] = Math.Log(earn[n]);
        }
    }

    double LogDensity()
    {
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(logEarn[n], beta[0] + beta[1] * height[n], sigma);
        }

        return target;
    }
}
