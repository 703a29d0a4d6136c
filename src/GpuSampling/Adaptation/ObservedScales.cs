using GpuSampling.Kernels.Metrics;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>A diagonal metric: the standard deviations of positions that the host has seen.</summary>
internal sealed class ObservedScales : ObservedMetric
{
    private readonly ScaleVector scales;
    private readonly ShiftedVariances variances;

    /// <summary>Begins at the identity.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public ObservedScales(int dimension)
        : base(dimension)
    {
        scales = ScaleVector.Ones(dimension);
        variances = new ShiftedVariances(dimension);
    }

    public override MetricKind Kind => MetricKind.Diagonal;

    public override ReadOnlySpan<double> Scales => scales.Values;

    public override int SettingLength => Dimension;

    public override void Observe(Span<double> positions, int chainCount, bool isFirst) => variances.Add(positions, chainCount, isFirst);

    public override void Update()
    {
        LastChange = 1;
        for (int i = 0; i < Dimension; i++)
        {
            LastChange = Math.Max(LastChange, scales.ReplaceByVariance(i, variances.Of(i), variances.Count));
        }
    }

    public override void Whiten(Span<double> rows, int count) => scales.Whiten(rows, count);

    public override void WhitenGradients(Span<double> rows, int count) => scales.WhitenGradients(rows, count);

    public override void Write(double stepSize, Span<double> settings) => scales.Write(stepSize, settings);

    public override TResult Accept<TResult>(IMetricVisitor<TResult> visitor) => visitor.Visit(default(DiagonalMetric));
}
