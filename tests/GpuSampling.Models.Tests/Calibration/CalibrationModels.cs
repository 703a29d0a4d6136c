using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Calibration;

/// <summary>Hierarchical: group effects around a common mean, non-centred.</summary>
[Model]
public sealed partial class GroupEffects
{
    [Data] public required int J;
    [Data(nameof(J))] public required double[] y;

    [Parameter] private double mu;
    [Parameter(Lower = 0)] private double tau;
    [Parameter(nameof(J))] private double[] z = [];

    private double LogDensity()
    {
        double target = Density.Normal(mu, 0, 2) + Density.HalfNormal(tau, 1);
        for (int j = 0; j < J; j++)
        {
            target += Density.StandardNormal(z[j]) + Density.Normal(y[j], mu + tau * z[j], 1);
        }

        return target;
    }
}

/// <summary>Discrete likelihood: logistic regression.</summary>
[Model]
public sealed partial class Successes
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] x;
    [Data(nameof(N))] public required int[] y;

    [Parameter] private double level;
    [Parameter] private double slope;

    private double LogDensity()
    {
        double target = Density.StandardNormal(level) + Density.StandardNormal(slope);
        for (int n = 0; n < N; n++)
        {
            target += Density.BernoulliLogit(y[n], level + slope * x[n]);
        }

        return target;
    }
}

/// <summary>Regression: a line with noise of unknown size.</summary>
[Model]
public sealed partial class NoisyLine
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] x, y;

    [Parameter] private double level;
    [Parameter] private double slope;
    [Parameter(Lower = 0)] private double sigma;

    private double LogDensity()
    {
        double target = Density.StandardNormal(level) + Density.StandardNormal(slope) + Density.Exponential(sigma, 1);
        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(y[n], level + slope * x[n], sigma);
        }

        return target;
    }
}

/// <summary>The same line with a fault: the prior of σ is taken for that of log σ.</summary>
[Model]
public sealed partial class NoisyLineWithoutJacobian
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] x, y;

    [Parameter] private double level;
    [Parameter] private double slope;
    [Parameter] private double logSigma;

    private double LogDensity()
    {
        double sigma = Math.Exp(logSigma);
        double target = Density.StandardNormal(level) + Density.StandardNormal(slope) + Density.Exponential(sigma, 1);
        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(y[n], level + slope * x[n], sigma);
        }

        return target;
    }
}

/// <summary>A simplex: the faces of a die from counts.</summary>
[Model]
public sealed partial class Die
{
    [Data] public required int K;
    [Data(nameof(K))] public required int[] count;
    [Data(nameof(K))] public required double[] concentration;

    [Parameter(nameof(K), Constraint = Constraint.Simplex)] private double[] p = [];

    private double LogDensity() => Density.Dirichlet(p, concentration) + Density.Multinomial(count, p);
}

/// <summary>Positive numbers in order: rates of Poisson counts.</summary>
[Model]
public sealed partial class OrderedRates
{
    [Data] public required int K;
    [Data(nameof(K))] public required int[] count;

    [Parameter(nameof(K), Constraint = Constraint.PositiveOrdered)] private double[] rate = [];

    private double LogDensity()
    {
        double target = 0;
        for (int k = 0; k < K; k++)
        {
            target += Density.Exponential(rate[k], 0.25) + Density.Poisson(count[k], rate[k]);
        }

        return target;
    }
}

/// <summary>A number between two bounds: the correlation of normal pairs.</summary>
[Model]
public sealed partial class PairCorrelation
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] x, y;

    [Parameter(Lower = -1, Upper = 1)] private double rho;

    private double LogDensity()
    {
        double deviation = Math.Sqrt(1 - rho * rho);
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(y[n], rho * x[n], deviation);
        }

        return target;
    }
}
