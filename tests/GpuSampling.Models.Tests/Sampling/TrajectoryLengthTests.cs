using GpuSampling.Engines;
using GpuSampling.Models;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Sampling;

/// <summary>The trajectory length that SNAPER-HMC keeps on a normal distribution, for which the best one is known.</summary>
public sealed class TrajectoryLengthTests
{
    /// <summary>It comes out 7 to 8 % short (noise pulls the average of logarithms down); a sixth less still, which the criterion alone would keep, is outside the bounds.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void It_is_the_one_of_the_largest_effective_sizes(int seed)
    {
        using SimdEngine engine = new();
        SamplingResult result = new SnaperSampler().Sample<double>(
            TestTargets.CorrelatedGaussian(20),
            new RunOptions { ChainCount = 512, WarmupCount = 800, DrawCount = 1, Seed = (ulong)seed },
            engine,
            cancellationToken: TestContext.Current.CancellationToken).Result;
        double length = result.Adapted.Single(pair => pair.Key == "trajectory_length").Value;
        double best = Best(result.StepSize);
        Assert.InRange(length / best, 0.87, 1.12);
        Assert.NotInRange(length / 1.2 / best, 0.87, 1.12);
    }

    /// <summary>The length for which the smaller of the effective sizes of mean and square is largest per step, on a grid.</summary>
    private static double Best(double step) =>
        Enumerable.Range(50, 300).Select(hundredths => hundredths / 100.0).MaxBy(length => EffectiveSize(step, length));

    /// <summary>
    /// Of neighbouring draws along a standard normal direction, which turn by an angle t, the correlation is cos t, and that of their
    /// squares is cos² t; t is a number of whole steps that covers a uniform share of the length.
    /// </summary>
    private static double EffectiveSize(double step, double length)
    {
        const int Count = 1000;
        double steps = 0, ofMean = 0, ofSquare = 0;
        for (int i = 0; i < Count; i++)
        {
            double count = Math.Max(1, Math.Ceiling((i + 0.5) / Count * length / step));
            double cosine = Math.Cos(count * step);
            (steps, ofMean, ofSquare) = (steps + count, ofMean + cosine, ofSquare + (cosine * cosine));
        }

        double largest = Math.Max(ofMean, ofSquare) / Count;
        return (1 - largest) / (1 + largest) / steps;
    }
}
