namespace GpuSampling.Sampling;

/// <summary>How far a run has come.</summary>
/// <param name="IsWarmup">Whether the sampler is still adapting.</param>
/// <param name="Completed">Transitions per chain made in this phase.</param>
/// <param name="Total">Transitions per chain of this phase.</param>
/// <param name="Elapsed">Time since the run began.</param>
/// <param name="Divergences">Divergent transitions since the warm-up.</param>
public readonly record struct RunProgress(bool IsWarmup, int Completed, int Total, TimeSpan Elapsed, long Divergences);
