using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb earnings-logearn_interaction_z: the logarithm of earnings by standardized height, sex, and their product.</summary>
[Model]
public partial class LogEarningsInteraction
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] earn, height, male;

    [TransformedData(nameof(N))] double[] logEarn = [], z = [];

    [Parameter("4")] double[] beta = [];
    [Parameter(Lower = 0)] double sigma;

    void Prepare()
    {
        double mean = 0, square = 0;
        for (int n = 0; n < N; n++)
        {
            mean += height[n] / N;
        }

        for (int n = 0; n < N; n++)
        {
            square += (height[n] - mean) * (height[n] - mean);
        }

        z = new double[N];
        logEarn = new double[N];
        for (int n = 0; n < N; n++)
        {
            z[n] = (height[n] - mean) / Math.Sqrt(square / (N - 1));
            logEarn[n] = Math.Log(earn[n]);
        }
    }

    double LogDensity()
    {
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            double mean = beta[0] + beta[1] * z[n] + beta[2] * male[n] + beta[3] * z[n] * male[n];
            target += Density.Normal(logEarn[n], mean, sigma);
        }

        return target;
    }
}
