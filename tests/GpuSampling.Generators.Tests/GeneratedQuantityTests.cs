using GpuSampling.Engines;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Generators.Tests;

/// <summary>Random generated quantities: their distributions, that no two share a number, and that they depend on their address alone.</summary>
public class GeneratedQuantityTests
{
    private const string Predictive = """
        [Model]
        public partial class Predictive
        {
            [Data] public required int N;
            [Parameter] double mu;
            [Generated("N")] double[] normal = [], again = [], uniform = [], exponential = [];
            [Generated("N", "2")] double[,] counts = new double[0, 0];
            [Generated] double sign, kind;

            double LogDensity() => Density.Normal(mu, 0.7, 0.5);

            void Generate(RandomSource random)
            {
                for (int n = 0; n < N; n++)
                {
                    normal[n] = random.Normal(mu, 0.5);
                    again[n] = Standard(random);
                    uniform[n] = random.Uniform(2, 5);
                    exponential[n] = random.Exponential(2);
                    counts[n, 0] = random.Poisson(Math.Exp(mu));
                    counts[n, 1] = random.Binomial(10, Special.Logistic(mu));
                }

                sign = random.Bernoulli(0.3);
                kind = random.Binomial(2, 0.5) switch { 0 => 0, 1 => 1, _ => 2 };
            }

            static double Standard(RandomSource random) => random.Normal();
        }
        """;

    private static readonly Posterior Posterior = ((IModelDefinition)ModelCase.Create(Predictive, """{"N": 3}""")).ToPosterior();

    [Fact]
    public void Moments_are_those_of_the_distributions()
    {
        // 4000 draws of 16 chains' last transitions; 14 numbers within 4.5 standard errors: a false alarm in 10,000. Means over mu.
        using SimdEngine engine = new();
        KeptDraws<double> draws = Draw<double>(engine, chains: 4000, count: 1, warmup: 40);
        double size = draws.ChainCount;
        double[] mu = draws["mu"].ToArray();
        void Check(string label, double mean, double variance)
        {
            double[] values = draws[label].ToArray();
            double actual = values.Average();
            Assert.True(Math.Abs(actual - mean) < 4.5 * Math.Sqrt(variance / size), $"{label}: mean {actual}, should be {mean} ± {Math.Sqrt(variance / size)}");
            double spread = values.Sum(value => (value - mean) * (value - mean)) / size;
            Assert.InRange(spread / variance, 0.8, 1.25);
        }

        double rate = Math.Exp(0.7 + 0.125);
        Check("normal[1]", 0.7, 0.5);
        Check("normal[3]", 0.7, 0.5);
        Check("again[2]", 0, 1);
        Check("uniform[1]", 3.5, 0.75);
        Check("exponential[2]", 0.5, 0.25);
        Check("counts[1,1]", rate, rate + (rate * rate * (Math.Exp(0.25) - 1)));
        double[] success = [.. mu.Select(x => 1 / (1 + Math.Exp(-x)))];
        double p = success.Average();
        Check("counts[3,2]", 10 * p, (10 * success.Average(q => q * (1 - q))) + (100 * success.Average(q => (q - p) * (q - p))));
        Check("sign", 0.3, 0.21);
        Check("kind", 1, 0.5); // one number for all arms
    }

    [Fact]
    public void No_two_numbers_are_the_same_and_none_correlate()
    {
        using SimdEngine engine = new();
        KeptDraws<double> draws = Draw<double>(engine, chains: 2000, count: 2, warmup: 10);
        string[] labels = ["again[1]", "again[2]", "again[3]"];
        foreach (string label in labels)
        {
            Assert.Equal(4000, draws[label].ToArray().Distinct().Count());
        }

        foreach ((string a, string b) in ((string, string)[])[("again[1]", "again[2]"), ("again[1]", "again[3]"), ("again[2]", "uniform[2]")])
        {
            // 4000 products of independent numbers; 4.5 standard errors.
            double[] x = draws[a].ToArray(), y = draws[b].ToArray();
            double mean = y.Average(), sd = Math.Sqrt(y.Average(value => (value - mean) * (value - mean)));
            Assert.InRange(x.Zip(y, (u, v) => u * (v - mean) / sd).Average() * Math.Sqrt(x.Length), -4.5, 4.5);
        }
    }

    [Fact]
    public void Numbers_are_the_same_bits_in_registers_of_every_width()
    {
        using SimdEngine widest = new(), scalar = new(VectorWidth.Scalar), narrow = new(VectorWidth.Bits128);
        float[] expected = [.. Values(Draw<float>(widest, chains: 33, count: 3, warmup: 0))];
        Assert.Equal(expected, Values(Draw<float>(scalar, chains: 33, count: 3, warmup: 0)).ToArray());
        Assert.Equal(expected, Values(Draw<float>(narrow, chains: 33, count: 3, warmup: 0)).ToArray());
        static IEnumerable<float> Values(KeptDraws<float> draws) => draws.Labels.SelectMany(label => draws[label].ToArray());
    }

    /// <summary>What a path leaves out is 0, whatever memory held before: the draws do not depend on batches, nor on earlier runs.</summary>
    [Fact]
    public void Quantities_that_a_path_leaves_out_are_zero()
    {
        const string source = """
            [Model]
            public partial class Partly
            {
                [Data] public required int N;
                [Parameter] double mu;
                [Generated] double hit, sum, never;
                [Generated("N", "2")] double[,] some = new double[0, 0];

                double LogDensity() => -mu * mu;

                void Generate()
                {
                    if (mu > 0) { hit = 1; }
                    sum += mu;
                    for (int n = 0; n < N; n++)
                    {
                        if (n > 0 && mu > 0.1 * n) { some[n - 1, 0] += mu * n; some[n, 1] = 3; }
                    }
                }
            }
            """;
        ModelCase.CheckAll("""{"N": 3}""", source, "[Model] public partial class Without { [Parameter] double mu; [Generated] double never; double LogDensity() => -mu * mu; void Generate() { } }");
        Posterior posterior = ((IModelDefinition)ModelCase.Create(source, """{"N": 3}""")).ToPosterior();
        using SimdEngine engine = new(), scalar = new(VectorWidth.Scalar);
        Draw<double>(engine, 40, 3, 0); // another model's draws in the memory
        KeptDraws<double> draws = Draw<double>(engine, 40, 6, 10, posterior), others = Draw<double>(scalar, 40, 6, 10, posterior);
        foreach (string label in draws.Labels)
        {
            Assert.Equal(draws[label].ToArray(), others[label].ToArray());
        }

        double[] mu = draws["mu"].ToArray();
        Assert.Equal(mu.Select(x => x > 0 ? 1.0 : 0), draws["hit"].ToArray());
        Assert.Equal(mu, draws["sum"].ToArray());
        Assert.Equal(2, draws["hit"].ToArray().Distinct().Count());
    }

    [Fact]
    public void A_debugger_gets_numbers_of_the_same_distributions()
    {
        RandomSource random = new(5);
        double[] poisson = [.. Enumerable.Range(0, 4000).Select(_ => random.Poisson(3))];
        Assert.InRange((poisson.Average() - 3) / Math.Sqrt(3 / 4000.0), -4.5, 4.5);
        Assert.InRange(Enumerable.Range(0, 4000).Average(_ => random.Binomial(7, 0.25)), 1.75 - 0.09, 1.75 + 0.09);
        Assert.True(double.IsNaN(random.Poisson(-1)) && double.IsNaN(random.Poisson(double.NaN)) && random.Poisson(0) == 0);
    }

    private static KeptDraws<TElement> Draw<TElement>(Engine engine, int chains, int count, int warmup, Posterior? posterior = null)
        where TElement : unmanaged =>
        new HamiltonianMonteCarloSampler(new HamiltonianMonteCarloOptions { MaximumLeapfrogCount = 20 }).Sample<TElement>(
            posterior ?? Posterior, new RunOptions { ChainCount = chains, WarmupCount = warmup, DrawCount = count, Seed = 8 }, engine,
            cancellationToken: TestContext.Current.CancellationToken).Draws;
}
