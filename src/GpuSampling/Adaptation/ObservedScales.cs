using GpuSampling.Kernels.Metrics;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>A diagonal metric: the standard deviations of positions that the host has seen.</summary>
internal sealed class ObservedScales : ObservedMetric
{
    private readonly double[] scales;
    private readonly ShiftedVariances variances;

    /// <summary>Begins at the identity.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public ObservedScales(int dimension)
        : base(dimension)
    {
        scales = new double[dimension];
        Array.Fill(scales, 1);
        variances = new ShiftedVariances(dimension);
    }

    public override MetricKind Kind => MetricKind.Diagonal;

    public override ReadOnlySpan<double> Scales => scales;

    public override int SettingLength => Dimension;

    public override void Observe(Span<double> positions, int chainCount, bool isFirst) => variances.Add(positions, chainCount, isFirst);

    public override void Update()
    {
        LastChange = 1;
        for (int i = 0; i < Dimension; i++)
        {
            double variance = AdaptedScales.Regularized(variances.Of(i), variances.Count);
            double scale = variance > 0 && double.IsFinite(variance) ? Math.Sqrt(variance) : scales[i];
            LastChange = Math.Max(LastChange, Factor(scale / scales[i]));
            scales[i] = scale;
        }
    }

    public override void Whiten(Span<double> rows, int count)
    {
        for (int i = 0; i < Dimension; i++)
        {
            Scale(rows.Slice(i * count, count), 1 / scales[i]);
        }
    }

    public override void WhitenGradients(Span<double> rows, int count)
    {
        for (int i = 0; i < Dimension; i++)
        {
            Scale(rows.Slice(i * count, count), scales[i]);
        }
    }

    public override void Write(double stepSize, Span<double> settings)
    {
        for (int i = 0; i < Dimension; i++)
        {
            settings[i] = stepSize * scales[i];
        }
    }

    public override TResult Accept<TResult>(IMetricVisitor<TResult> visitor) => visitor.Visit(default(DiagonalMetric));
}
