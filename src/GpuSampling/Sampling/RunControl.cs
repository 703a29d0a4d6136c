using System.Diagnostics;

namespace GpuSampling.Sampling;

/// <summary>What watches a run and may stop it.</summary>
internal sealed class RunControl(IProgress<RunProgress>? progress, CancellationToken cancellationToken)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Stops the run.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The time since the run began.</summary>
    public TimeSpan Elapsed => clock.Elapsed;

    /// <summary>Tells how far the warm-up has come.</summary>
    /// <param name="completed">Transitions per chain.</param>
    /// <param name="total">Transitions per chain of the warm-up.</param>
    public void ReportWarmup(int completed, int total) => progress?.Report(new RunProgress(true, completed, total, clock.Elapsed, 0));

    /// <summary>Tells how far sampling has come.</summary>
    /// <param name="completed">Transitions per chain.</param>
    /// <param name="total">Transitions per chain after the warm-up.</param>
    /// <param name="divergences">Divergent transitions so far.</param>
    public void ReportSampling(int completed, int total, long divergences) =>
        progress?.Report(new RunProgress(false, completed, total, clock.Elapsed, divergences));
}
