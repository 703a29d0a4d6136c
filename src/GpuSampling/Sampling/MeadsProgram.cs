using System.Collections.Immutable;
using GpuSampling.Adaptation;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Sampling;

/// <summary>A run of MEADS: Hoffman and Sountsov (2022), with one set of parameters for all chains.</summary>
internal sealed class MeadsProgram : SamplerProgram
{
    private readonly MeadsOptions options;
    private readonly int dimension;
    private readonly ObservedMetric metric;
    private readonly double[] rows;
    private readonly double[] positions;
    private readonly LargestEigenvalue largestEigenvalue;
    private double stepSize = 1e-3;
    private double damping = 1;
    private double logStepSize;
    private double logDamping;
    private int averaged;

    public MeadsProgram(Chains chains, MeadsOptions options, ObservedMetric metric)
        : base(chains)
    {
        (this.options, this.metric) = (options, metric);
        dimension = chains.Dimension;
        rows = new double[2 * dimension * chains.Run.ChainCount];
        positions = new double[dimension * chains.Run.ChainCount];
        largestEigenvalue = new LargestEigenvalue(dimension, chains.Run.ChainCount);
    }

    public override double InitialRadius => options.InitialRadius;

    public override double StepSize => stepSize;

    public override ImmutableArray<double> Scales => [.. metric.Scales];

    public override MetricKind? MetricKind => metric.Kind;

    public override ImmutableArray<KeyValuePair<string, double>> Adapted => [new("damping", damping)];

    public override void Warmup(RunControl control)
    {
        int total = Chains.Run.WarmupCount;
        for (int transition = 0; transition < total; transition++)
        {
            control.CancellationToken.ThrowIfCancellationRequested();
            if (transition == total / 8 || transition == total / 4 || transition == total / 2)
            {
                RestartedChainCount += Stragglers.Move(Chains);
            }

            bool isLate = transition >= total / 2;
            Adapt(transition, isNew: !isLate || averaged == 0);
            if (isLate)
            {
                averaged++;
                logStepSize += Log(stepSize);
                logDamping += Log(damping);
            }

            WriteSettings(transition, 1);
            Chains.LaunchAll(new ChainLaunch { FirstStep = (uint)transition });
            control.ReportWarmup(transition + 1, total);
        }

        stepSize = Exp(logStepSize / averaged);
        damping = Exp(logDamping / averaged);
    }

    protected override void WriteSettings(int firstTransition, int count)
    {
        int extra = metric.SettingLength;
        metric.Write(stepSize, Chains.SettingReals);

        // Section 3.2: √(1 − a²) = e^−d and δ = a²/2.
        double kept = Exp(-damping);
        double renewedSquare = 1 - (kept * kept);
        Chains.SettingReals[extra] = kept;
        Chains.SettingReals[extra + 1] = Math.Sqrt(renewedSquare);
        Chains.SettingReals[extra + 2] = renewedSquare / 2;
        for (int i = 0; i < count; i++)
        {
            Chains.SettingIntegers[i] = firstTransition + i == 0 ? 1 : 0;
        }
    }

    /// <summary>
    /// Scales, or a whole covariance, and step size and damping from the largest eigenvalues of the covariances of whitened gradients and
    /// positions: algorithm 3, steps 5 to 7. In the second half of the warm-up all positions of that half make the metric.
    /// </summary>
    private void Adapt(int transition, bool isNew)
    {
        int chainCount = Chains.Run.ChainCount;
        Chains.Batches.ReadRows(ChainRows.Position, 2 * dimension, rows);
        Span<double> whitened = rows.AsSpan(0, positions.Length), gradients = rows.AsSpan(positions.Length);
        whitened.CopyTo(positions);
        metric.Observe(positions, chainCount, isNew);
        metric.Update();
        for (int i = 0; i < dimension; i++)
        {
            Span<double> row = whitened.Slice(i * chainCount, chainCount);
            double mean = FixedOrderSum.Of(row) / chainCount;
            for (int chain = 0; chain < chainCount; chain++)
            {
                row[chain] -= mean;
            }
        }

        metric.Whiten(whitened, chainCount);
        metric.WhitenGradients(gradients, chainCount);
        double longest = Math.Min(1, options.StepSizeFactor / Math.Sqrt(largestEigenvalue.Of(gradients)));
        stepSize = longest > 1e-12 ? longest : stepSize;
        double slowest = stepSize / Math.Sqrt(largestEigenvalue.Of(whitened));
        damping = Math.Max(1.0 / (transition + 1), double.IsFinite(slowest) ? slowest : 1);
    }

    private static double Exp(double value) => Elementary.Exp(new Float64(value)).Value;

    private static double Log(double value) => Elementary.Log(new Float64(value)).Value;
}
