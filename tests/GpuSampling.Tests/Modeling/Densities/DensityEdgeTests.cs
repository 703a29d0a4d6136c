using System.Text.Json;
using GpuSampling.Modeling;

namespace GpuSampling.Tests.Modeling.Densities;

/// <summary>Densities outside their support, at its ends, and for NaN.</summary>
public sealed class DensityEdgeTests
{
    private const double Zero = double.NegativeInfinity;
    private const double Pole = double.PositiveInfinity;

    public static TheoryData<string, string, double> Edges => new()
    {
        { "HalfNormal", "[-0.1, 1]", Zero },
        { "HalfNormal", "[0, 1]", -0.22579135264472744 },
        { "LogNormal", "[-1, 0, 1]", Zero },
        { "LogNormal", "[0, 0, 1]", Zero },
        { "HalfStudentT", "[-0.1, 3, 1]", Zero },
        { "HalfCauchy", "[-0.1, 1]", Zero },
        { "HalfCauchy", "[0, 1]", -0.45158270528945487 },
        { "Exponential", "[-0.1, 2]", Zero },
        { "Exponential", "[0, 2]", 0.69314718055994529 },
        { "ExponentialSurvival", "[-0.1, 2]", 0 },
        { "Gamma", "[-0.1, 2, 1]", Zero },
        { "Gamma", "[0, 2, 1]", Zero },
        { "Gamma", "[0, 1, 2]", 0.69314718055994529 },
        { "Gamma", "[0, 0.5, 1]", Pole },
        { "InverseGamma", "[0, 2, 1]", Zero },
        { "InverseGamma", "[-1, 2, 1]", Zero },
        { "ChiSquare", "[-1, 2]", Zero },
        { "ChiSquare", "[0, 2]", -0.69314718055994529 },
        { "Weibull", "[-1, 2, 1]", Zero },
        { "Weibull", "[0, 2, 1]", Zero },
        { "Weibull", "[0, 1, 2]", -0.69314718055994529 },
        { "Weibull", "[0, 0.5, 1]", Pole },
        { "WeibullSurvival", "[-1, 2, 1]", 0 },
        { "WeibullSurvival", "[0, 2, 1]", 0 },
        { "Pareto", "[0.9, 1, 2]", Zero },
        { "Pareto", "[1, 1, 2]", 0.69314718055994529 },
        { "Rayleigh", "[-1, 2]", Zero },
        { "Rayleigh", "[0, 2]", Zero },
        { "Uniform", "[-1.1, -1, 1]", Zero },
        { "Uniform", "[1.1, -1, 1]", Zero },
        { "Uniform", "[-1, -1, 1]", -0.69314718055994529 },
        { "Uniform", "[1, -1, 1]", -0.69314718055994529 },
        { "Beta", "[-0.1, 2, 3]", Zero },
        { "Beta", "[1.1, 2, 3]", Zero },
        { "Beta", "[0, 2, 3]", Zero },
        { "Beta", "[0, 1, 1]", 0 },
        { "Beta", "[1, 1, 1]", 0 },
        { "Beta", "[1, 2, 0.5]", Pole },
        { "TruncatedNormal", "[-1.1, 0, 1, -1, 2]", Zero },
        { "TruncatedNormal", "[2.1, 0, 1, -1, 2]", Zero },
        { "LowerTruncatedNormal", "[-1.1, 0, 1, -1]", Zero },
        { "UpperTruncatedNormal", "[1.1, 0, 1, 1]", Zero },
        { "VonMises", "[1, 0, 0]", -1.8378770664093453 },
        { "VonMises", "[1, 0, -1]", double.NaN },
        { "Bernoulli", "[2, 0.3]", Zero },
        { "Bernoulli", "[-1, 0.3]", Zero },
        { "Bernoulli", "[1, 0]", Zero },
        { "Bernoulli", "[0, 0]", 0 },
        { "Binomial", "[-1, 5, 0.3]", Zero },
        { "Binomial", "[6, 5, 0.3]", Zero },
        { "Binomial", "[0, 5, 0]", 0 },
        { "Binomial", "[5, 5, 1]", 0 },
        { "Binomial", "[1, 5, 0]", Zero },
        { "BinomialLogit", "[-1, 5, 0.3]", Zero },
        { "BinomialLogit", "[6, 5, 0.3]", Zero },
        { "BetaBinomial", "[-1, 5, 2, 3]", Zero },
        { "BetaBinomial", "[6, 5, 2, 3]", Zero },
        { "Poisson", "[-1, 2]", Zero },
        { "Poisson", "[0, 0]", 0 },
        { "Poisson", "[1, 0]", Zero },
        { "PoissonLog", "[-1, 2]", Zero },
        { "NegativeBinomial", "[-1, 2, 3]", Zero },
        { "NegativeBinomial", "[0, 0, 3]", 0 },
        { "NegativeBinomialLog", "[-1, 2, 3]", Zero },
        { "Categorical", "[-1, [0.5, 0.5]]", Zero },
        { "Categorical", "[2, [0.5, 0.5]]", Zero },
        { "Categorical", "[0, [0, 1]]", Zero },
        { "CategoricalLogit", "[-1, [0.5, 0.5]]", Zero },
        { "CategoricalLogit", "[2, [0.5, 0.5]]", Zero },
        { "Multinomial", "[[1, -1], [0.5, 0.5]]", Zero },
        { "Multinomial", "[[3, 0], [1, 0]]", 0 },
        { "Multinomial", "[[3, 1], [1, 0]]", Zero },
        { "OrderedLogistic", "[-1, 0.3, [0, 1]]", Zero },
        { "OrderedLogistic", "[3, 0.3, [0, 1]]", Zero },
        { "OrderedLogistic", "[1, 0.3, [1, 1]]", Zero },
        { "Dirichlet", "[[-0.5, 1.5], [1, 2]]", Zero },
        { "Dirichlet", "[[0, 1], [1, 1]]", 0 },
        { "LogMix", "[0, -1, -2]", -2 },
        { "LogMix", "[1, -1, -2]", -1 },
        { "Normal", "[0, 0, -1]", double.NaN },
        { "Gamma", "[1, -1.5, 1]", double.NaN },
        { "StudentT", "[1, -3, 0, 1]", double.NaN },
        { "Wishart", "[[[1, 2], [2, 1]], 4, [[1, 0], [0, 1]]]", double.NaN },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void OutsideAndAtTheEndsOfTheSupport(string name, string arguments, double expected)
    {
        using JsonDocument document = JsonDocument.Parse(arguments);
        double actual = DensityFunction.Call(name, document.RootElement);
        if (double.IsFinite(expected))
        {
            Assert.Equal(expected, actual, 1e-14);
        }
        else
        {
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void NaNInAnyNumberGivesNaN()
    {
        (string Name, Func<double[], double> LogDensity, double[] Arguments)[] cases =
        [
            ("Normal", a => Density.Normal(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("StandardNormal", a => Density.StandardNormal(a[0]), [0.3]),
            ("HalfNormal", a => Density.HalfNormal(a[0], a[1]), [0.3, 1.1]),
            ("LogNormal", a => Density.LogNormal(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("StudentT", a => Density.StudentT(a[0], a[1], a[2], a[3]), [0.3, 3, 0.2, 1.1]),
            ("HalfStudentT", a => Density.HalfStudentT(a[0], a[1], a[2]), [0.3, 3, 1.1]),
            ("Cauchy", a => Density.Cauchy(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("HalfCauchy", a => Density.HalfCauchy(a[0], a[1]), [0.3, 1.1]),
            ("Laplace", a => Density.Laplace(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("Logistic", a => Density.Logistic(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("Gumbel", a => Density.Gumbel(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("Exponential", a => Density.Exponential(a[0], a[1]), [0.3, 1.1]),
            ("Gamma", a => Density.Gamma(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("InverseGamma", a => Density.InverseGamma(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("ChiSquare", a => Density.ChiSquare(a[0], a[1]), [0.3, 1.1]),
            ("Weibull", a => Density.Weibull(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("WeibullSurvival", a => Density.WeibullSurvival(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("ExponentialSurvival", a => Density.ExponentialSurvival(a[0], a[1]), [0.3, 1.1]),
            ("Pareto", a => Density.Pareto(a[0], a[1], a[2]), [1.3, 1.2, 1.1]),
            ("Rayleigh", a => Density.Rayleigh(a[0], a[1]), [0.3, 1.1]),
            ("Uniform", a => Density.Uniform(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("Beta", a => Density.Beta(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("TruncatedNormal", a => Density.TruncatedNormal(a[0], a[1], a[2], a[3], a[4]), [0.3, 0.2, 1.1, 0, 2]),
            ("LowerTruncatedNormal", a => Density.LowerTruncatedNormal(a[0], a[1], a[2], a[3]), [0.3, 0.2, 1.1, 0]),
            ("UpperTruncatedNormal", a => Density.UpperTruncatedNormal(a[0], a[1], a[2], a[3]), [0.3, 0.2, 1.1, 2]),
            ("NormalSurvival", a => Density.NormalSurvival(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("VonMises", a => Density.VonMises(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("Bernoulli", a => Density.Bernoulli(1, a[0]) + Density.Bernoulli(0, a[0]), [0.3]),
            ("BernoulliLogit", a => Density.BernoulliLogit(0, a[0]), [0.3]),
            ("Binomial", a => Density.Binomial(0, 5, a[0]), [0.3]),
            ("BinomialLogit", a => Density.BinomialLogit(0, 5, a[0]), [0.3]),
            ("BetaBinomial", a => Density.BetaBinomial(0, 5, a[0], a[1]), [0.3, 0.6]),
            ("Poisson", a => Density.Poisson(0, a[0]), [0.3]),
            ("PoissonLog", a => Density.PoissonLog(0, a[0]), [0.3]),
            ("NegativeBinomial", a => Density.NegativeBinomial(0, a[0], a[1]), [0.3, 0.6]),
            ("NegativeBinomialLog", a => Density.NegativeBinomialLog(0, a[0], a[1]), [0.3, 0.6]),
            ("Categorical", a => Density.Categorical(0, a), [0.3]),
            ("CategoricalLogit", a => Density.CategoricalLogit(0, a), [0.3, 0.6]),
            ("Multinomial", a => Density.Multinomial([0, 2], a), [0.3, 0.7]),
            ("OrderedLogistic", a => Density.OrderedLogistic(1, a[0], [a[1], a[2]]), [0.3, 0.2, 1.1]),
            ("LogMix", a => Density.LogMix(a[0], a[1], a[2]), [0.3, 0.2, 1.1]),
            ("Dirichlet", a => Density.Dirichlet([a[0], a[1]], [a[2], a[3]]), [0.3, 0.7, 1, 2]),
            ("MultivariateNormalCholesky", a => Density.MultivariateNormalCholesky([a[0]], [a[1]], new double[,] { { a[2] } }), [0.3, 0.7, 1]),
            ("LkjCholesky", a => Density.LkjCholesky(new double[,] { { 1, 0 }, { 0.6, a[0] } }, a[1]), [0.8, 2]),
            ("Wishart", a => Density.Wishart(new double[,] { { a[0] } }, a[1], new double[,] { { a[2] } }), [0.3, 2, 1]),
            ("InverseWishart", a => Density.InverseWishart(new double[,] { { a[0] } }, a[1], new double[,] { { a[2] } }), [0.3, 2, 1]),
            ("WishartCholesky", a => Density.WishartCholesky(new double[,] { { a[0] } }, a[1], new double[,] { { a[2] } }), [0.3, 2, 1]),
        ];
        Assert.Empty(DensityFunction.Names.Except(cases.Select(one => one.Name)));
        foreach ((string name, Func<double[], double> logDensity, double[] arguments) in cases)
        {
            Assert.True(double.IsFinite(logDensity(arguments)), name);
            for (int i = 0; i < arguments.Length; i++)
            {
                double[] changed = [.. arguments];
                changed[i] = double.NaN;
                Assert.True(double.IsNaN(logDensity(changed)), $"{name}, argument {i}");
            }
        }
    }
}
