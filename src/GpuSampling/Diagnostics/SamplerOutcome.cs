namespace GpuSampling.Diagnostics;

/// <summary>What a sampler reports of a run beside its draws, for the run's lines of a summary.</summary>
public sealed record SamplerOutcome
{
    /// <summary>Transitions, after warm-up, that diverged; of all chains together. Not negative.</summary>
    public long Divergences { get; init; }

    /// <summary>Whether <see cref="Divergences"/> is known: not of files that keep other statistics only. True unless set.</summary>
    public bool KnowsDivergences { get; init; } = true;

    /// <summary>What divergences mean and what helps, as the sampler has it: the end of the sentence that warns of them.</summary>
    internal string DivergenceAdvice { get; init; } = Sampling.Sampler.CommonDivergenceAdvice;

    /// <summary>All transitions after warm-up, of all chains together. Not negative.</summary>
    public long Transitions { get; init; }

    /// <summary>
    /// The energy Bayesian fraction of missing information of each chain, or empty for samplers without energies and for thinned draws,
    /// between which energies change more than in a transition (<see cref="EnergyBayesianFractionOfMissingInformation"/>).
    /// </summary>
    public ReadOnlyMemory<double> EnergyFractions { get; init; }

    /// <summary>
    /// How exactly floats knew differences of log densities, as <see cref="Sampling.SamplingResult.DensityError"/> has it; NaN, the
    /// default, where nothing is known of it.
    /// </summary>
    public double DensityError { get; init; } = double.NaN;

    /// <summary>
    /// How often the warm-up placed a chain that was left behind anew, as <see cref="Sampling.SamplingResult.RestartedChainCount"/> has it.
    /// </summary>
    public int RestartedChains { get; init; }

    /// <summary>Kept draws whose trajectory was cut off at the most doublings allowed; of all chains together. Not negative.</summary>
    public long SaturatedTrees { get; init; }

    /// <summary>States that tempering brought to the posterior from its hottest level, over all chains; NaN, the default, for other samplers.</summary>
    public double RoundTrips { get; init; } = double.NaN;

    /// <summary>The sum over a ladder of how often its exchanges are rejected; NaN, the default, for samplers other than tempering.</summary>
    public double CommunicationBarrier { get; init; } = double.NaN;
}
