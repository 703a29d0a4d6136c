using GpuSampling.Engines;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Sampling;

/// <summary>What the automatic metric comes to.</summary>
public sealed class MetricChoiceTests
{
    [Theory]
    [InlineData(10, 4, 1000, MetricKind.Dense)]
    [InlineData(10, 4, 249, MetricKind.Diagonal)] // 996 transitions for ten parameters
    [InlineData(32, 4096, 100, MetricKind.Dense)]
    [InlineData(33, 4096, 100, MetricKind.Diagonal)]
    [InlineData(1, 4096, 100, MetricKind.Diagonal)]
    [InlineData(5, int.MaxValue, int.MaxValue, MetricKind.Dense)]
    public void Few_parameters_and_many_transitions_make_it_dense(int dimension, int chains, int warmup, MetricKind expected) =>
        Assert.Equal(expected, Metrics.Automatic(dimension, new RunOptions { ChainCount = chains, WarmupCount = warmup }));

    [Fact]
    public void Results_say_what_it_came_to()
    {
        using SimdEngine engine = new();
        RunOptions run = new() { ChainCount = 128, WarmupCount = 40, DrawCount = 2 };
        Assert.Equal(MetricKind.Dense, Metric(new SnaperSampler(), run));
        Assert.Equal(MetricKind.Diagonal, Metric(new SnaperSampler(), run with { ChainCount = 16 }));
        Assert.Equal(MetricKind.LowRank, Metric(new NoUTurnSampler(new() { Metric = MetricKind.LowRank }), run));
        Assert.Equal(MetricKind.Identity, Metric(new NoUTurnSampler(new() { Metric = MetricKind.Identity }), run));
        Assert.Equal(MetricKind.Dense, Metric(new MeadsSampler(), run));
        Assert.Equal(MetricKind.Diagonal, Metric(new MeadsSampler(), run with { ChainCount = 64 }));
        Assert.Null(Metric(new SliceSampler(), run));
        Assert.Throws<ArgumentOutOfRangeException>("Metric", () => new MeadsOptions { Metric = MetricKind.Fisher });

        MetricKind? Metric(Sampler sampler, RunOptions of) =>
            sampler.Sample<float>(EightSchools.Posterior(), of, engine, cancellationToken: TestContext.Current.CancellationToken).Result.Metric;
    }
}
