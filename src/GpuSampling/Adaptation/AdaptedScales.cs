using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>A diagonal metric: the standard deviations of a window's positions over all chains, or scales that are given.</summary>
internal sealed class AdaptedScales : AdaptedMetric
{
    private readonly double[] scales;
    private double[] means = [];
    private double[] squares = [];
    private double[] scratch = [];

    /// <summary>Begins at scales.</summary>
    /// <param name="initial">One for each parameter.</param>
    /// <param name="isAdapted">Whether to learn others.</param>
    public AdaptedScales(ReadOnlySpan<double> initial, bool isAdapted)
    {
        scales = initial.ToArray();
        IsAdapted = isAdapted;
    }

    public override MetricKind Kind => IsAdapted || scales.AsSpan().ContainsAnyExcept(1.0) ? MetricKind.Diagonal : MetricKind.Identity;

    public override ReadOnlySpan<double> Scales => scales;

    public override int SettingLength => scales.Length;

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
        for (int i = 0; i < scales.Length; i++)
        {
            chains.Batches.ReadRow(chains.Rows.Mean + i, means);
            chains.Batches.ReadRow(chains.Rows.SquaredDeviations + i, squares);
            double variance = PooledMoments.Of(means, squares, drawsPerChain, scratch).Variance;
            double regularized = Regularized(variance, draws);
            double scale = regularized > 0 && double.IsFinite(regularized) ? Math.Sqrt(regularized) : scales[i];
            LastChange = Math.Max(LastChange, Factor(scale / scales[i]));
            scales[i] = scale;
        }
    }

    public override void Whiten(Span<double> rows, int count)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            Scale(rows.Slice(i * count, count), 1 / scales[i]);
        }
    }

    public override void Write(double stepSize, Span<double> settings)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            settings[i] = stepSize * scales[i];
        }
    }

    public override TResult Accept<TResult>(IMetricVisitor<TResult> visitor) => visitor.Visit(default(DiagonalMetric));

    /// <summary>A variance, shrunk where draws are few.</summary>
    internal static double Regularized(double variance, double draws)
    {
        double share = Shrinkage.Share(draws, 1);
        return ((1 - share) * variance) + (Shrinkage.SmallVariance * share);
    }
}
