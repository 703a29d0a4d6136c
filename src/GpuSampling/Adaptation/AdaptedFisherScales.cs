using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>
/// A diagonal metric from positions and gradients: s⁴ = Var(x)/Var(∂log π), which makes the whitened density as near to a standard
/// normal in Fisher divergence as scales can. For a normal distribution Var(∂log π) is the precision, so that few draws are enough
/// where the covariance alone needs many.
/// </summary>
/// <remarks>Seyboldt, Carlson and Carpenter, Preconditioning Hamiltonian Monte Carlo by Minimizing Fisher Divergence, arXiv 2603.18845; the metric of nutpie.</remarks>
internal sealed class AdaptedFisherScales : AdaptedMetric
{
    private readonly int dimension;
    private readonly ScaleVector scales;
    private readonly ShiftedVariances variances;
    private double[] rows = [];

    /// <summary>Begins at scales of 1.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public AdaptedFisherScales(int dimension)
    {
        this.dimension = dimension;
        scales = ScaleVector.Ones(dimension);
        variances = new ShiftedVariances(2 * dimension);
    }

    public override MetricKind Kind => MetricKind.Fisher;

    public override ReadOnlySpan<double> Scales => scales.Values;

    public override int SettingLength => dimension;

    public override void Observe(Chains chains, bool isFirst)
    {
        int chainCount = chains.Run.ChainCount;
        if (rows.Length == 0)
        {
            rows = new double[2 * dimension * chainCount];
        }

        // The rows of the gradient follow those of the position.
        chains.Batches.ReadRows(ChainRows.Position, 2 * dimension, rows);
        variances.Add(rows, chainCount, isFirst);
    }

    public override void Update(Chains chains, int drawsPerChain)
    {
        LastChange = 1;
        for (int i = 0; i < dimension; i++)
        {
            double ratio = variances.Of(i) / variances.Of(dimension + i);
            double scale = Math.Sqrt(Math.Sqrt(ratio));
            LastChange = Math.Max(LastChange, scales.Replace(i, scale > 1e-10 && scale < 1e10 ? scale : scales.Values[i]));
        }
    }

    public override void Whiten(Span<double> rows, int count) => scales.Whiten(rows, count);

    public override void Write(double stepSize, Span<double> settings) => scales.Write(stepSize, settings);

    public override TResult Accept<TResult>(IMetricVisitor<TResult> visitor) => visitor.Visit(default(DiagonalMetric));
}
