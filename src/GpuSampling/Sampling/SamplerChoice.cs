using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>The sampler to take where none is named.</summary>
/// <param name="Sampler">The sampler, with its defaults.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SamplerChoice(Sampler Sampler, string Reason)
{
    // A trajectory length is learnt in about a hundred transitions of some tens of chains.
    private const int ManyChains = 32;
    private const int LongWarmup = 100;

    /// <summary>Chooses by the number of chains and the length of the warm-up.</summary>
    /// <param name="posterior">What to sample.</param>
    /// <param name="run">The size of the run.</param>
    public static SamplerChoice For(Posterior posterior, RunOptions run)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        ArgumentNullException.ThrowIfNull(run);
        if (MixedModels.HasDiscreteParameters(posterior))
        {
            return new(MixedModels.SamplerFor(posterior), $"{posterior.Name} has discrete parameters, which no gradient moves");
        }

        if (run.WarmupCount < LongWarmup)
        {
            return new(
                new HamiltonianMonteCarloSampler(),
                $"a warm-up of {run.WarmupCount} transitions is too short to learn trajectory lengths in, and trajectories of a given length suit every number of chains");
        }

        return run.ChainCount < ManyChains
            ? new(new NoUTurnSampler(), $"{run.ChainCount} {(run.ChainCount == 1 ? "chain is" : "chains are")} too few to learn a common trajectory length from, and each finds its own")
            : new(new SnaperSampler(), $"{run.ChainCount} chains learn a common trajectory length, so that none waits for another");
    }
}
