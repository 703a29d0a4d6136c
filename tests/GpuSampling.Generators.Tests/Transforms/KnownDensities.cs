namespace GpuSampling.Generators.Tests.Transforms;

/// <summary>A number, or a product of two, whose exact mean is known.</summary>
/// <param name="Parameter">The constrained parameter that it tells about.</param>
/// <param name="Label">The output.</param>
/// <param name="Mean">Its mean.</param>
/// <param name="Variance">Its variance, or the covariance with the other output.</param>
/// <param name="Other">Another output for a covariance; otherwise null.</param>
internal sealed record KnownMoment(string Parameter, string Label, double Mean, double Variance, string? Other = null, double OtherMean = 0);

/// <summary>Parameters under every constraint, each with a textbook distribution by itself, and the moments of those.</summary>
internal static class KnownDensities
{
    public const string Data = """{"isComplete": 1, "c": 0.7, "S": [[1, 0.3, -0.2], [0.3, 0.8, 0.1], [-0.2, 0.1, 0.6]], "P": [[1, 0.4], [0.4, 2]], "mu": [0.6666666666666666, -0.3333333333333333, 0.6666666666666666]}""";

    /// <summary>Where isComplete is 0, every Jacobian is taken away again; a direction's density is then one by its projection.</summary>
    public const string Source = """
        [Model]
        public partial class KnownDensities
        {
            [Data] public required int isComplete;
            [Data] public required double c;
            [Data("3", "3")] public required double[,] S;
            [Data("2", "2")] public required double[,] P;
            [Data("3")] public required double[] mu;
            [Parameter] double free;
            [Parameter(Lower = 0)] double positive;
            [Parameter(Lower = -1.5)] double above;
            [Parameter(Upper = "c")] double below;
            [Parameter(Lower = -1, Upper = 2)] double between;
            [Parameter(Lower = "c - 1", Upper = "2 * c")] double truncated;
            [Parameter(Lower = 0, Upper = 1)] double share;
            [Parameter(Lower = 0, Upper = "1 - share")] double rest;
            [Parameter(Lower = "free")] double later;
            [Parameter("3", Constraint = Constraint.Ordered)] double[] ordered = [];
            [Parameter("3", Constraint = Constraint.PositiveOrdered)] double[] arrivals = [];
            [Parameter("4", Constraint = Constraint.Simplex)] double[] simplex = [];
            [Parameter("3", Constraint = Constraint.UnitVector)] double[] direction = [];
            [Parameter("4", "4", Constraint = Constraint.CorrelationCholesky)] double[,] correlation = new double[0, 0];
            [Parameter("3", "3", Constraint = Constraint.CovarianceCholesky)] double[,] covariance = new double[0, 0];
            [Parameter("2", "2", Constraint = Constraint.CovarianceCholesky)] double[,] inverse = new double[0, 0];
            [Generated("4", "4")] double[,] R = new double[0, 0];
            [Generated("3", "3")] double[,] W = new double[0, 0];
            [Generated("2", "2")] double[,] V = new double[0, 0];

            double LogDensity()
            {
                double target = Density.Normal(free, 2, 3);
                target += Density.Gamma(positive, 2.5, 1.5);
                target += Density.Gamma(above + 1.5, 2, 2);
                target += Density.Gamma(c - below, 3, 2);
                target += Density.Beta((between + 1) / 3, 2, 3);
                target += Density.Normal(truncated, 1, 0.5) + Math.Log((truncated - (c - 1)) * (2 * c - truncated));
                target += Math.Log(share) + 2 * Math.Log(rest) + 0.5 * Math.Log(1 - share - rest);
                target += Density.Gamma(later - free, 2, 1);
                target += OrderStatistics() + ArrivalTimes();
                target += 0.8 * Math.Log(simplex[0]) + Math.Log(simplex[1]) + 2.5 * Math.Log(simplex[2]) + 1.2 * Math.Log(simplex[3]);
                target += 3 * LinearAlgebra.Dot(mu, direction);
                target += Density.LkjCholesky(correlation, 2);
                target += Density.WishartCholesky(covariance, 5.5, LinearAlgebra.Cholesky(S));
                target += Density.InverseWishart(LinearAlgebra.MultiplyByTranspose(inverse), 12, P) + 2 * Math.Log(inverse[0, 0]) + Math.Log(inverse[1, 1]);
                if (isComplete == 0)
                {
                    target -= LogJacobians();
                }

                return target;
            }

            // The second, fourth and sixth of seven logistic numbers.
            double OrderStatistics()
            {
                double first = Special.Logistic((ordered[0] - 1) / 0.5), second = Special.Logistic((ordered[1] - 1) / 0.5), third = Special.Logistic((ordered[2] - 1) / 0.5);
                double target = Math.Log(first) + Math.Log(second - first) + Math.Log(third - second) + Math.Log(1 - third);
                for (int k = 0; k < 3; k++)
                {
                    target += Density.Logistic(ordered[k], 1, 0.5);
                }

                return target;
            }

            // The second, fourth and sixth of six exponential times.
            double ArrivalTimes()
            {
                double target = Math.Log(1 - Math.Exp(-2 * arrivals[0]));
                for (int k = 0; k < 3; k++)
                {
                    target += Density.Exponential(arrivals[k], 2);
                    if (k > 0)
                    {
                        target += Math.Log(Math.Exp(-2 * arrivals[k - 1]) - Math.Exp(-2 * arrivals[k]));
                    }
                }

                return target;
            }

            double LogJacobians()
            {
                double sum = Math.Log(positive) + Math.Log(above + 1.5) + Math.Log(c - below) + Math.Log((between + 1) * (2 - between));
                sum += Math.Log((truncated - (c - 1)) * (2 * c - truncated));
                sum += Math.Log(share * (1 - share)) + Math.Log(rest * (1 - share - rest) / (1 - share)) + Math.Log(later - free);
                sum += Math.Log((ordered[1] - ordered[0]) * (ordered[2] - ordered[1]));
                sum += Math.Log(arrivals[0] * (arrivals[1] - arrivals[0]) * (arrivals[2] - arrivals[1]));
                sum += Math.Log(simplex[0] * simplex[1] * simplex[2] * simplex[3]);
                sum -= Math.Log(Math.Abs(direction[2]));
                for (int i = 0; i < 4; i++)
                {
                    sum += 2 * Math.Log(correlation[i, i]);
                    double left = 1;
                    for (int j = 0; j < i; j++)
                    {
                        sum += 0.5 * Math.Log(left);
                        left -= correlation[i, j] * correlation[i, j];
                    }
                }

                return sum + LinearAlgebra.LogDeterminantFromCholesky(covariance) + LinearAlgebra.LogDeterminantFromCholesky(inverse);
            }

            void Generate()
            {
                Fill(R, correlation);
                Fill(W, covariance);
                Fill(V, inverse);
            }

            static void Fill(double[,] product, double[,] factor)
            {
                for (int i = 0; i < factor.GetLength(0); i++)
                {
                    for (int j = 0; j < factor.GetLength(0); j++)
                    {
                        double sum = 0;
                        for (int k = 0; k < factor.GetLength(0); k++)
                        {
                            sum += factor[i, k] * factor[j, k];
                        }

                        product[i, j] = sum;
                    }
                }
            }
        }
        """;

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
