using GpuSampling.Engines;
using GpuSampling.Kernels.Tempering;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// Parallel tempering, or replica exchange, for posteriors with several modes: each chain is a ladder of replicas from the posterior
/// to a distribution that is easy to cross, which move by Hamiltonian Monte Carlo and exchange their states. The draws are those of the
/// replica at the posterior.
/// </summary>
/// <remarks>
/// Syed, Bouchard-Côté, Deligiannidis and Doucet, Non-reversible parallel tempering, JRSS B 84 (2022): alternating exchanges and a ladder
/// in which all of them are rejected equally often. <see cref="SamplingResult.Adapted"/> tells the ladder, how often each exchange was
/// rejected (<c>rejection[k]</c>, between levels k and k + 1), their sum, the communication barrier; <c>round_trips</c>, the states that
/// came to the posterior from the hottest level, over all chains; and, where the ladder ends at 0, <c>log_evidence</c> with its standard
/// error: the logarithm of the integral of the density that the model computes, over that of its prior (path
/// <see cref="TemperingPath.Likelihood"/>), or as it is (<see cref="TemperingPath.Reference"/>).
/// The levels of a ladder are neighbours in memory, and whole ladders take turns where memory is short.
/// </remarks>
public sealed class TemperingSampler : Sampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it heats, moves and adapts; null: the defaults.</param>
    public TemperingSampler(TemperingOptions? options = null) => Options = options ?? new TemperingOptions();

    /// <summary>How it heats, moves and adapts.</summary>
    public TemperingOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "tempering";

    internal override bool KeepsExactDensity => false;

    internal override bool RenewsEnergies => true;

    internal override void Check(Posterior posterior, RunOptions run)
    {
        long replicas = (run.FirstChain + run.ChainCount) * Options.LevelCount;
        if (replicas > 1L << 32 || (long)run.ChainCount * Options.LevelCount > int.MaxValue)
        {
            throw new ArgumentException(
                $"{run.ChainCount} chains from {run.FirstChain} on with {Options.LevelCount} levels each need the streams of {replicas} replicas; allowed are 2³², of which a run has 2³¹ − 1.",
                nameof(run));
        }
    }

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        TemperingPath path = Options.Path ?? (posterior.Model.DataTermCount > 0 ? TemperingPath.Likelihood : TemperingPath.Reference);
        RunOptions replicas = run with { ChainCount = run.ChainCount * Options.LevelCount, FirstChain = run.FirstChain * Options.LevelCount };
        return new TemperingProgram(new ReplicaChains<TModel>(posterior, replicas, engine, precision, Options, path), Options);
    }
}
