using GpuSampling.Numerics;

namespace GpuSampling.Pathfinding;

/// <summary>How Pathfinder climbs and draws. Immutable; every value is checked when set.</summary>
public sealed record PathfinderOptions : Sampling.IRunOptions
{
    /// <summary>The most paths at once.</summary>
    internal const int MostThreads = 1024;

    private readonly int pathCount = 8;
    private readonly int drawsPerPath = 125;
    private readonly int evidenceDraws = 25;
    private readonly int historySize = 15;
    private readonly int mostIterations = 1000;
    private readonly double initialRadius = 2;
    private readonly int threads;

    /// <summary>Paths from different starts, 1 to 10⁶. Default 8. More of them find more of a posterior with several modes.</summary>
    public int PathCount
    {
        get => pathCount;
        init => pathCount = Allowed.Between(1, 1_000_000, value);
    }

    /// <summary>Draws of the approximation of each path, 1 to 10⁶. Default 125.</summary>
    public int DrawsPerPath
    {
        get => drawsPerPath;
        init => drawsPerPath = Allowed.Between(1, 1_000_000, value);
    }

    /// <summary>Draws that estimate the evidence bound of each iterate, 1 to 10⁶; from 2 on with its error, which the choice among iterates takes into account. Default 25.</summary>
    public int EvidenceDraws
    {
        get => evidenceDraws;
        init => evidenceDraws = Allowed.Between(1, 1_000_000, value);
    }

    /// <summary>
    /// J, the latest steps that an inverse Hessian is made of, 1 to 100. Default 15: beside the paper's 6, normal distributions of 4, 6 and 10
    /// dimensions are found in 0.84, 0.58 and 0.47 of the steps, with covariances off by 0.025, 0.06 and 0.13 standard deviations for 0.06, 0.21 and 0.42.
    /// </summary>
    public int HistorySize
    {
        get => historySize;
        init => historySize = Allowed.Between(1, 100, value);
    }

    /// <summary>The most steps of a path, 1 to 10⁶. Default 1000.</summary>
    public int MostIterations
    {
        get => mostIterations;
        init => mostIterations = Allowed.Between(1, 1_000_000, value);
    }

    /// <summary>Paths start uniformly within ± this in unconstrained space; a finite number, 0 or more. Default 2.</summary>
    public double InitialRadius
    {
        get => initialRadius;
        init => initialRadius = Allowed.NotNegative(value);
    }

    /// <summary>The seed: with the model and the other options it fixes every bit. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many paths run at once, 0 to 1024; 0, the default: one per core. The result does not depend on it.</summary>
    [Sampling.LeavesNoMark]
    public int Threads
    {
        get => threads;
        init => threads = Allowed.Between(0, MostThreads, value);
    }
}
