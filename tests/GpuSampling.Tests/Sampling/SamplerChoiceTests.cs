using GpuSampling.Engines;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>Which sampler is taken, and what samplers refuse.</summary>
public sealed class SamplerChoiceTests
{
    [Theory]
    [InlineData(4, 1000, "nuts")]
    [InlineData(1, 300, "nuts")]
    [InlineData(1024, 300, "snaper")]
    [InlineData(1024, 20, "hmc")]
    public void The_choice_follows_chains_and_warm_up(int chains, int warmup, string expected)
    {
        SamplerChoice choice = SamplerChoice.For(GumbelModel.Posterior(), new RunOptions { ChainCount = chains, WarmupCount = warmup });
        Assert.Equal(expected, choice.Sampler.Name);
        Assert.NotEmpty(choice.Reason);
    }

    [Fact]
    public void What_a_sampler_cannot_do_is_refused()
    {
        RunOptions run = new() { ChainCount = 20, WarmupCount = 20, DrawCount = 2 };
        AssertRefused("run", new CheesSampler(), run with { ChainCount = 1 }, "at least 2");
        AssertRefused("run", new MeadsSampler(), run with { ChainCount = 3 }, "at least 16");
        AssertRefused("run", new MeadsSampler(), run with { WarmupCount = 0 }, "and 2");
        AssertRefused("posterior", new MicrocanonicalSampler(), run, "at least 2");
        AssertRefused("posterior", new RandomWalkMetropolisSampler(new() { Metric = MetricKind.Fisher }), run, "gradients");
        AssertRefused("posterior", new NoUTurnSampler(new() { Scales = [1, 2] }), run, "2 scales");
        AssertRefused("posterior", new NoUTurnSampler(new() { Scales = [1], Metric = MetricKind.Dense }), run, "Metric Dense");
        AssertRefused("posterior", new SnaperSampler(new() { Scales = [1], Metric = MetricKind.LowRank }), run, "Metric LowRank");
        AssertRefused("posterior", new HamiltonianMonteCarloSampler(new() { Scales = [1], Metric = MetricKind.Fisher }), run, "Metric Fisher");
    }

    [Fact]
    public void Options_are_checked_when_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>("MaximumTreeDepth", () => new NoUTurnOptions { MaximumTreeDepth = 21 });
        Assert.Throws<ArgumentOutOfRangeException>("MaximumTreeDepth", () => new NoUTurnOptions { MaximumTreeDepth = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("DivergenceThreshold", () => new NoUTurnOptions { DivergenceThreshold = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("TrajectoryLength", () => new CheesOptions { TrajectoryLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("MaximumLeapfrogCount", () => new SnaperOptions { MaximumLeapfrogCount = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("StepSizeFactor", () => new MeadsOptions { StepSizeFactor = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>("Metric", () => new BarkerOptions { Metric = (MetricKind)9 });
    }

    [Fact]
    public void What_a_run_learnt_can_be_given_to_a_shard()
    {
        using SimdEngine engine = new();
        RunOptions run = new() { ChainCount = 60, WarmupCount = 60, DrawCount = 4 };
        SamplingResult adapted = new SnaperSampler().Sample<double>(
            GumbelModel.Posterior(2), run, engine, cancellationToken: TestContext.Current.CancellationToken).Result;
        SnaperSampler given = new(new()
        {
            StepSize = adapted.StepSize,
            Scales = adapted.Scales,
            TrajectoryLength = adapted.Adapted.Single(pair => pair.Key == "trajectory_length").Value,
        });
        KeptDraws<double> whole = given.Sample<double>(
            GumbelModel.Posterior(2), run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        KeptDraws<double> shard = given.Sample<double>(
            GumbelModel.Posterior(2), run with { ChainCount = 1, FirstChain = 41 }, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        for (int draw = 0; draw < 4; draw++)
        {
            Assert.Equal(whole["x[2]"][(draw * 60) + 41], shard["x[2]"][draw]);
        }
    }

    private static void AssertRefused(string name, Sampler sampler, RunOptions run, string part)
    {
        using SimdEngine engine = new();
        ArgumentException exception = Assert.Throws<ArgumentException>(name, () => sampler.Sample<float>(
            GumbelModel.Posterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }
}
