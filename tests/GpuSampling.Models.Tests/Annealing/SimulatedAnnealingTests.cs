using System.Collections.Immutable;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.Tempering;
using GpuSampling.Optimization;

namespace GpuSampling.Models.Tests.Annealing;

/// <summary>Simulated annealing where the modes are known.</summary>
public sealed class SimulatedAnnealingTests
{
    [Theory]
    [InlineData(VectorWidth.Widest)]
    [InlineData(VectorWidth.Scalar)]
    public void The_mode_of_rosenbrocks_function_is_found(VectorWidth width)
    {
        using SimdEngine engine = new(width);
        ImmutableArray<Mode> modes = Find(new Rosenbrock().ToPosterior(), new() { ChainCount = 20, TransitionCount = 1500 }, engine);
        Mode best = modes[0];
        Assert.InRange(best.LogDensity, -1e-6, 0);
        Assert.InRange(best.Position[0], 0.998, 1.002);
        Assert.InRange(best.Outputs[1], 0.996, 1.004);
        Assert.Equal(20, modes.Sum(mode => mode.ChainCount));
    }

    /// <summary>Chains that never cool do not come near.</summary>
    [Fact]
    public void Without_cooling_it_is_not()
    {
        using SimdEngine engine = new();
        ImmutableArray<Mode> modes = Find(
            new Rosenbrock().ToPosterior(), new() { ChainCount = 20, TransitionCount = 1500, FinalInverseTemperature = 0.01 }, engine);
        Assert.True(modes[0].LogDensity < -1e-6, $"{modes[0].LogDensity}");
    }

    [Fact]
    public void The_higher_of_two_peaks_is_found_by_more_chains_that_begin_hot_and_both_by_those_that_do_not()
    {
        using SimdEngine engine = new();
        double[] summit = [UnequalModesTruth.PeakMean(0, 0), UnequalModesTruth.PeakMean(0, 1)];
        ImmutableArray<Mode> hot = Find(UnequalModesTruth.Posterior(), new() { ChainCount = 64, TransitionCount = 2000 }, engine);
        ImmutableArray<Mode> cold = Find(
            UnequalModesTruth.Posterior(), new() { ChainCount = 64, TransitionCount = 2000, InitialInverseTemperature = 100, InitialRadius = 6 }, engine);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("; ", hot.Select(mode => $"{mode.ChainCount} at {string.Join(", ", mode.Position)}")));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("; ", cold.Select(mode => $"{mode.ChainCount} at {string.Join(", ", mode.Position)}")));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(summit[i], hot[0].Position[i], 2e-3);
            Assert.Equal(UnequalModesTruth.PeakMean(1, i), cold[1].Position[i], 2e-3);
        }

        Assert.InRange(hot[0].ChainCount, 38, 64);
        Assert.InRange(cold[1].ChainCount, 16, 48);
    }

    private static ImmutableArray<Mode> Find(Posterior posterior, SimulatedAnnealingOptions options, Engine engine) =>
        SimulatedAnnealing.FindModes(posterior, options with { Seed = 3 }, engine, cancellationToken: TestContext.Current.CancellationToken).Modes;
}

/// <summary>Rosenbrock's function, upside down.</summary>
[Model]
public sealed partial class Rosenbrock
{
    [Parameter] private double x;
    [Parameter] private double y;

    private double LogDensity() => -((1 - x) * (1 - x)) - (100 * (y - (x * x)) * (y - (x * x)));
}
