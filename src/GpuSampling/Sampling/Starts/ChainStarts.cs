using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// Where the chains of a run start. Immutable. A start whose density or gradient is not finite is drawn again where there is anything to
/// draw; after 100 tries the run is refused with the values tried last.
/// </summary>
/// <remarks>
/// Starts are found before the warm-up, from the seed and the chain's number alone, and are the same on every engine. For R-hat to notice
/// that chains have not met, starts must lie further apart than the posterior does.
/// </remarks>
public abstract record ChainStarts : IRunOptions
{
    private protected ChainStarts()
    {
    }

    /// <summary>Whether all chains have one and the same start.</summary>
    internal virtual bool AreShared(Posterior posterior) => false;

    /// <summary>Throws where the starts do not suit the posterior or the run.</summary>
    /// <param name="posterior">What to sample.</param>
    /// <param name="run">The size and seed of the run.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal virtual void Check(Posterior posterior, RunOptions run)
    {
    }

    /// <summary>Puts every chain at its start and evaluates density and gradient there.</summary>
    /// <param name="chains">The chains on their engine.</param>
    /// <param name="radius">The half width of the sampler's cube in unconstrained space.</param>
    /// <param name="cancellationToken">Observed between launches.</param>
    /// <exception cref="InitializationException">A chain found no start with a finite density.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal abstract void Place(Chains chains, double radius, CancellationToken cancellationToken);
}

/// <summary>Starts uniformly within ± the sampler's initial radius in unconstrained space: the default.</summary>
public sealed record UniformStarts : ChainStarts
{
    internal override void Place(Chains chains, double radius, CancellationToken cancellationToken) =>
        chains.StartUniformly(radius, cancellationToken);
}
