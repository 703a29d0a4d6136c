using System.Globalization;
using System.Text.RegularExpressions;
using GpuSampling.Engines;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

public sealed partial class InitializationTests
{
    [Fact]
    public void Starts_are_drawn_again_until_the_density_is_finite()
    {
        // A quarter of the square is allowed: a chain needs four tries on average.
        KeptDraws<double> draws = Sample(0, 400).Draws;
        for (int i = 0; i < draws.Row(0).Length; i++)
        {
            Assert.True(draws["x[1]"][i] > 0 && draws["x[2]"][i] > 0);
            Assert.Equal(-draws["x[1]"][i] - draws["x[2]"][i], draws.Row(DrawRows.LogDensity)[i], 1e-14);
        }
    }

    [Fact]
    public void Chains_that_found_no_start_are_counted_and_one_is_shown()
    {
        // Allowed is (1.9, 2)², one start in 1,600: of 400 chains, each with a hundred tries, about 376 fail.
        InitializationException exception = Assert.Throws<InitializationException>(() => Sample(1.9, 400));
        Match match = MessageParts().Match(exception.Message);
        Assert.True(match.Success, exception.Message);
        Assert.InRange(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 350, 395);
        Assert.InRange(long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), 1000, 1399);
        double[] tried = [.. match.Groups[3].Value.Split(", ").Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(2, tried.Length);
        Assert.All(tried, coordinate => Assert.InRange(coordinate, -2, 2));
        Assert.True(tried.Min() < 1.9);
    }

    [Fact]
    public void Failures_are_found_in_batches_too()
    {
        string whole = Assert.Throws<InitializationException>(() => Sample(1.9, 400)).Message;
        Assert.Equal(whole, Assert.Throws<InitializationException>(() => Sample(1.9, 400, 12_000)).Message);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(3.0)]
    public void Starts_are_within_the_radius(double radius)
    {
        // A step so short that chains stay where they start.
        HamiltonianMonteCarloSampler sampler = new(new HamiltonianMonteCarloOptions
        {
            InitialRadius = radius, StepSize = 1e-9, Scales = [1], MaximumLeapfrogCount = 1,
        });
        using SimdEngine engine = new();
        KeptDraws<double> draws = sampler.Sample<double>(
            GumbelModel.Posterior(),
            new RunOptions { ChainCount = 1000, WarmupCount = 0, DrawCount = 1 },
            engine,
            cancellationToken: TestContext.Current.CancellationToken).Draws;
        double[] starts = draws["x[1]"].ToArray();
        Assert.InRange(starts.Max(), 0.98 * radius, radius + 1e-7);
        Assert.InRange(starts.Min(), -radius - 1e-7, -0.98 * radius);
        Assert.InRange(starts.Average(), -0.3, 0.3);
    }

    private static (KeptDraws<double> Draws, SamplingResult Result) Sample(double bound, int chainCount, long? memoryLimit = null)
    {
        using SimdEngine engine = new() { MemoryLimit = memoryLimit };
        return new HamiltonianMonteCarloSampler().Sample<double>(
            HalfLineModel.Posterior(bound),
            new RunOptions { ChainCount = chainCount, WarmupCount = 20, DrawCount = 5, FirstChain = 1000, Seed = 4 },
            engine,
            cancellationToken: TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"^(\d+) of 400 chains found no start with a finite log density and gradient in 100 tries within ±2 of 0 in unconstrained space\. Chain (\d+) tried last \((.*)\), which is x\[1\] = (.*), x\[2\] = (.*)\.$")]
    private static partial Regex MessageParts();
}
