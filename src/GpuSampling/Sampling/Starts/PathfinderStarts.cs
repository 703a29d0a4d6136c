using GpuSampling.Pathfinding;

namespace GpuSampling.Sampling;

/// <summary>
/// Starts at draws of <see cref="Pathfinder"/>, which each chain chooses by their importance weights. Immutable.
/// </summary>
/// <remarks>
/// Several chains may choose the same draw where weights are uneven. The seed and the initial radius are those of the run and its sampler.
/// </remarks>
public sealed record PathfinderStarts : ChainStarts
{
    private readonly PathfinderOptions options = new();

    /// <summary>How paths are taken; their seed and initial radius are ignored.</summary>
    public PathfinderOptions Options
    {
        get => options;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Options));
            options = value;
        }
    }

    internal override void Place(Chains chains, double radius, CancellationToken cancellationToken)
    {
        PathfinderResult found = Pathfinder.Approximate(
            chains.Posterior, Options with { Seed = chains.Run.Seed, InitialRadius = radius }, cancellationToken: cancellationToken);
        if (!double.IsFinite(found.LogEvidence))
        {
            throw new InitializationException(
                $"None of {Options.PathCount} paths of Pathfinder found an approximation: the density of model {chains.Posterior.Name} was finite at no start within ±{radius.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)} of 0 in unconstrained space in 100 tries, or has no curvature there.");
        }

        chains.CountEarlierEvaluations(found.Paths.Sum(path => path.EvaluationCount));
        chains.StartAt(
            (chain, attempt, position) => found.Position(found.Choose((uint)(chains.Run.FirstChain + chain), attempt)).CopyTo(position),
            isDrawn: true,
            "at draws of Pathfinder",
            cancellationToken);
    }
}
