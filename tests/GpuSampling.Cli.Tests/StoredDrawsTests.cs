using GpuSampling.Engines;
using GpuSampling.Interchange;
using GpuSampling.Models;
using GpuSampling.Sampling;

namespace GpuSampling.Cli.Tests;

/// <summary>Draws read back from a folder of results are those of the run, by name.</summary>
public sealed class StoredDrawsTests
{
    [Fact]
    public async Task ParametersAndStatisticsAreThereByName()
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of(
            "sample", "eight-schools", "--sampler", "nuts", "--chains", "8", "--warmup", "40", "--draws", "20", "--seed", "5", "--engine", "scalar", "--out", folder.Path);
        Assert.Equal(0, run.ExitCode);
        StoredDraws stored = StoredDraws.Read([folder.Path], TestContext.Current.CancellationToken);
        using SimdEngine engine = new();
        RunOptions size = new() { ChainCount = 8, WarmupCount = 40, DrawCount = 20, Seed = 5 };
        (KeptDraws<float> draws, SamplingResult result) = new NoUTurnSampler().Sample<float>(EightSchools.Posterior(), size, engine, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Array.ConvertAll(draws["theta[3]"].ToArray(), value => (double)value), stored["theta[3]"].ToArray());
        Assert.Equal(Array.ConvertAll(draws.Statistic("tree_depth").ToArray(), value => (double)value), stored.Statistic("tree_depth").ToArray());
        Assert.Contains("energy", stored.StatisticNames);
        Assert.Equal("nuts", stored.Sampler);
        Assert.False(stored.ChainsAreCoupled);
        Assert.Equal(result.DivergenceCount, stored.Outcome!.Divergences);
        Assert.Contains("there are theta[1]", Assert.Throws<ArgumentException>("label", () => stored["theta"].Length).Message, StringComparison.Ordinal);
        Assert.Contains("tree_depth", Assert.Throws<ArgumentException>("name", () => stored.Statistic("depth").Length).Message, StringComparison.Ordinal);

        // Another run's draws are not summarized.
        (KeptDraws<float> others, _) = new NoUTurnSampler().Sample<float>(TestTargets.Banana(), size, engine, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("the run's own draws", Assert.Throws<ArgumentException>("draws", () => result.Summarize(others, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }
}
