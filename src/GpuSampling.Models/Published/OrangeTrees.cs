using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// The growth of five orange trees: logistic curves whose asymptotes vary between trees, non-centred. Data: Draper and Smith (1998),
/// R package datasets.
/// </summary>
[Model]
public sealed partial class OrangeTrees
{
    /// <summary>The number of measurements.</summary>
    [Data] public required int N;

    /// <summary>The number of trees.</summary>
    [Data] public required int J;

    /// <summary>The age at each measurement, in days.</summary>
    [Data(nameof(N))] public required double[] age;

    /// <summary>The circumference of the trunk, in mm.</summary>
    [Data(nameof(N))] public required double[] circumference;

    /// <summary>The tree of each measurement, from 0.</summary>
    [Data(nameof(N))] public required int[] tree;

    [Parameter(Lower = 0)] double mu;
    [Parameter(Lower = 0)] double tau;
    [Parameter(nameof(J))] double[] z = [];
    [Parameter(Lower = 0)] double midpoint;
    [Parameter(Lower = 0)] double scale;
    [Parameter(Lower = 0)] double sigma;

    /// <summary>The circumference that each tree tends to, in 100 mm.</summary>
    [Generated(nameof(J))] double[] asymptote = [];

    void Prepare()
    {
        Check.Count(J, nameof(J));
        Check.Indices(tree, J, nameof(tree));
    }

    double LogPrior()
    {
        double target = Density.LowerTruncatedNormal(mu, 1.9, 0.5, 0) + Density.HalfNormal(tau, 0.5) + Density.HalfNormal(sigma, 0.2)
            + Density.LowerTruncatedNormal(midpoint, 0.7, 0.2, 0) + Density.LowerTruncatedNormal(scale, 0.35, 0.1, 0);
        for (int j = 0; j < J; j++)
        {
            target += Density.StandardNormal(z[j]);
        }

        return target;
    }

    double LogLikelihood()
    {
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            double limit = mu + tau * z[tree[n]];
            target += Density.Normal(circumference[n] / 100, limit * Special.Logistic((age[n] / 1000 - midpoint) / scale), sigma);
        }

        return target;
    }

    void Generate()
    {
        for (int j = 0; j < J; j++)
        {
            asymptote[j] = mu + tau * z[j];
        }
    }

    void DrawPrior(RandomSource random)
    {
        mu = PriorNumbers.NormalBetween(random, 1.9, 0.5, 0, double.PositiveInfinity);
        tau = 0.5 * Math.Abs(random.Normal());
        midpoint = PriorNumbers.NormalBetween(random, 0.7, 0.2, 0, double.PositiveInfinity);
        scale = PriorNumbers.NormalBetween(random, 0.35, 0.1, 0, double.PositiveInfinity);
        sigma = 0.2 * Math.Abs(random.Normal());
        for (int j = 0; j < J; j++)
        {
            z[j] = random.Normal();
        }
    }
}
