using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// The distance from the pituitary to the pterygomaxillary fissure of 27 children at four ages: lines whose levels and slopes vary
/// between children, correlated by an LKJ prior, non-centred. Data: Potthoff and Roy (1964), R package nlme.
/// </summary>
[Model]
public sealed partial class DentalGrowth
{
    /// <summary>The number of measurements.</summary>
    [Data] public required int N;

    /// <summary>The number of children.</summary>
    [Data] public required int J;

    /// <summary>The distance of each measurement, in mm.</summary>
    [Data(nameof(N))] public required double[] growth;

    /// <summary>The child's age at each measurement, in years.</summary>
    [Data(nameof(N))] public required double[] age;

    /// <summary>The child of each measurement, from 0.</summary>
    [Data(nameof(N))] public required int[] child;

    /// <summary>1 for each boy, 0 for each girl.</summary>
    [Data(nameof(J))] public required int[] isMale;

    /// <summary>The level at 11 years less 23 mm, and its difference for boys; the slope, and its difference for boys.</summary>
    [Parameter("4")] double[] beta = [];
    [Parameter("2", Lower = 0)] double[] tau = [];
    [Parameter("2", "2", Constraint = Constraint.CorrelationCholesky)] double[,] L = new double[0, 0];
    [Parameter(nameof(J), "2")] double[,] z = new double[0, 0];
    [Parameter(Lower = 0)] double sigma;

    /// <summary>The correlation of level and slope.</summary>
    [Generated] double correlation;

    void Prepare()
    {
        Check.Count(J, nameof(J));
        Check.Indices(child, J, nameof(child));
        Check.Indicators(isMale, nameof(isMale));
    }

    double LogPrior()
    {
        double target = Density.Normal(beta[0], 0, 5) + Density.Normal(beta[1], 0, 5) + Density.Normal(beta[2], 0, 2) + Density.Normal(beta[3], 0, 2)
            + Density.HalfNormal(tau[0], 3) + Density.HalfNormal(tau[1], 1) + Density.LkjCholesky(L, 2) + Density.HalfNormal(sigma, 3);
        for (int j = 0; j < J; j++)
        {
            target += Density.StandardNormal(z[j, 0]) + Density.StandardNormal(z[j, 1]);
        }

        return target;
    }

    double LogLikelihood()
    {
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            int j = child[n];
            double level = beta[0] + beta[1] * isMale[j] + tau[0] * z[j, 0];
            double slope = beta[2] + beta[3] * isMale[j] + tau[1] * (L[1, 0] * z[j, 0] + L[1, 1] * z[j, 1]);
            target += Density.Normal(growth[n] - 23, level + slope * (age[n] - 11), sigma);
        }

        return target;
    }

    void Generate() => correlation = L[1, 0];

    void DrawPrior(RandomSource random)
    {
        for (int k = 0; k < 4; k++)
        {
            beta[k] = random.Normal(0, k < 2 ? 5 : 2);
        }

        tau[0] = 3 * Math.Abs(random.Normal());
        tau[1] = Math.Abs(random.Normal());
        sigma = 3 * Math.Abs(random.Normal());

        // A single correlation r has an LKJ distribution of shape 2 where (1 + r)/2 has Beta(2, 2).
        double r = 2 * PriorNumbers.BetaTwoTwo(random) - 1;
        (L[0, 0], L[1, 0], L[1, 1]) = (1, r, Math.Sqrt(1 - r * r));
        for (int j = 0; j < J; j++)
        {
            (z[j, 0], z[j, 1]) = (random.Normal(), random.Normal());
        }
    }
}
