using GpuSampling.Engines;
using GpuSampling.Kernels.Tempering;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.References;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Tempering;

/// <summary>Parallel tempering on a posterior of two peaks far apart, of which everything is known.</summary>
/// <remarks>Each figure is off by four standard errors by chance once in 16,000. The seeds are fixed.</remarks>
public sealed class TemperingTests
{
    [Theory]
    [InlineData(TemperingPath.Likelihood, false)]
    [InlineData(TemperingPath.Likelihood, true)]
    [InlineData(TemperingPath.Reference, false)]
    public void Peaks_have_their_weights_and_the_evidence_is_found(TemperingPath path, bool isDouble)
    {
        RunOptions run = new() { ChainCount = 128, WarmupCount = 400, DrawCount = 400, Seed = 4 };
        TemperingSampler sampler = new(new TemperingOptions { Path = path, MaximumLeapfrogCount = 32 });
        (double worst, SamplingResult result) = isDouble ? Run<double>(sampler, run) : Run<float>(sampler, run);
        Dictionary<string, double> adapted = result.Adapted.ToDictionary();
        Assert.True(worst < 4, $"z = {worst:F2}");
        double error = adapted["log_evidence_error"];
        TestContext.Current.TestOutputHelper?.WriteLine($"log evidence {adapted["log_evidence"]} ± {error}, exactly {UnequalModesTruth.LogEvidence}");
        Assert.InRange(error, 1e-4, 0.05);
        Assert.InRange((adapted["log_evidence"] - UnequalModesTruth.LogEvidence) / error, -4, 4);

        // The ladder was respaced: all exchanges are rejected about equally often.
        double[] rejections = [.. adapted.Where(one => one.Key.StartsWith("rejection", StringComparison.Ordinal)).Select(one => one.Value)];
        Assert.Equal(7, rejections.Length);
        Assert.All(rejections, one => Assert.InRange(one, rejections.Average() - 0.08, rejections.Average() + 0.08));
        Assert.True(adapted["round_trips"] > run.ChainCount, $"{adapted["round_trips"]} round trips.");
    }

    /// <summary>The same scores find that chains without tempering stay in the peak that they reach first.</summary>
    [Fact]
    public void Without_tempering_the_weights_are_wrong()
    {
        RunOptions run = new() { ChainCount = 128, WarmupCount = 400, DrawCount = 400, Seed = 4 };
        (double worst, _) = Run<float>(new HamiltonianMonteCarloSampler(new() { MaximumLeapfrogCount = 32 }), run);
        Assert.True(worst > 8, $"z = {worst:F2}");
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(300, false)]
    public void A_run_too_short_for_round_trips_warns(int draws, bool warns)
    {
        RunOptions run = new() { ChainCount = 32, WarmupCount = 150, DrawCount = draws, Seed = 4 };
        using SimdEngine engine = new();
        (KeptDraws<float> kept, SamplingResult result) = new TemperingSampler(new() { MaximumLeapfrogCount = 16 }).Sample<float>(
            UnequalModesTruth.Posterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        IEnumerable<string> warnings = result.Summarize(kept, cancellationToken: TestContext.Current.CancellationToken).Warnings;
        Assert.Equal(warns, warnings.Any(warning => warning.Contains("from the hottest level", StringComparison.Ordinal)));
    }

    [Fact]
    public void Ladders_stay_together_in_batches()
    {
        TemperingSampler sampler = new(new TemperingOptions { LevelCount = 5, MaximumLeapfrogCount = 8 });
        RunOptions run = new() { ChainCount = 60, WarmupCount = 24, DrawCount = 6, Seed = 1 };
        using SimdEngine engine = new(), small = new() { MemoryLimit = 40_000 };
        (KeptDraws<float> expected, SamplingResult one) = sampler.Sample<float>(
            UnequalModesTruth.Posterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        (KeptDraws<float> actual, SamplingResult several) = sampler.Sample<float>(
            UnequalModesTruth.Posterior(), run, small, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, one.BatchCount);
        Assert.InRange(several.BatchCount, 2, 4);
        Assert.Equal(expected["x[1]"].ToArray(), actual["x[1]"].ToArray());
        Assert.Equal(one.Adapted, several.Adapted);
    }

    [Theory]
    [InlineData(0.9, 0.5)]
    [InlineData(1, 1)]
    [InlineData(1, -0.1)]
    public void Ladders_that_do_not_fall_from_one_are_refused(double first, double second) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TemperingOptions { InverseTemperatures = [first, second] });

    private static (double Worst, SamplingResult Result) Run<TElement>(Sampler sampler, RunOptions run)
        where TElement : unmanaged, IConvertible
    {
        using SimdEngine engine = new();
        (KeptDraws<TElement> draws, SamplingResult result) = sampler.Sample<TElement>(
            UnequalModesTruth.Posterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        double worst = Math.Abs(Score(draws["x[1]"], value => value > 0 ? 1 : 0, UnequalModesTruth.SecondWeight));
        for (int i = 0; i < 2; i++)
        {
            double mean = Score(draws[$"x[{i + 1}]"], value => value, UnequalModesTruth.Mean(i));
            double square = Score(draws[$"x[{i + 1}]"], value => value * value, UnequalModesTruth.Square(i));
            worst = Math.Max(worst, Math.Max(Math.Abs(mean), Math.Abs(square)));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{sampler.Name}: worst {worst:F2}; {string.Join(", ", result.Adapted.Select(one => $"{one.Key} {one.Value:G4}"))}; acceptance {result.MeanAcceptance:F3}, {result.GradientCount} gradients, {result.StepSize}");
        return (worst, result);

        double Score(ReadOnlySpan<TElement> values, Func<double, double> function, double exact)
        {
            double[] means = new double[run.ChainCount];
            for (int i = 0; i < values.Length; i++)
            {
                means[i % run.ChainCount] += function(values[i].ToDouble(null)) / run.DrawCount;
            }

            (double mean, double error) = RunMoments.MeanOfChains(means);
            return (mean - exact) / Math.Max(error, 1e-6);
        }
    }
}
