using GpuSampling.Engines;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Generators.Tests;

/// <summary>
/// Random numbers of every distribution have the density of that distribution, which other tests compare with third-party answers:
/// counts in 20 cells against integrals of the density, by a chi-square test.
/// </summary>
/// <remarks>
/// A false alarm once in 10⁶ comparisons; there are 59 in each of two runs, which have fixed seeds. Negative control: for each, the
/// same numbers, larger by a tenth and moved by a tenth of their interquartile range, or a fourth of them larger by 1, must fail.
/// </remarks>
public class VariateDistributionTests
{
    private const double NormalQuantile = 4.7534; // of 1 − 10⁻⁶

    private static readonly double[] P = [0.2, 0.5, 0.3];
    private static readonly double[,] S = { { 1, 0.3, -0.2 }, { 0.3, 0.8, 0.1 }, { -0.2, 0.1, 0.6 } };

    private static readonly Posterior Every = ((IModelDefinition)ModelCase.Create(
        PosteriorModels.Source("EveryVariate"),
        """{ "p": [0.2, 0.5, 0.3], "S": [[1, 0.3, -0.2], [0.3, 0.8, 0.1], [-0.2, 0.1, 0.6]] }""")).ToPosterior();

    /// <summary>Numbers on the line: how to compute them from a draw, and their log-density.</summary>
    private static readonly Dictionary<string, (Func<Func<string, double>, double> Number, Func<double, double> LogDensity)> Continuous = new()
    {
        ["halfNormal"] = (at => at("halfNormal"), x => Density.HalfNormal(x, 0.7)),
        ["logNormal"] = (at => at("logNormal"), x => Density.LogNormal(x, 0.3, 0.6)),
        ["studentT"] = (at => at("studentT"), x => Density.StudentT(x, 4.5, 1, 0.5)),
        ["heavyStudentT"] = (at => at("heavyStudentT"), x => Density.StudentT(x, 0.8, 0, 1)),
        ["halfStudentT"] = (at => at("halfStudentT"), x => Density.HalfStudentT(x, 3, 2)),
        ["cauchy"] = (at => at("cauchy"), x => Density.Cauchy(x, -1, 2)),
        ["halfCauchy"] = (at => at("halfCauchy"), x => Density.HalfCauchy(x, 1.5)),
        ["laplace"] = (at => at("laplace"), x => Density.Laplace(x, 0.5, 2)),
        ["logistic"] = (at => at("logistic"), x => Density.Logistic(x, -0.5, 0.4)),
        ["gumbel"] = (at => at("gumbel"), x => Density.Gumbel(x, 1, 0.8)),
        ["exponential"] = (at => at("exponential"), x => Density.Exponential(x, 2.5)),
        ["gamma"] = (at => at("gamma"), x => Density.Gamma(x, 2.5, 1.5)),
        ["smallGamma, logarithm"] = (at => Math.Log(at("smallGamma")), x => Density.Gamma(Math.Exp(x), 0.3, 0.5) + x),
        ["largeGamma"] = (at => at("largeGamma"), x => Density.Gamma(x, 2000, 100)),
        ["inverseGamma"] = (at => at("inverseGamma"), x => Density.InverseGamma(x, 3, 2)),
        ["chiSquare"] = (at => at("chiSquare"), x => Density.ChiSquare(x, 5)),
        ["weibull"] = (at => at("weibull"), x => Density.Weibull(x, 1.7, 2)),
        ["pareto"] = (at => at("pareto"), x => Density.Pareto(x, 1.2, 2.5)),
        ["rayleigh"] = (at => at("rayleigh"), x => Density.Rayleigh(x, 1.3)),
        ["uniform"] = (at => at("uniform"), x => Density.Uniform(x, -1, 3)),
        ["beta"] = (at => at("beta"), x => Density.Beta(x, 2.5, 1.5)),
        ["smallBeta, logit"] = (at => Logit(at("smallBeta")), x => LogitDensity(x, 0.4, 0.6)),
        ["interval"] = (at => at("interval"), x => Density.TruncatedNormal(x, 0.5, 1, -1, 2.5)),
        ["narrow"] = (at => at("narrow"), x => Density.TruncatedNormal(x, 0.5, 1, 0, 0.8)),
        ["tail"] = (at => at("tail"), x => Density.TruncatedNormal(x, 0, 1, 3, 9)),
        ["farInterval, tenfold"] = (at => 10 * at("farInterval"), x => Density.TruncatedNormal(x / 10, 1, 0.5, -2.6, -2.5) - Math.Log(10)),
        ["lowerTail"] = (at => at("lowerTail"), x => Density.LowerTruncatedNormal(x, 1, 2, 12)),
        ["upperHalf"] = (at => at("upperHalf"), x => Density.UpperTruncatedNormal(x, 1, 2, 1.5)),
        ["vonMises"] = (at => at("vonMises"), x => Density.VonMises(x, 0.5, 2)),
        ["flatVonMises"] = (at => at("flatVonMises"), x => Math.Abs(x) > Math.PI ? double.NegativeInfinity : Density.VonMises(x, 0, 0.01)),
        ["sharpVonMises"] = (at => at("sharpVonMises"), x => Density.VonMises(x, 0, 500)),
        ["dirichlet[1], logit"] = (at => Logit(at("dirichlet[1]")), x => LogitDensity(x, P[0], 1 - P[0])),
        ["dirichlet[2], logit"] = (at => Logit(at("dirichlet[2]")), x => LogitDensity(x, P[1], 1 - P[1])),
        ["normal[1]"] = (at => at("normal[1]"), x => Density.Normal(x, P[0], Math.Sqrt(S[0, 0]))),
        ["normal[2]"] = (at => at("normal[2]"), x => Density.Normal(x, P[1], Math.Sqrt(S[1, 1]))),
        ["normal[1] + normal[2]"] = (at => at("normal[1]") + at("normal[2]"), x => Density.Normal(x, P[0] + P[1], Math.Sqrt(S[0, 0] + S[1, 1] + 2 * S[0, 1]))),
        ["normal[3], a difference"] = (at => at("normal[3]"), x => Density.Normal(x, 0, Math.Sqrt(S[0, 0] + S[2, 2] - 2 * S[0, 2]))),

        // A correlation of LKJ distribution, moved to [0, 1], is beta with shape − 1 + size / 2 twice.
        ["correlation[2,1]"] = (at => at("correlation[2,1]"), x => Density.Beta((x + 1) / 2, 2, 2) - Math.Log(2)),
        ["correlation[3,1]"] = (at => at("correlation[3,1]"), x => Density.Beta((x + 1) / 2, 2, 2) - Math.Log(2)),
        ["correlation[3,2]"] = (at => at("correlation[3,2]"), x => Density.Beta((x + 1) / 2, 2, 2) - Math.Log(2)),

        // a'Wa / a'Sa is chi-square; for the inverse, a'Wa is inverse gamma with (degrees − size + 1) / 2 and a'Sa / 2.
        ["wishart[1,1]"] = (at => at("wishart[1,1]") / S[0, 0], x => Density.ChiSquare(x, 5.5)),
        ["wishart[3,3]"] = (at => at("wishart[3,3]") / S[2, 2], x => Density.ChiSquare(x, 5.5)),
        ["wishart of a difference"] = (at => Form(at, "wishart") / Form(), x => Density.ChiSquare(x, 5.5)),
        ["inverseWishart[1,1]"] = (at => at("inverseWishart[1,1]"), x => Density.InverseGamma(x, 2.25, S[0, 0] / 2)),
        ["inverseWishart[3,3]"] = (at => at("inverseWishart[3,3]"), x => Density.InverseGamma(x, 2.25, S[2, 2] / 2)),
        ["inverseWishart of a difference"] = (at => Form(at, "inverseWishart"), x => Density.InverseGamma(x, 2.25, Form() / 2)),
    };

    private static readonly Dictionary<string, Func<int, double>> Discrete = new()
    {
        ["bernoulliLogit"] = y => Density.BernoulliLogit(y, 0.8) + (y is 0 or 1 ? 0 : double.NegativeInfinity),
        ["binomial"] = y => Density.Binomial(y, 12, 0.3),
        ["binomialLogit"] = y => Density.BinomialLogit(y, 10, -0.5),
        ["poisson"] = y => Density.Poisson(y, 4.5),
        ["poissonLog"] = y => Density.PoissonLog(y, 0.7),
        ["negativeBinomial"] = y => Density.NegativeBinomial(y, 5, 2.5),
        ["negativeBinomialLog"] = y => Density.NegativeBinomialLog(y, 1.2, 0.6),
        ["betaBinomial"] = y => Density.BetaBinomial(y, 9, 1.5, 2),
        ["categorical"] = y => Density.Categorical(y, P),
        ["categoricalLogit"] = y => Density.CategoricalLogit(y, [0.6, 1.5, 0.9]),
        ["orderedLogistic"] = y => Density.OrderedLogistic(y, 0.4, [-1, 0.5, 1.7]),
        ["multinomial[1]"] = y => Density.Binomial(y, 7, P[0]),
        ["multinomial[2]"] = y => Density.Binomial(y, 7, P[1]),
    };

    [Theory]
    [InlineData(Precision.Single, 12_000)]
    [InlineData(Precision.Double, 12_000)]
    public void Kernels_draw_from_the_densities(Precision precision, int count)
    {
        using SimdEngine engine = new();
        Func<string, double[]> column = precision == Precision.Single ? Draw<float>(engine, count) : Draw<double>(engine, count);
        AssertDistributions(count, column);
    }

    [Fact]
    public void Whole_parts_add_up()
    {
        using SimdEngine engine = new();
        Func<string, double[]> column = Draw<double>(engine, 64);
        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(7, Enumerable.Range(1, 3).Sum(k => column($"multinomial[{k}]")[i]));
            Assert.Equal(1, Enumerable.Range(1, 3).Sum(k => column($"dirichlet[{k}]")[i]), 1e-14);
            Assert.Equal(column("wishart[1,2]")[i], column("wishart[2,1]")[i]);
            Assert.Equal(1, column("correlation[3,3]")[i], 1e-14);
        }
    }

    [Fact]
    public void Numbers_are_the_same_bits_in_registers_of_every_width() => LaneBits.AssertSameForAllWidths(Every, [.. GradientCheck.Points(1, 64, 3, 1)]);

    [Fact]
    public void Parameters_out_of_range_give_NaN()
    {
        RandomSource random = new(5);
        foreach (double shape in (double[])[0, -1, double.NaN, 2e8, double.PositiveInfinity])
        {
            Assert.True(double.IsNaN(random.Gamma(shape, 1)) && double.IsNaN(random.LogOfGamma(shape)) && double.IsNaN(random.Beta(1, shape)), $"{shape}");
        }

        Assert.True(double.IsNaN(random.StandardTruncatedNormal(1, 1)) && double.IsNaN(random.StandardTruncatedNormal(double.NaN, 1)));
        Assert.True(double.IsNaN(random.StandardVonMises(-1)) && double.IsNaN(random.StandardVonMises(double.NaN)) && double.IsNaN(random.StandardVonMises(2e8)));
        Assert.True(double.IsNaN(random.Categorical([0, double.NaN])));
        Assert.InRange(random.StandardTruncatedNormal(40, double.PositiveInfinity), 40, 41);
        Assert.InRange(random.StandardTruncatedNormal(double.NegativeInfinity, double.PositiveInfinity), -9, 9);
        Assert.InRange(random.LogOfGamma(1e-6), -1e9, -1e2);
        Assert.InRange(random.Gamma(1e8, 1e8), 0.999, 1.001);
    }

    private static Func<string, double[]> Draw<TElement>(Engine engine, int count)
        where TElement : unmanaged
    {
        KeptDraws<TElement> draws = new HamiltonianMonteCarloSampler(new HamiltonianMonteCarloOptions { MaximumLeapfrogCount = 2 }).Sample<TElement>(
            Every, new RunOptions { ChainCount = count / 4, WarmupCount = 0, DrawCount = 4, Seed = 11 }, engine,
            cancellationToken: TestContext.Current.CancellationToken).Draws;
        return label => [.. draws[label].ToArray().Select(value => Convert.ToDouble(value, null))];
    }

    private static void AssertDistributions(int count, Func<string, double[]> column)
    {
        var columns = new Dictionary<string, double[]>();
        double At(string label, int draw) => (columns.TryGetValue(label, out double[]? known) ? known : columns[label] = column(label))[draw];
        var failures = new List<string>();
        void Expect(string name, (double Statistic, int Degrees) test, bool isRight)
        {
            // The quantile by Wilson and Hilferty.
            double share = 2.0 / (9 * test.Degrees);
            double bound = test.Degrees * Math.Pow(1 - share + (NormalQuantile * Math.Sqrt(share)), 3);
            if (isRight != (test.Statistic <= bound))
            {
                failures.Add($"{name}: chi-square {test.Statistic:0.0}, bound {bound:0.0}, {(isRight ? "should be below" : "negative control, should be above")}");
            }
        }

        foreach ((string name, var (number, logDensity)) in Continuous)
        {
            double[] all = [.. Enumerable.Range(0, count).Select(draw => number(label => At(label, draw)))];
            Expect(name, OnTheLine(all, logDensity), isRight: true);
            double spread = Spread(all);
            Expect(name, OnTheLine([.. all.Select(x => (1.1 * x) + (0.1 * spread))], logDensity), isRight: false);
        }

        foreach ((string name, Func<int, double> logDensity) in Discrete)
        {
            double[] all = [.. Enumerable.Range(0, count).Select(draw => At(name, draw))];
            Assert.All(all, y => Assert.True(y.Equals(Math.Floor(y)) && logDensity((int)y) > double.NegativeInfinity, $"{name}: {y}"));
            Expect(name, OverIntegers(all, logDensity), isRight: true);
            Expect(name, OverIntegers([.. all.Select((y, i) => i % 4 == 0 ? y + 1 : y)], logDensity), isRight: false);
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    /// <summary>Cells between quantiles of the first tenth of the numbers; the rest is counted. What lies outside is one cell.</summary>
    private static (double Statistic, int Degrees) OnTheLine(double[] all, Func<double, double> logDensity)
    {
        Assert.DoesNotContain(all, double.IsNaN);
        double[] first = [.. all.Take(all.Length / 10).Order()], rest = all[(all.Length / 10)..];
        double[] edges = [.. Enumerable.Range(0, 20).Select(i => first[(int)(first.Length * (0.025 + (i * 0.05)))])];
        var expected = new double[20];
        var counts = new double[20];
        for (int cell = 0; cell < 19; cell++)
        {
            expected[cell] = rest.Length * Integral(logDensity, edges[cell], edges[cell + 1]);
            counts[cell] = rest.Count(x => x >= edges[cell] && x < edges[cell + 1]);
        }

        expected[19] = rest.Length - expected.Sum();
        counts[19] = rest.Length - counts.Sum();
        return (counts.Zip(expected, (n, mean) => (n - mean) * (n - mean) / mean).Sum(), 19);
    }

    /// <summary>Cells of one integer each, as long as 5 are expected in it; the others are one cell, or belong to the smallest.</summary>
    private static (double Statistic, int Degrees) OverIntegers(double[] all, Func<int, double> logDensity)
    {
        List<(double Count, double Mean)> cells =
        [
            .. Enumerable.Range(0, 200)
                .Select(y => ((double)all.Count(one => one.Equals(y)), all.Length * Math.Exp(logDensity(y))))
                .Where(cell => cell.Item2 >= 5).OrderByDescending(cell => cell.Item2),
        ];
        (double Count, double Mean) others = (all.Length - cells.Sum(cell => cell.Count), all.Length - cells.Sum(cell => cell.Mean));
        if (others.Mean < 5)
        {
            others = (others.Count + cells[^1].Count, others.Mean + cells[^1].Mean);
            cells.RemoveAt(cells.Count - 1);
        }

        cells.Add(others);
        return (cells.Sum(cell => (cell.Count - cell.Mean) * (cell.Count - cell.Mean) / cell.Mean), cells.Count - 1);
    }

    private static double Integral(Func<double, double> logDensity, double from, double to)
    {
        // Simpson's rule on 200 intervals.
        const int Count = 200;
        double step = (to - from) / Count, sum = 0;
        for (int i = 0; i <= Count; i++)
        {
            sum += (i is 0 or Count ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(logDensity(from + (i * step)));
        }

        return sum * step / 3;
    }

    private static double Spread(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[3 * sorted.Length / 4] - sorted[sorted.Length / 4];
    }

    private static double Logit(double x) => Math.Log(x) - Math.Log(1 - x);

    private static double LogitDensity(double x, double a, double b) =>
        (a * -Special.Softplus(-x)) + (b * -Special.Softplus(x)) - (Special.LogGamma(a) + Special.LogGamma(b) - Special.LogGamma(a + b));

    /// <summary>a'Wa for a = (1, −1, 0).</summary>
    private static double Form(Func<string, double> at, string w) => at($"{w}[1,1]") + at($"{w}[2,2]") - (2 * at($"{w}[2,1]"));

    private static double Form() => S[0, 0] + S[1, 1] - (2 * S[0, 1]);
}
