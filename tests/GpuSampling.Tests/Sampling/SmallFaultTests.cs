using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Optimization;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>Input that is refused with its cause.</summary>
public sealed class SmallFaultTests
{
    [Fact]
    public void A_prior_that_breaks_a_constraint_is_named()
    {
        Posterior<GumbelModel> posterior = new("gumbel", new GumbelModel(1), ModelData.Empty, new OutputShape("x", 1), new OutputShape("u"))
        {
            PriorDrawing = (_, result) => result.Bounded("rate", -1, 0, null),
        };
        using SimdEngine engine = new();
        InitializationException fault = Assert.Throws<InitializationException>(() => new HamiltonianMonteCarloSampler().Sample<double>(
            posterior, new RunOptions { ChainCount = 3, Starts = new PriorStarts() }, engine, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("rate", fault.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<ArgumentException>(fault.InnerException);
    }

    [Fact]
    public void Annealing_that_heats_is_refused()
    {
        using SimdEngine engine = new();
        SimulatedAnnealingOptions options = new() { InitialInverseTemperature = 2, FinalInverseTemperature = 1, TransitionCount = 4, ChainCount = 2 };
        ArgumentException fault = Assert.Throws<ArgumentException>(
            "options", () => SimulatedAnnealing.FindModes(GumbelModel.Posterior(), options, engine, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("heats", fault.Message, StringComparison.Ordinal);
        SimulatedAnnealing.FindModes(GumbelModel.Posterior(), options with { FinalInverseTemperature = 2 }, engine, cancellationToken: TestContext.Current.CancellationToken);
    }
}
