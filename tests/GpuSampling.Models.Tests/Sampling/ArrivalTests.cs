using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Interchange;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.References;
using GpuSampling.Sampling;
using GpuSampling.Tests.Sampling;

namespace GpuSampling.Models.Tests.Sampling;

/// <summary>A line through temperatures by year: level and slope are known a thousand times as well together as apart, and noise must be learnt.</summary>
[Model]
public sealed partial class YearlyTrend
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] year, y;

    [Parameter] private double level;
    [Parameter] private double slope;
    [Parameter(Lower = 0)] private double sigma;

    private double LogDensity()
    {
        double target = -Math.Log(sigma);
        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(y[n], level + (slope * year[n]), sigma);
        }

        return target;
    }
}

/// <summary>Chains whose first window has not brought them to the posterior begin again at draws of Pathfinder.</summary>
public sealed class ArrivalTests
{
    private const int Years = 24;

    private static double[] Year { get; } = [.. Enumerable.Range(0, Years).Select(n => 1960.0 + (2 * n))];

    private static double[] Temperature { get; } = [.. Enumerable.Range(0, Years).Select(n => 40 - (0.01 * Year[n]) + (0.3 * Math.Sin(n * n)))];

    private static Posterior Trend => new YearlyTrend { N = Years, year = Year, y = Temperature }.ToPosterior();

    [Fact]
    public void Most_chains_must_be_far_below_the_best()
    {
        double[] arrived = [.. Enumerable.Range(0, 64).Select(i => -5 - (0.5 * i))];
        Assert.Equal(double.NegativeInfinity, Arrival.Threshold(arrived, 4));
        double[] far = [.. Enumerable.Range(0, 64).Select(i => i < 31 ? -5.0 : -1e6)];
        Assert.Equal(-5 - 20 - 40, Arrival.Threshold(far, 4), 1e-9);
        far[40] = far[41] = -5;
        Assert.Equal(double.NegativeInfinity, Arrival.Threshold(far, 4));
        Assert.Equal(double.NegativeInfinity, Arrival.Threshold([.. Enumerable.Repeat(double.NaN, 8)], 4));
    }

    /// <summary>Four numbers with each sampler: one is beyond 4 by chance once in 16,000. The seed is fixed.</summary>
    [Theory]
    [InlineData("hmc")]
    [InlineData("nuts")]
    [InlineData("chees")]
    [InlineData("snaper")]
    [InlineData("mams")]
    public void A_far_and_narrow_ridge_is_found(string name)
    {
        (KeptDraws<double> draws, SamplingResult result) = Run<double>(name, Trend, new SimdEngine());
        Assert.InRange(result.RestartedChainCount, name == "mams" ? 33 : 1, 64 * 4); // most trajectories of the others arrive by themselves
        Agreement.AssertAgrees(Exact(), RunMoments.Of(draws));
        Assert.Contains(
            result.Summarize(draws, cancellationToken: TestContext.Current.CancellationToken).Warnings,
            warning => warning.Contains("Pathfinder", StringComparison.Ordinal));
    }

    [Fact]
    public void Chains_near_by_are_left_where_they_are()
    {
        (KeptDraws<double> draws, SamplingResult result) = Run<double>("hmc", TestTargets.CorrelatedGaussian(5), new SimdEngine());
        Assert.Equal(0, result.RestartedChainCount);
        Assert.Equal(64, draws.ChainCount);
    }

    [Fact]
    public void Every_width_places_chains_alike()
    {
        string Hash(VectorWidth width) => DrawHash.Of(Run<float>("snaper", Trend, new SimdEngine(width, 1)).Draws);
        Assert.Equal(Hash(VectorWidth.Scalar), Hash(VectorWidth.Widest));
    }

    /// <summary>Exponential in two coordinates, means 1. Without the way out of a search that finds no curvature there would be no draws.</summary>
    [Theory]
    [InlineData("rwm")]
    [InlineData("slice")]
    public void Samplers_that_begin_close_by_begin_anywhere_without_curvature(string name)
    {
        using SimdEngine engine = new();
        RunOptions run = new() { ChainCount = 64, WarmupCount = 200, DrawCount = 100, Thinning = 4, Seed = 5 };
        Assert.Throws<InitializationException>(() => Find(name).Sample<double>(
            HalfLineModel.Posterior(0), run with { Starts = new PathfinderStarts() }, engine, cancellationToken: TestContext.Current.CancellationToken));
        KeptDraws<double> draws = Find(name).Sample<double>(HalfLineModel.Posterior(0), run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        for (int i = 1; i <= 2; i++)
        {
            (double mean, double error) = RunMoments.MeanOfChains(draws[$"x[{i}]"].ToArray());
            Assert.InRange((mean - 1) / error, -4, 4);
        }
    }

    /// <summary>
    /// With prior 1/σ level and slope are Student's t with n − 2 degrees of freedom about the least-squares line: Gelman et al., Bayesian
    /// Data Analysis (3rd ed., 2013), section 14.2.
    /// </summary>
    private static Moments[] Exact()
    {
        double middle = Year.Average(), spread = Year.Sum(year => (year - middle) * (year - middle));
        double slope = Year.Zip(Temperature, (year, y) => (year - middle) * y).Sum() / spread;
        double level = Temperature.Average() - (slope * middle);
        double squares = Year.Zip(Temperature, (year, y) => Math.Pow(y - level - (slope * year), 2)).Sum();
        double variance = squares / (Years - 2) * (Years - 2) / (Years - 4);
        return
        [
            Moments.Exact("level", level, Math.Sqrt(variance * ((1.0 / Years) + (middle * middle / spread)))),
            Moments.Exact("slope", slope, Math.Sqrt(variance / spread)),
        ];
    }

    private static (KeptDraws<TElement> Draws, SamplingResult Result) Run<TElement>(string name, Posterior posterior, SimdEngine engine)
        where TElement : unmanaged
    {
        using (engine)
        {
            return Find(name).Sample<TElement>(
                posterior, new() { ChainCount = 64, WarmupCount = 400, DrawCount = 100, Seed = 2 }, engine, cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    private static Sampler Find(string name) => name switch
    {
        "hmc" => new HamiltonianMonteCarloSampler(),
        "nuts" => new NoUTurnSampler(),
        "chees" => new CheesSampler(),
        "snaper" => new SnaperSampler(),
        "mams" => new MicrocanonicalSampler(),
        "slice" => new SliceSampler(),
        _ => new RandomWalkMetropolisSampler(),
    };
}
