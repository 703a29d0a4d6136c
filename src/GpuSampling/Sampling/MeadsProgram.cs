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
    private readonly double[] scales;
    private readonly double[] rows;
    private readonly double[] logScales;
    private double stepSize = 1e-3;
    private double damping = 1;
    private double logStepSize;
    private double logDamping;
    private int averaged;

    public MeadsProgram(Chains chains, MeadsOptions options)
        : base(chains)
    {
        this.options = options;
        dimension = chains.Dimension;
        scales = new double[dimension];
        Array.Fill(scales, 1);
        logScales = new double[dimension];
        rows = new double[2 * dimension * chains.Run.ChainCount];
    }

    public override double InitialRadius => options.InitialRadius;

    public override double StepSize => stepSize;

    public override ImmutableArray<double> Scales => [.. scales];

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

            Adapt(transition);
            if (transition >= total / 2)
            {
                Average();
            }

            WriteSettings(transition, 1);
            Chains.LaunchAll(new ChainLaunch { FirstStep = (uint)transition });
            control.ReportWarmup(transition + 1, total);
        }

        stepSize = Exp(logStepSize / averaged);
        damping = Exp(logDamping / averaged);
        for (int i = 0; i < dimension; i++)
        {
            scales[i] = Exp(logScales[i] / averaged);
        }
    }

    protected override void WriteSettings(int firstTransition, int count)
    {
        for (int i = 0; i < dimension; i++)
        {
            Chains.SettingReals[i] = stepSize * scales[i];
        }

        // Section 3.2: √(1 − a²) = e^−d and δ = a²/2.
        double kept = Exp(-damping);
        double renewedSquare = 1 - (kept * kept);
        Chains.SettingReals[dimension] = kept;
        Chains.SettingReals[dimension + 1] = Math.Sqrt(renewedSquare);
        Chains.SettingReals[dimension + 2] = renewedSquare / 2;
        for (int i = 0; i < count; i++)
        {
            Chains.SettingIntegers[i] = firstTransition + i == 0 ? 1 : 0;
        }
    }

    /// <summary>Step size and damping from the largest eigenvalues of the covariances of gradients and of positions: algorithm 3, steps 5 to 7.</summary>
    private void Adapt(int transition)
    {
        int chainCount = Chains.Run.ChainCount;
        Chains.Batches.ReadRows(ChainRows.Position, 2 * dimension, rows);
        for (int i = 0; i < dimension; i++)
        {
            Span<double> positions = rows.AsSpan(i * chainCount, chainCount);
            double mean = FixedOrderSum.Of(positions) / chainCount;
            for (int chain = 0; chain < chainCount; chain++)
            {
                positions[chain] -= mean;
            }

            double scale = Math.Sqrt(PooledCovariance.InnerProduct(positions, positions) / chainCount);
            scales[i] = scale > 1e-10 && double.IsFinite(scale) ? scale : scales[i];
            Span<double> gradients = rows.AsSpan((dimension + i) * chainCount, chainCount);
            for (int chain = 0; chain < chainCount; chain++)
            {
                positions[chain] /= scales[i];
                gradients[chain] *= scales[i];
            }
        }

        double gradientEigenvalue = LargestEigenvalue(rows.AsSpan(dimension * chainCount), chainCount);
        double positionEigenvalue = LargestEigenvalue(rows.AsSpan(0, dimension * chainCount), chainCount);
        double longest = Math.Min(1, options.StepSizeFactor / Math.Sqrt(gradientEigenvalue));
        stepSize = longest > 1e-12 ? longest : stepSize;
        double slowest = stepSize / Math.Sqrt(positionEigenvalue);
        damping = Math.Max(1.0 / (transition + 1), double.IsFinite(slowest) ? slowest : 1);
    }

    /// <summary>
    /// An estimate of the largest eigenvalue of XᵀX/N that needs no decomposition: ‖XᵀX/N‖² / trace(XᵀX/N). Hoffman and Sountsov
    /// (2022), algorithm 2, for fewer parameters than chains.
    /// </summary>
    private double LargestEigenvalue(ReadOnlySpan<double> matrix, int chainCount)
    {
        double squares = 0, trace = 0;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = PooledCovariance.InnerProduct(
                    matrix.Slice(i * chainCount, chainCount), matrix.Slice(j * chainCount, chainCount)) / chainCount;
                squares += (i == j ? 1 : 2) * product * product;
                trace += i == j ? product : 0;
            }
        }

        return squares / trace;
    }

    private void Average()
    {
        averaged++;
        logStepSize += Log(stepSize);
        logDamping += Log(damping);
        for (int i = 0; i < dimension; i++)
        {
            logScales[i] += Log(scales[i]);
        }
    }

    private static double Exp(double value) => Elementary.Exp(new Float64(value)).Value;

    private static double Log(double value) => Elementary.Log(new Float64(value)).Value;
}
