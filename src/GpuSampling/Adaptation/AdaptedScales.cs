using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>A diagonal metric: the standard deviations of a window's positions over all chains, or scales that are given.</summary>
internal sealed class AdaptedScales : AdaptedMetric
{
    private readonly ScaleVector scales;
    private double[] means = [];
    private double[] squares = [];
    private double[] scratch = [];

    /// <summary>Begins at scales.</summary>
    /// <param name="initial">One for each parameter.</param>
    /// <param name="isAdapted">Whether to learn others.</param>
    public AdaptedScales(ReadOnlySpan<double> initial, bool isAdapted)
    {
        scales = new ScaleVector(initial);
        IsAdapted = isAdapted;
    }

    public override MetricKind Kind => IsAdapted || scales.Values.ContainsAnyExcept(1.0) ? MetricKind.Diagonal : MetricKind.Identity;

    public override ReadOnlySpan<double> Scales => scales.Values;

    public override int SettingLength => scales.Count;

    public override bool IsAdapted { get; }

    public override bool UsesRunningMoments => true;

    public override void Update(Chains chains, int drawsPerChain)
    {
        int count = chains.Run.ChainCount;
        if (means.Length != count)
        {
            (means, squares, scratch) = (new double[count], new double[count], new double[count]);
        }

        double draws = (double)drawsPerChain * count;
        LastChange = 1;
        for (int i = 0; i < scales.Count; i++)
        {
            chains.Batches.ReadRow(chains.Rows.Mean + i, means);
            chains.Batches.ReadRow(chains.Rows.SquaredDeviations + i, squares);
            double variance = PooledMoments.Of(means, squares, drawsPerChain, scratch).Variance;
            LastChange = Math.Max(LastChange, scales.ReplaceByVariance(i, variance, draws));
        }
    }

    public override void Whiten(Span<double> rows, int count) => scales.Whiten(rows, count);

    public override void Write(double stepSize, Span<double> settings) => scales.Write(stepSize, settings);

    public override TResult Accept<TResult>(IMetricVisitor<TResult> visitor) => visitor.Visit(default(DiagonalMetric));
}
