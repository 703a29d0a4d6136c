using GpuSampling.Kernels.Metrics;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>A diagonal metric in which the last parameters, which are discrete, have no extent: trajectories leave them where they are.</summary>
/// <param name="inner">The metric of all.</param>
/// <param name="continuousCount">The parameters that move.</param>
internal sealed class ContinuousScales(AdaptedMetric inner, int continuousCount) : AdaptedMetric
{
    public override MetricKind Kind => inner.Kind;

    public override ReadOnlySpan<double> Scales => inner.Scales;

    public override int SettingLength => inner.SettingLength;

    public override bool IsAdapted => inner.IsAdapted;

    public override bool UsesRunningMoments => inner.UsesRunningMoments;

    public override void Observe(Chains chains, bool isFirst) => inner.Observe(chains, isFirst);

    public override void Update(Chains chains, int drawsPerChain) => inner.Update(chains, drawsPerChain);

    public override void Whiten(Span<double> rows, int count) => inner.Whiten(rows, count);

    public override void Write(double stepSize, Span<double> settings)
    {
        inner.Write(stepSize, settings);
        settings[continuousCount..inner.SettingLength].Clear();
    }

    public override TResult Accept<TResult>(IMetricVisitor<TResult> visitor) => visitor.Visit(default(DiagonalMetric));
}
