namespace GpuSampling.Sampling;

/// <summary>How far a run has come after its warm-up, and what it has counted on the way.</summary>
internal sealed record RunPosition
{
    /// <summary>The batch under way; those before it have made all their transitions.</summary>
    public int Batch { get; init; }

    /// <summary>The transitions that each chain of this batch has made.</summary>
    public int Transitions { get; init; }

    /// <summary>Divergent transitions.</summary>
    public long Divergences { get; init; }

    /// <summary>Evaluations of density or gradient.</summary>
    public long Evaluations { get; init; }

    /// <summary>The acceptance probabilities.</summary>
    public UnitIntervalSum Acceptance { get; init; }

    /// <summary>The time that sampling took.</summary>
    public TimeSpan Time { get; init; }
}
