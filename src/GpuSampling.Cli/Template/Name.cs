using GpuSampling.Modeling;

/// <summary>Effects y of several experiments with standard errors sigma, which vary about a common mean.</summary>
[Model]
public partial class $Name$
{
    [Data] public required int J;
    [Data(nameof(J))] public required double[] y, sigma;

    [Parameter] double mu;
    [Parameter(Lower = 0)] double tau;
    [Parameter(nameof(J))] double[] z = [];

    [Generated(nameof(J))] double[] theta = [];

    double LogDensity()
    {
        double target = Density.Normal(mu, 0, 5) + Density.HalfCauchy(tau, 5);
        for (int j = 0; j < J; j++)
        {
            target += Density.StandardNormal(z[j]);
            target += Density.Normal(y[j], mu + tau * z[j], sigma[j]);
        }

        return target;
    }

    void Generate()
    {
        for (int j = 0; j < J; j++)
        {
            theta[j] = mu + tau * z[j];
        }
    }
}
