using System.Globalization;
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

    /// <summary>How paths are taken; their seed and initial radius are ignored. With 0 threads they take as many as the engine has.</summary>
    public PathfinderOptions Options
    {
        get => options;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Options));
            options = value;
        }
    }

    /// <summary>Whether chains start uniformly where no path finds an approximation, instead of being refused.</summary>
    internal bool IsOptional { get; init; }

    /// <summary>Whether chains start apart from the draws that they choose, and so from one another.</summary>
    internal bool AreApart { get; init; }

    internal override void Place(Chains chains, double radius, CancellationToken cancellationToken)
    {
        if (Find(chains, Options, radius, cancellationToken) is { } found)
        {
            chains.StartAt(
                (chain, attempt, position) =>
                {
                    uint stream = (uint)(chains.Run.FirstChain + chain);
                    if (AreApart)
                    {
                        found.ChooseApart(stream, attempt, position);
                    }
                    else
                    {
                        found.Position(found.Choose(stream, attempt)).CopyTo(position);
                    }
                },
                isDrawn: true,
                "at draws of Pathfinder",
                cancellationToken);
        }
        else if (IsOptional)
        {
            chains.StartUniformly(radius, cancellationToken);
        }
        else
        {
            throw new InitializationException(
                $"None of {Options.PathCount} paths of Pathfinder found an approximation: the density of model {chains.Posterior.Name} was finite at no start within ±{radius.ToString("G6", CultureInfo.InvariantCulture)} of 0 in unconstrained space in 100 tries, or has no curvature there.");
        }
    }

    /// <summary>Takes the paths for the chains of a run; null where none finds an approximation.</summary>
    internal static PathfinderResult? Find(Chains chains, PathfinderOptions options, double radius, CancellationToken cancellationToken)
    {
        // Paths take no more threads than the engine was given, unless they are given some of their own.
        int threads = options.Threads == 0 ? Math.Min(chains.HostThreads, PathfinderOptions.MostThreads) : options.Threads;
        PathfinderResult found = Pathfinder.Approximate(
            chains.Posterior, options with { Seed = chains.Run.Seed, InitialRadius = radius, Threads = threads }, cancellationToken: cancellationToken);
        chains.CountEarlierEvaluations(found.Paths.Sum(path => path.EvaluationCount));
        return double.IsFinite(found.LogEvidence) ? found : null;
    }
}
