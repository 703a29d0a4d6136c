using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb kilpisjarvi_mod-kilpisjarvi: summer temperatures at Kilpisjärvi by year. The prior is data too.</summary>
[Model]
public partial class Kilpisjarvi
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] x, y;
    [Data] public required double pmualpha, psalpha, pmubeta, psbeta;

    [Parameter] double alpha, beta;
    [Parameter(Lower = 0)] double sigma;

    double LogPrior() => Density.Normal(alpha, pmualpha, psalpha) + Density.Normal(beta, pmubeta, psbeta);

    double LogLikelihood()
    {
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(y[n], alpha + beta * x[n], sigma);
        }

        return target;
    }
}
