namespace GpuSampling.Sampling;

/// <summary>The transitions of a launch.</summary>
internal readonly record struct ChainLaunch
{
    /// <summary>Transitions of one step that move all chains.</summary>
    public ChainLaunch()
    {
    }

    /// <summary>The number of the first transition, from the beginning of the run.</summary>
    public uint FirstStep { get; init; }

    /// <summary>How many, 1 to <see cref="LaunchLength.Most"/>.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Write a draw for every so many; 0 writes none.</summary>
    public int DrawInterval { get; init; }

    /// <summary>Whether chains move; else only their acceptance is found out.</summary>
    public bool MovesChains { get; init; } = true;

    /// <summary>The positions in the running moments with the first transition's; 0 leaves the moments alone.</summary>
    public int FirstMomentCount { get; init; }
}
