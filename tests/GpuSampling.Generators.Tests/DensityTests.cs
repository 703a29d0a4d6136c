using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>Kernels of every density: value and gradient by all arguments against dual numbers, and values outside the support.</summary>
public class DensityTests
{
    public static TheoryData<string> Calls =>
    [
        "Density.Normal(a, b, p)",
        "Density.StandardNormal(a)",
        "Density.HalfNormal(p, q)",
        "Density.LogNormal(p, a, q)",
        "Density.StudentT(a, p, b, q)",
        "Density.HalfStudentT(p, q, r)",
        "Density.Cauchy(a, b, p)",
        "Density.HalfCauchy(p, q)",
        "Density.Laplace(a, b, p)",
        "Density.Logistic(a, b, p)",
        "Density.Gumbel(0.1 * a, 0.1 * b, 1 + p)",
        "Density.Exponential(p, q)",
        "Density.ExponentialSurvival(p, q)",
        "Density.Gamma(p, q, r)",
        "Density.InverseGamma(p, q, r)",
        "Density.ChiSquare(p, q)",
        "Density.Weibull(p, 0.3 + u, q)",
        "Density.WeibullSurvival(p, 0.3 + u, q)",
        "Density.Pareto(q + p, q, r)",
        "Density.Rayleigh(p, q)",
        "Density.Uniform(a, a - p, a + q)",
        "Density.Beta(u, p, q)",
        "Density.TruncatedNormal(b + u * (1 + p), a, 0.5 + q, b, b + 1 + p)",
        "Density.LowerTruncatedNormal(b + p, a, q, b)",
        "Density.UpperTruncatedNormal(b - p, a, q, b)",
        "Density.NormalSurvival(a, b, p)",
        "Density.VonMises(a, b, p)",
        "Density.VonMises(a, b, 30 + p)",
        "Density.Bernoulli(Y, u) + Density.Bernoulli(0, u) + Density.Bernoulli(1, u)",
        "Density.BernoulliLogit(0, a) + Density.BernoulliLogit(1, b)",
        "Density.Binomial(Y, 7, u)",
        "Density.BinomialLogit(Y, 7, a)",
        "Density.BetaBinomial(Y, 7, p, q)",
        "Density.Poisson(Y, p)",
        "Density.PoissonLog(Y, a)",
        "Density.NegativeBinomial(Y, p, q)",
        "Density.NegativeBinomialLog(Y, a, p)",
        "Density.Categorical(Y, s)",
        "Density.CategoricalLogit(Y, v)",
        "Density.Multinomial(counts, s)",
        "Density.OrderedLogistic(0, a, o) + 2 * Density.OrderedLogistic(Y, b, o) + 3 * Density.OrderedLogistic(3, a, o)",
        "Density.LogMix(u, a, b)",
        "Density.LogMix(s, v)",
        "Density.Dirichlet(s, w)",
        "Density.MultivariateNormalCholesky(v, L)",
        "Density.MultivariateNormalCholesky(v, o, L)",
        "Density.LkjCholesky(R, p)",
        "Density.Wishart(LinearAlgebra.MultiplyByTranspose(L), 2 + p, S)",
        "Density.InverseWishart(LinearAlgebra.MultiplyByTranspose(L), 2 + p, S)",
        "Density.WishartCholesky(L, 2 + p, LinearAlgebra.Cholesky(S))",
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public void HaveTheRightGradient(string call) =>
        ModelCase.Check(Source(call), """{"Y": 1, "counts": [2, 0, 3], "S": [[1.2, 0.3, 0.1], [0.3, 0.9, 0.2], [0.1, 0.2, 0.7]]}""", points: 10, scale: 1);

    [Fact]
    public void EveryDensityIsHere() => Assert.All(
        typeof(GpuSampling.Modeling.Density).GetMethods().Where(method => method.IsStatic).Select(method => method.Name).Distinct(),
        name => Assert.Contains(Calls, row => row.Data.Contains($"Density.{name}(", StringComparison.Ordinal)));

    [Theory]
    [InlineData("Density.Gamma(x, 2, 1)", -0.5, double.NegativeInfinity)]
    [InlineData("Density.Gamma(x, 1, 2)", 0, 0.69314718055994529)]
    [InlineData("Density.Beta(x, 1, 1)", 1, 0)]
    [InlineData("Density.Beta(x, 2, 1)", 1.5, double.NegativeInfinity)]
    [InlineData("Density.Uniform(x, -1, 1)", -1.5, double.NegativeInfinity)]
    [InlineData("Density.Uniform(x, -1, 1)", double.NaN, double.NaN)]
    [InlineData("Density.LogNormal(x, 0, 1)", 0, double.NegativeInfinity)]
    [InlineData("Density.TruncatedNormal(x, 0, 1, -1, 2)", 2.5, double.NegativeInfinity)]
    [InlineData("Density.HalfCauchy(x, 1)", -0.5, double.NegativeInfinity)]
    [InlineData("Density.HalfCauchy(x, 1)", double.NaN, double.NaN)]
    [InlineData("Density.VonMises(0.3, 0, x)", -1.5, double.NaN)]
    [InlineData("Density.Poisson(-1, x)", 2, double.NegativeInfinity)]
    [InlineData("Density.Poisson(0, x)", 0, 0)]
    [InlineData("Density.Binomial(3, 2, x)", 0.4, double.NegativeInfinity)]
    public void KernelsHaveTheSameEdges(string call, double x, double expected)
    {
        object model = ModelCase.Create($"[Model] public partial class Edge {{ [Parameter] double x; double LogDensity() => {call}; }}", "{}");
        Evaluation actual = KernelRun.At(((GpuSampling.Modeling.IModelDefinition)model).ToPosterior(), [x]);
        Assert.Equal(expected, actual.LogDensity, 1e-14);
    }

    private static string Source(string call) => $$"""
        [Model]
        public partial class Everything
        {
            [Data] public required int Y;
            [Data("3")] public required int[] counts;
            [Data("3", "3")] public required double[,] S;
            [Parameter] double a, b;
            [Parameter(Lower = 0)] double p, q, r;
            [Parameter(Lower = 0, Upper = 1)] double u;
            [Parameter("3")] double[] v = [];
            [Parameter("3", Lower = 0)] double[] w = [];
            [Parameter("3", Constraint = Constraint.Simplex)] double[] s = [];
            [Parameter("3", Constraint = Constraint.Ordered)] double[] o = [];
            [Parameter("3", "3", Constraint = Constraint.CovarianceCholesky)] double[,] L = new double[0, 0];
            [Parameter("3", "3", Constraint = Constraint.CorrelationCholesky)] double[,] R = new double[0, 0];

            double LogDensity() => {{call}};
        }
        """;
}
