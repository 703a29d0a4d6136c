using GpuSampling.Sampling;

namespace GpuSampling.Tests.Sampling;

/// <summary>Keeps every report, and may do something at one: on the sampler's own thread.</summary>
internal sealed class ProgressRecord(Action<RunProgress>? onReport = null) : IProgress<RunProgress>
{
    public List<RunProgress> Reports { get; } = [];

    public IEnumerable<RunProgress> Warmup => Reports.Where(report => report.IsWarmup);

    public IEnumerable<RunProgress> Sampling => Reports.Where(report => !report.IsWarmup);

    public void Report(RunProgress value)
    {
        Reports.Add(value);
        onReport?.Invoke(value);
    }
}
