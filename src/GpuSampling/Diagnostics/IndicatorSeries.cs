using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>One where a draw is at most a threshold, else zero: its expectation is a value of the distribution function.</summary>
internal sealed class IndicatorSeries(double threshold) : ChainSeries
{
    private IndicatorProducts? products;

    /// <inheritdoc/>
    public override double Value(double draw) => draw <= threshold ? 1 : 0;

    /// <inheritdoc/>
    protected override void BeginLags(int n, int firstLag, int lags) => products = new IndicatorProducts(n, firstLag, lags);

    /// <inheritdoc/>
    protected override void AddLags(
        ReadOnlySpan<Vector512<double>> column, Span<Vector512<double>> work, Span<double> means, Span<double> sums) =>
        products!.Add(column, threshold, means);

    /// <inheritdoc/>
    protected override void FinishLags(Span<double> sums)
    {
        products!.CopyTo(sums);
        products = null;
    }

    /// <inheritdoc/>
    protected override void Centre(ReadOnlySpan<Vector512<double>> source, Span<Vector512<double>> centred, Span<double> means)
    {
        var mean = Vector512<double>.Zero;
        for (int lane = 0; lane < means.Length; lane++)
        {
            mean = mean.WithElement(lane, means[lane]);
        }

        var bound = Vector512.Create(threshold);
        for (int i = 0; i < source.Length; i++)
        {
            centred[i] = (Vector512.LessThanOrEqual(source[i], bound) & Vector512<double>.One) - mean;
        }
    }
}
