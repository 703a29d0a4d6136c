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
        for (int i = 0; i < scales.Length; i++)
        {
            chains.Batches.ReadRow(chains.Rows.Mean + i, means);
            chains.Batches.ReadRow(chains.Rows.SquaredDeviations + i, squares);
            double variance = PooledMoments.Of(means, squares, drawsPerChain, scratch).Variance;
            double regularized = Regularized(variance, draws);
            scales[i] = regularized > 0 && double.IsFinite(regularized) ? Math.Sqrt(regularized) : scales[i];
        }
    }

    public override void Write(double stepSize, Span<double> settings)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            settings[i] = stepSize * scales[i];
        }
    }

    /// <summary>Stan's shrinkage of a variance towards a small unit metric, with the draws of all chains as sample size.</summary>
    internal static double Regularized(double variance, double draws) =>
        (draws / (draws + 5) * variance) + (1e-3 * (5 / (draws + 5)));
}
