namespace GpuSampling.Diagnostics;

/// <summary>What a <see cref="ChainSeries"/> is a function of.</summary>
internal enum SeriesSource
{
    /// <summary>The draws.</summary>
    Draws,

    /// <summary>The normal scores of the draws' ranks.</summary>
    Scores,

    /// <summary>The normal scores of the ranks of the draws' distances from the median.</summary>
    FoldedScores,
}
