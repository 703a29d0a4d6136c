using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>A diagonal metric: the standard deviations of positions that the host has seen.</summary>
internal sealed class ObservedScales : ObservedMetric
{
    private readonly double[] scales;
    private readonly double[] origins;
    private readonly double[] sums;
    private readonly double[] squares;
    private double count;

    /// <summary>Begins at the identity.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public ObservedScales(int dimension)
        : base(dimension)
    {
        scales = new double[dimension];
        Array.Fill(scales, 1);
        (origins, sums, squares) = (new double[dimension], new double[dimension], new double[dimension]);
    }

    public override MetricKind Kind => MetricKind.Diagonal;

    public override ReadOnlySpan<double> Scales => scales;

    public override int SettingLength => Dimension;

    public override void Observe(Span<double> positions, int chainCount, bool isFirst)
    {
        for (int i = 0; i < Dimension; i++)
        {
            Span<double> row = positions.Slice(i * chainCount, chainCount);
            if (isFirst)
            {
                origins[i] = FixedOrderSum.Of(row) / chainCount;
                (sums[i], squares[i]) = (0, 0);
            }

            for (int chain = 0; chain < row.Length; chain++)
            {
                row[chain] -= origins[i];
            }

            sums[i] += FixedOrderSum.Of(row);
            squares[i] += PooledCovariance.InnerProduct(row, row);
        }

        count = (isFirst ? 0 : count) + chainCount;
    }

    public override void Update()
    {
        LastChange = 1;
        for (int i = 0; i < Dimension; i++)
        {
            double variance = AdaptedScales.Regularized((squares[i] - (sums[i] * sums[i] / count)) / (count - 1), count);
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
}
