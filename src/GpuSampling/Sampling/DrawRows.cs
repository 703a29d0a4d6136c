using System.Collections.Immutable;

namespace GpuSampling.Sampling;

/// <summary>
/// What the rows of a draw are: the statistics that all samplers have first, then the model's outputs, then the sampler's own
/// statistics.
/// </summary>
/// <param name="OutputLabels">The labels of the model's outputs.</param>
public sealed record DrawRows(ImmutableArray<string> OutputLabels)
{
    /// <summary>The row of log π.</summary>
    public const int LogDensity = 0;

    /// <summary>The row of the total energy.</summary>
    public const int Energy = 1;

    /// <summary>The row of acceptance probabilities.</summary>
    public const int Acceptance = 2;

    /// <summary>The row that holds 1 where the transition diverged.</summary>
    public const int Divergent = 3;

    /// <summary>The row of the first output.</summary>
    public const int Outputs = 4;

    /// <summary>The labels of the sampler's own statistics, such as <c>tree_depth</c>: the rows after the outputs.</summary>
    public ImmutableArray<string> StatisticLabels { get; init; } = [];

    /// <summary>The number of rows.</summary>
    public int Count => Outputs + OutputLabels.Length + StatisticLabels.Length;
}
