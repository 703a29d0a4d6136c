using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Starts;

/// <summary>Runs whose chains stay where they start: steps too short to change any bit of a position.</summary>
internal static class StartRun
{
    public static RunOptions Options(ChainStarts starts, int chainCount) => new() { ChainCount = chainCount, WarmupCount = 0, DrawCount = 1, Seed = 8, Starts = starts };

    /// <summary>The outputs at the starts: [label][chain].</summary>
    public static double[][] Of(Posterior posterior, ChainStarts starts, int chainCount) => Of(posterior, Options(starts, chainCount));

    public static double[][] Of(Posterior posterior, RunOptions run, long? memoryLimit = null)
    {
        using SimdEngine engine = new(VectorWidth.Widest, 1) { MemoryLimit = memoryLimit };
        KeptDraws<double> draws = new HamiltonianMonteCarloSampler(new() { StepSize = 1e-300, MaximumLeapfrogCount = 1 })
            .Sample<double>(posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        return [.. Enumerable.Range(0, draws.Labels.Count).Select(output => draws.Output(output).ToArray())];
    }
}
