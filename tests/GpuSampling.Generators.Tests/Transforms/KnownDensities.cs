namespace GpuSampling.Generators.Tests.Transforms;

/// <summary>A number, or a product of two, whose exact mean is known.</summary>
/// <param name="Parameter">The constrained parameter that it tells about.</param>
/// <param name="Label">The output.</param>
/// <param name="Mean">Its mean.</param>
/// <param name="Variance">Its variance, or the covariance with the other output.</param>
/// <param name="Other">Another output for a covariance; otherwise null.</param>
internal sealed record KnownMoment(string Parameter, string Label, double Mean, double Variance, string? Other = null, double OtherMean = 0);

/// <summary>The data of the model EveryConstraint, and the moments of its parameters.</summary>
internal static class KnownDensities
{
    public const string Data = """{"isComplete": 1, "c": 0.7, "S": [[1, 0.3, -0.2], [0.3, 0.8, 0.1], [-0.2, 0.1, 0.6]], "P": [[1, 0.4], [0.4, 2]], "mu": [0.6666666666666666, -0.3333333333333333, 0.6666666666666666]}""";

    public static IEnumerable<KnownMoment> Moments()
    {
        const double c = 0.7;
        yield return new("free", "free", 2, 9);
        yield return new("positive", "positive", 2.5 / 1.5, 2.5 / 2.25);
        yield return new("above", "above", -0.5, 0.5);
        yield return new("below", "below", c - 1.5, 0.75);
        yield return new("between", "between", 0.2, 9 * 0.04);
        (double mean, double variance) = Truncated(c - 1, 2 * c);
        yield return new("truncated", "truncated", mean, variance);
        foreach (KnownMoment one in Dirichlet([2, 3, 1.5], i => i == 0 ? "share" : "rest", i => i == 0 ? "share" : "rest", 2))
        {
            yield return one;
        }

        yield return new("later", "later", 4, 11);
        yield return new("later", "later", 4, 9, "free", 2);
        for (int k = 0; k < 3; k++)
        {
            // ψ(r) − ψ(n + 1 − r) and ψ'(r) + ψ'(n + 1 − r) for the r-th of n = 7.
            int rank = 2 * (k + 1);
            double centre = Harmonic(rank - 1, 1) - Harmonic(7 - rank, 1);
            double spread = (Math.PI * Math.PI / 3) - Harmonic(rank - 1, 2) - Harmonic(7 - rank, 2);
            yield return new("ordered", $"ordered[{k + 1}]", 1 + (0.5 * centre), 0.25 * spread);

            // Sums of the waits between arrivals, of rates 2 n, 2 (n − 1), … for n = 6.
            yield return new(
                "arrivals", $"arrivals[{k + 1}]", 0.5 * (Harmonic(6, 1) - Harmonic(6 - rank, 1)), 0.25 * (Harmonic(6, 2) - Harmonic(6 - rank, 2)));
        }

        foreach (KnownMoment one in Dirichlet([1.8, 2, 3.5, 2.2], _ => "simplex", i => $"simplex[{i + 1}]", 4))
        {
            yield return one;
        }

        foreach (KnownMoment one in Directions([2 / 3.0, -1 / 3.0, 2 / 3.0], 3))
        {
            yield return one;
        }

        foreach (KnownMoment one in Matrices())
        {
            yield return one;
        }
    }

    private static IEnumerable<KnownMoment> Dirichlet(double[] shapes, Func<int, string> parameter, Func<int, string> label, int count)
    {
        double total = shapes.Sum();
        for (int i = 0; i < count; i++)
        {
            yield return new(parameter(i), label(i), shapes[i] / total, shapes[i] * (total - shapes[i]) / (total * total * (total + 1)));
            for (int j = 0; j < i; j++)
            {
                yield return new(
                    parameter(i), label(i), shapes[i] / total, -shapes[i] * shapes[j] / (total * total * (total + 1)), label(j), shapes[j] / total);
            }
        }
    }

    /// <summary>The von Mises–Fisher distribution on the sphere in three dimensions: E x = A μ, A = coth κ − 1/κ; E x xᵀ = A/κ I + (1 − 3A/κ) μ μᵀ.</summary>
    private static IEnumerable<KnownMoment> Directions(double[] direction, double concentration)
    {
        double a = (1 / Math.Tanh(concentration)) - (1 / concentration), across = a / concentration;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double second = ((1 - (3 * across)) * direction[i] * direction[j]) + (i == j ? across : 0);
                double covariance = second - (a * a * direction[i] * direction[j]);
                yield return new(
                    "direction", $"direction[{i + 1}]", a * direction[i], covariance, i == j ? null : $"direction[{j + 1}]", a * direction[j]);
            }
        }
    }

    private static IEnumerable<KnownMoment> Matrices()
    {
        double[,] s = { { 1, 0.3, -0.2 }, { 0.3, 0.8, 0.1 }, { -0.2, 0.1, 0.6 } }, p = { { 1, 0.4 }, { 0.4, 2 } };
        const double degrees = 12;
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                if (j < i)
                {
                    // Every correlation is 2 B − 1 with B of Beta(3, 3), since η − 1 + K / 2 = 3.
                    yield return new("correlation", $"R[{i + 1},{j + 1}]", 0, 1 / 7.0);
                }

                if (i < 3)
                {
                    yield return new("covariance", $"W[{i + 1},{j + 1}]", 5.5 * s[i, j], 5.5 * ((s[i, j] * s[i, j]) + (s[i, i] * s[j, j])));
                }

                if (i < 2)
                {
                    yield return new(
                        "inverse", $"V[{i + 1},{j + 1}]", p[i, j] / (degrees - 3),
                        (((degrees - 1) * p[i, j] * p[i, j]) + ((degrees - 3) * p[i, i] * p[j, j])) / ((degrees - 2) * (degrees - 3) * (degrees - 3) * (degrees - 5)));
                }
            }
        }
    }

    /// <summary>Moments of the density (x − l)(u − x) exp(−2 (x − 1)²) by Simpson's rule.</summary>
    private static (double Mean, double Variance) Truncated(double lower, double upper)
    {
        const int count = 2000;
        double[] sums = new double[3];
        for (int i = 0; i <= count; i++)
        {
            double x = lower + ((upper - lower) * i / count);
            double weight = (i is 0 or count ? 1 : i % 2 == 1 ? 4 : 2) * (x - lower) * (upper - x) * Math.Exp(-2 * (x - 1) * (x - 1));
            sums[0] += weight;
            sums[1] += weight * x;
            sums[2] += weight * x * x;
        }

        double mean = sums[1] / sums[0];
        return (mean, (sums[2] / sums[0]) - (mean * mean));
    }

    private static double Harmonic(int count, int power) => Enumerable.Range(1, count).Sum(i => Math.Pow(i, -power));
}
