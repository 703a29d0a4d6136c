using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb hudson_lynx_hare-lotka_volterra: hares and lynxes, by the classical Runge-Kutta method with fixed steps.</summary>
[Model]
public partial class LotkaVolterra
{
    /// <summary>Steps a year: enough for the solution to agree with an adaptive one to about 1e-5.</summary>
    const int Steps = 20;

    [Data] public required int N;
    [Data(nameof(N))] public required double[] ts;
    [Data("2")] public required double[] y_init;
    [Data(nameof(N), "2")] public required double[,] y;

    [Parameter("4", Lower = 0)] double[] theta = [];
    [Parameter("2", Lower = 0)] double[] z_init = [];
    [Parameter("2", Lower = 0)] double[] sigma = [];

    double LogPrior()
    {
        double target = Density.Normal(theta[0], 1, 0.5) + Density.Normal(theta[2], 1, 0.5)
            + Density.Normal(theta[1], 0.05, 0.05) + Density.Normal(theta[3], 0.05, 0.05);
        for (int k = 0; k < 2; k++)
        {
            target += Density.LogNormal(sigma[k], -1, 1) + Density.LogNormal(z_init[k], Math.Log(10), 1);
        }

        return target;
    }

    double LogLikelihood()
    {
        double target = Density.LogNormal(y_init[0], Math.Log(z_init[0]), sigma[0])
            + Density.LogNormal(y_init[1], Math.Log(z_init[1]), sigma[1]);
        double hares = z_init[0], lynxes = z_init[1];
        for (int n = 0; n < N; n++)
        {
            double step = (ts[n] - (n == 0 ? 0 : ts[n - 1])) / Steps;
            for (int s = 0; s < Steps; s++)
            {
                (hares, lynxes) = Step(hares, lynxes, step);
            }

            target += Density.LogNormal(y[n, 0], Math.Log(hares), sigma[0]) + Density.LogNormal(y[n, 1], Math.Log(lynxes), sigma[1]);
        }

        return target;
    }

    (double Hares, double Lynxes) Step(double u, double v, double h)
    {
        (double u1, double v1) = Derivative(u, v);
        (double u2, double v2) = Derivative(u + 0.5 * h * u1, v + 0.5 * h * v1);
        (double u3, double v3) = Derivative(u + 0.5 * h * u2, v + 0.5 * h * v2);
        (double u4, double v4) = Derivative(u + h * u3, v + h * v3);
        return (u + h / 6 * (u1 + 2 * u2 + 2 * u3 + u4), v + h / 6 * (v1 + 2 * v2 + 2 * v3 + v4));
    }

    (double Hares, double Lynxes) Derivative(double u, double v) =>
        ((theta[0] - theta[1] * v) * u, (-theta[2] + theta[3] * u) * v);
}
