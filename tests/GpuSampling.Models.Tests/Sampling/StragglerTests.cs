using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.References;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Sampling;

/// <summary>Two normal summits 60 apart in a plane; the second is lower by a given logarithm, or as high.</summary>
[Model]
public sealed partial class TwoSummits
{
    [Data] public required double drop;

    [Parameter("2")] private double[] x = [];

    private double LogDensity() => Special.LogAddExp(
        Density.Normal(x[0], 20, 1.5) + Density.StandardNormal(x[1]),
        Density.Normal(x[0], -40, 1) + Density.StandardNormal(x[1]) - drop);
}

/// <summary>Chains that a warm-up leaves behind begin again where others are, and only those.</summary>
public sealed class StragglerTests
{
    [Fact]
    public void Only_what_is_far_below_most_is_left_behind()
    {
        // 63 chains like a normal density of ten parameters, and one further and further below.
        System.Random random = new(1);
        double[] densities = [.. Enumerable.Range(0, 64).Select(_ => -0.5 * Enumerable.Range(0, 10).Sum(_ => Math.Pow(Normal(), 2)))];
        double threshold = Stragglers.Threshold(densities);
        Assert.InRange(threshold, -60, -20);
        Assert.All(densities, one => Assert.True(one > threshold));
        densities[0] = double.NaN;
        Assert.InRange(Stragglers.Threshold(densities), -60, -20);

        // A spread that is itself wide, as in the neck and mouth of a funnel, moves the threshold out.
        double[] wide = [.. Enumerable.Range(0, 64).Select(i => 10.0 * i)];
        Assert.True(wide.Min() > Stragglers.Threshold(wide));
        Assert.Equal(double.NegativeInfinity, Stragglers.Threshold(densities.AsSpan(0, Stragglers.FewestChains - 1)));
        Assert.Equal(double.NegativeInfinity, Stragglers.Threshold([.. Enumerable.Repeat(double.NaN, 32)]));

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>Four numbers with each sampler: one is beyond 4 by chance once in 16,000. The seed is fixed.</summary>
    [Theory]
    [InlineData("hmc")]
    [InlineData("nuts")]
    [InlineData("snaper")]
    [InlineData("mala")]
    [InlineData("rwm")]
    [InlineData("meads")]
    public void Chains_on_a_minor_summit_join_the_others(string name)
    {
        // Starts uniform over both valleys, two thirds of them on the higher summit's side of the pass.
        (KeptDraws<float> draws, SamplingResult result) = Run(name, drop: 200);
        Assert.InRange(result.RestartedChainCount, 1, 60);
        Moments[] exact = [Moments.Exact("x[1]", 20, 1.5), Moments.Exact("x[2]", 0, 1)];
        Agreement.AssertAgrees(exact, RunMoments.Of(draws));
        Assert.Contains(Warnings(draws, result), warning => warning.Contains("left behind", StringComparison.Ordinal));
    }

    [Fact]
    public void Summits_that_matter_keep_their_chains()
    {
        (KeptDraws<float> draws, SamplingResult result) = Run("nuts", drop: 3);
        Assert.Equal(0, result.RestartedChainCount);
        Assert.InRange(draws["x[1]"].ToArray().Count(x => x < 0), 1, draws["x[1]"].Length - 1);
        Assert.DoesNotContain(Warnings(draws, result), warning => warning.Contains("left behind", StringComparison.Ordinal));
        Assert.Contains(Warnings(draws, result), warning => warning.StartsWith("R-hat", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Warnings(KeptDraws<float> draws, SamplingResult result) =>
        result.Summarize(draws, cancellationToken: TestContext.Current.CancellationToken).Warnings;

    private static (KeptDraws<float> Draws, SamplingResult Result) Run(string name, double drop)
    {
        const double radius = 50;
        Sampler sampler = name switch
        {
            "hmc" => new HamiltonianMonteCarloSampler(new() { InitialRadius = radius }),
            "nuts" => new NoUTurnSampler(new() { InitialRadius = radius }),
            "snaper" => new SnaperSampler(new() { InitialRadius = radius }),
            "mala" => new LangevinSampler(new() { InitialRadius = radius }),
            "meads" => new MeadsSampler(new() { InitialRadius = radius }),
            _ => new RandomWalkMetropolisSampler(new() { InitialRadius = radius }),
        };
        RunOptions run = new() { ChainCount = 64, WarmupCount = 1000, DrawCount = 200, Thinning = name is "rwm" or "meads" ? 10 : 2, Seed = 3, Starts = new UniformStarts() };
        using SimdEngine engine = new();
        return sampler.Sample<float>(
            new TwoSummits { drop = drop }.ToPosterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken);
    }
}
