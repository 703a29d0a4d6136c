using GpuSampling.Modeling;

namespace GpuSampling.Tests.Modeling.Densities;

/// <summary>Densities integrate to 1 and probabilities add up to 1, by deterministic quadrature.</summary>
public sealed class DensityNormalizationTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Dictionary<string, (Func<double, double> LogDensity, double Lower, double Upper)> OneDimensional = new()
    {
        ["Normal"] = (x => Density.Normal(x, 0.7, 1.9), -Infinity, Infinity),
        ["StandardNormal"] = (Density.StandardNormal, -Infinity, Infinity),
        ["HalfNormal"] = (x => Density.HalfNormal(x, 1.3), 0, Infinity),
        ["LogNormal"] = (x => Density.LogNormal(x, 0.4, 0.8), 0, Infinity),
        ["StudentT"] = (x => Density.StudentT(x, 3.5, -0.6, 1.4), -Infinity, Infinity),
        ["HalfStudentT"] = (x => Density.HalfStudentT(x, 2.5, 1.4), 0, Infinity),
        ["Cauchy"] = (x => Density.Cauchy(x, 0.3, 0.8), -Infinity, Infinity),
        ["HalfCauchy"] = (x => Density.HalfCauchy(x, 2.5), 0, Infinity),
        ["Logistic"] = (x => Density.Logistic(x, 0.3, 0.8), -Infinity, Infinity),
        ["Gumbel"] = (x => Density.Gumbel(x, 0.3, 1.2), -Infinity, Infinity),
        ["Laplace right of the median"] = (x => Density.Laplace(x, 0.3, 1.2) + Math.Log(2), 0.3, Infinity),
        ["Laplace left of the median"] = (x => Density.Laplace(x, 0.3, 1.2) + Math.Log(2), -Infinity, 0.3),
        ["Exponential"] = (x => Density.Exponential(x, 1.7), 0, Infinity),
        ["Gamma"] = (x => Density.Gamma(x, 2.3, 1.7), 0, Infinity),
        ["Gamma with a pole"] = (x => Density.Gamma(x, 0.4, 1.7), 0, Infinity),
        ["InverseGamma"] = (x => Density.InverseGamma(x, 2.3, 1.7), 0, Infinity),
        ["ChiSquare"] = (x => Density.ChiSquare(x, 3.7), 0, Infinity),
        ["Weibull"] = (x => Density.Weibull(x, 1.6, 2.1), 0, Infinity),
        ["Pareto"] = (x => Density.Pareto(x, 1.2, 2.4), 1.2, Infinity),
        ["Rayleigh"] = (x => Density.Rayleigh(x, 1.7), 0, Infinity),
        ["Uniform"] = (x => Density.Uniform(x, -0.7, 2.1), -0.7, 2.1),
        ["Beta"] = (x => Density.Beta(x, 0.6, 2.2), 0, 1),
        ["TruncatedNormal"] = (x => Density.TruncatedNormal(x, 0.7, 1.9, -1, 2.5), -1, 2.5),
        ["TruncatedNormal in a tail"] = (x => Density.TruncatedNormal(x, 0.7, 1.9, 25, 26.5), 25, 26.5),
        ["LowerTruncatedNormal"] = (x => Density.LowerTruncatedNormal(x, 0.7, 1.9, 1.1), 1.1, Infinity),
        ["UpperTruncatedNormal"] = (x => Density.UpperTruncatedNormal(x, 0.7, 1.9, 1.1), -Infinity, 1.1),
        ["VonMises"] = (x => Density.VonMises(x, 0.4, 2.3), -Math.PI, Math.PI),
        ["VonMises, concentrated"] = (x => Density.VonMises(x, 0.4, 55), 0.4 - Math.PI, 0.4 + Math.PI),
        ["LogMix"] = (x => Density.LogMix(0.3, Density.Normal(x, -1, 0.5), Density.Normal(x, 2, 1.5)), -Infinity, Infinity),
        ["LogMix of three"] = (x => Density.LogMix([0.2, 0.5, 0.3], [Density.Normal(x, -1, 0.5), Density.Cauchy(x, 0, 1), Density.Logistic(x, 2, 1)]), -Infinity, Infinity),
    };

    private static readonly Dictionary<string, Func<int, double>> Discrete = new()
    {
        ["Bernoulli"] = y => Density.Bernoulli(y, 0.3),
        ["BernoulliLogit"] = y => y > 1 ? double.NegativeInfinity : Density.BernoulliLogit(y, 0.8),
        ["Binomial"] = y => Density.Binomial(y, 17, 0.3),
        ["BinomialLogit"] = y => Density.BinomialLogit(y, 17, 0.8),
        ["BetaBinomial"] = y => Density.BetaBinomial(y, 17, 1.3, 2.2),
        ["Poisson"] = y => Density.Poisson(y, 7.3),
        ["PoissonLog"] = y => Density.PoissonLog(y, 2.1),
        ["NegativeBinomial"] = y => Density.NegativeBinomial(y, 7.3, 2.2),
        ["NegativeBinomialLog"] = y => Density.NegativeBinomialLog(y, 1.8, 2.2),
        ["Categorical"] = y => Density.Categorical(y, [0.2, 0.5, 0.3]),
        ["CategoricalLogit"] = y => Density.CategoricalLogit(y, [0.2, -0.5, 1.3]),
        ["OrderedLogistic"] = y => Density.OrderedLogistic(y, 0.3, [-1.2, 0.1, 2]),
    };

    public static TheoryData<string> OneDimensionalNames => [.. OneDimensional.Keys];

    public static TheoryData<string> DiscreteNames => [.. Discrete.Keys];

    [Theory]
    [MemberData(nameof(OneDimensionalNames))]
    public void DensitiesIntegrateToOne(string name)
    {
        (Func<double, double> logDensity, double lower, double upper) = OneDimensional[name];
        Assert.Equal(1, DoubleExponentialQuadrature.Integrate(x => Math.Exp(logDensity(x)), lower, upper), 1e-9);
    }

    [Theory]
    [MemberData(nameof(DiscreteNames))]
    public void ProbabilitiesAddUpToOne(string name) =>
        Assert.Equal(1, Enumerable.Range(0, 1000).Sum(y => Math.Exp(Discrete[name](y))), 1e-12);

    [Fact]
    public void MultinomialAddsUpToOne()
    {
        double sum = 0;
        for (int a = 0; a <= 7; a++)
        {
            for (int b = 0; a + b <= 7; b++)
            {
                sum += Math.Exp(Density.Multinomial([a, b, 7 - a - b], [0.2, 0.5, 0.3]));
            }
        }

        Assert.Equal(1, sum, 1e-12);
    }

    [Fact]
    public void DirichletIntegratesToOne() => Assert.Equal(
        1,
        Integral(0, 1, a => Integral(0, 1 - a, b => Math.Exp(Density.Dirichlet([a, b, 1 - a - b], [1.3, 0.7, 2.4])))),
        1e-6);

    [Fact]
    public void MultivariateNormalIntegratesToOne() => Assert.Equal(
        1,
        Integral(-Infinity, Infinity, a => Integral(-Infinity, Infinity, b => Math.Exp(
            Density.MultivariateNormalCholesky([a, b], [0.4, -0.8], new double[,] { { 1.2, 0 }, { -0.7, 0.6 } })), 1.0 / 16), 1.0 / 16),
        1e-6);

    [Theory]
    [InlineData(0.7)]
    [InlineData(3)]
    public void LkjIntegratesToOne(double shape) => Assert.Equal(
        1,
        Integral(-1, 1, a => Integral(-1, 1, b => Integral(-Math.Sqrt(1 - b * b), Math.Sqrt(1 - b * b), c => Math.Exp(Density.LkjCholesky(
            new double[,] { { 1, 0, 0 }, { a, Math.Sqrt(1 - a * a), 0 }, { b, c, Math.Sqrt(Math.Max(0, 1 - b * b - c * c)) } }, shape))))),
        1e-4);

    [Fact]
    public void WishartIntegratesToOne() => Assert.Equal(
        1, OverPositiveDefinite(w => Density.Wishart(w, 4.3, new double[,] { { 0.6, 0.2 }, { 0.2, 0.4 } })), 1e-5);

    [Fact]
    public void InverseWishartIntegratesToOne() => Assert.Equal(
        1, OverPositiveDefinite(w => Density.InverseWishart(w, 4.3, new double[,] { { 0.6, 0.2 }, { 0.2, 0.4 } })), 1e-5);

    [Fact]
    public void TheCholeskyFactorOfWishartIntegratesToOne() => Assert.Equal(
        1,
        Integral(0, Infinity, a => Integral(0, Infinity, b => Integral(-Infinity, Infinity, c => Math.Exp(Density.WishartCholesky(
            new double[,] { { a, 0 }, { c, b } }, 4.3, new double[,] { { 0.6, 0 }, { 0.2, 0.4 } }))))),
        1e-5);

    [Fact]
    public void ADensityThatIsOffByAConstantIsNoticed()
    {
        static double WithoutConstant(double x) => -0.5 * x * x;
        static double Slightly(double x) => Density.StandardNormal(x) + 1e-6;
        Assert.NotEqual(1, DoubleExponentialQuadrature.Integrate(x => Math.Exp(WithoutConstant(x)), -Infinity, Infinity), 1e-2);
        Assert.NotEqual(1, DoubleExponentialQuadrature.Integrate(x => Math.Exp(Slightly(x)), -Infinity, Infinity), 1e-9);
    }

    [Fact]
    public void SurvivalIsTheIntegralOfTheTail()
    {
        Assert.Equal(Tail(x => Density.Weibull(x, 1.6, 2.1), 1.4), Density.WeibullSurvival(1.4, 1.6, 2.1), 1e-9);
        Assert.Equal(Tail(x => Density.Exponential(x, 0.7), 1.4), Density.ExponentialSurvival(1.4, 0.7), 1e-9);
        Assert.Equal(Tail(x => Density.Normal(x, 0.7, 1.2), 1.4), Density.NormalSurvival(1.4, 0.7, 1.2), 1e-9);
    }

    private static double Tail(Func<double, double> logDensity, double from) =>
        Math.Log(DoubleExponentialQuadrature.Integrate(x => Math.Exp(logDensity(x)), from, Infinity));

    private static double OverPositiveDefinite(Func<double[,], double> logDensity) =>
        Integral(0, Infinity, a => Integral(0, Infinity, b => Integral(
            -Math.Sqrt(a * b), Math.Sqrt(a * b), c => Math.Exp(logDensity(new double[,] { { a, c }, { c, b } })))));

    private static double Integral(double lower, double upper, Func<double, double> function, double step = 1.0 / 8) =>
        DoubleExponentialQuadrature.Integrate(function, lower, upper, step);
}
