using System.Collections.Immutable;

namespace GpuSampling.Optimization;

/// <summary>What a search for modes came to.</summary>
/// <param name="Modes">The modes in which chains ended, the highest first. A chain that had not come to rest counts as a mode of its own.</param>
public sealed record ModeSearch(ImmutableArray<Mode> Modes)
{
    /// <summary>Why the last checkpoint that was due could not be written, such as a full disk; null where it was, or none was asked for.</summary>
    public string? CheckpointFailure { get; init; }
}
