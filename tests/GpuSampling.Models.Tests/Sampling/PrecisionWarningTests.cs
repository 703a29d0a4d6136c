using GpuSampling.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Sampling;

/// <summary>A density that floats resolve badly: a standard normal one upon a large constant.</summary>
[Model]
public sealed partial class HighNormal
{
    [Data] public required double height;

    [Parameter] private double x;

    private double LogDensity() => height + Density.StandardNormal(x);
}

/// <summary>Warnings of what a run itself shows: too few bits, trees cut off.</summary>
public sealed class PrecisionWarningTests
{
    [Fact]
    public void Densities_that_need_doubles_are_noticed()
    {
        // Floats near 3 million are ¼ apart: the error is uniform within ± an eighth, give or take one more rounding.
        Posterior high = new HighNormal { height = 3e6 }.ToPosterior();
        (double error, IReadOnlyList<string> warnings) = Run<float>(new NoUTurnSampler(), high);
        Assert.InRange(error, 0.04, 0.25);

        // Near 30 million they are 2 apart: a density below the best by up to 0.08 is rounded up, all others down, so that chains gather where
        // the former is, and differ there by little.
        Assert.InRange(Run<float>(new NoUTurnSampler(), new HighNormal { height = 3e7 }.ToPosterior()).Error, 0.1, 2.5);
        Assert.Contains(Run<float>(new NoUTurnSampler(), new HighNormal { height = 3e7 }.ToPosterior()).Warnings, IsOfPrecision);
        Assert.Equal(error > 0.1, warnings.Any(IsOfPrecision));

        (error, warnings) = Run<double>(new NoUTurnSampler(), new HighNormal { height = 3e7 }.ToPosterior());
        Assert.Equal(double.NaN, error);
        Assert.DoesNotContain(warnings, IsOfPrecision);
        (error, warnings) = Run<float>(new NoUTurnSampler(), EightSchools.Posterior());
        Assert.InRange(error, 1e-8, 1e-4);
        Assert.DoesNotContain(warnings, IsOfPrecision);

        static bool IsOfPrecision(string warning) => warning.Contains("64 bits", StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sampler_that_keeps_its_density_is_compared()
    {
        foreach (string name in (string[])["hmc-dense", "rwm", "chees", "mala", "barker", "mams", "meads", "stretch", "slice", "elliptical-slice"])
        {
            double error = Run<float>(TestSupport.EngineSuite.SuiteSamplers.Find(name), EightSchools.Posterior()).Error;
            Assert.True(error is > 1e-8 and < 1e-3, $"{name}: {error}");
        }
    }

    [Fact]
    public void Trees_cut_off_are_noticed()
    {
        Assert.Contains(Run<float>(new NoUTurnSampler(new() { MaximumTreeDepth = 1 }), EightSchools.Posterior()).Warnings, IsOfTrees);
        Assert.DoesNotContain(Run<float>(new NoUTurnSampler(), EightSchools.Posterior()).Warnings, IsOfTrees);

        static bool IsOfTrees(string warning) => warning.Contains("cut off at the greatest tree depth", StringComparison.Ordinal);
    }

    private static (double Error, IReadOnlyList<string> Warnings) Run<TElement>(Sampler sampler, Posterior posterior)
        where TElement : unmanaged
    {
        using SimdEngine engine = new();
        RunOptions run = new() { ChainCount = 72, WarmupCount = 100, DrawCount = 20, Seed = 2 };
        (KeptDraws<TElement> draws, SamplingResult result) = sampler.Sample<TElement>(
            posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken);
        return (result.DensityError, result.Summarize(draws, cancellationToken: TestContext.Current.CancellationToken).Warnings);
    }
}
