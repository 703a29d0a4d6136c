using System.Collections.Immutable;
using GpuSampling.Adaptation;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.StochasticGradients;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Sampling;

/// <summary>
/// A run on stochastic gradients. The first half of the warm-up climbs towards the mode, with centre and scales found anew a few
/// times; the second half is sampling that is not kept.
/// </summary>
internal sealed class StochasticGradientProgram(Chains chains, StochasticGradientOptions options, StochasticGradientStep step, CentreOfData data)
    : SamplerProgram(chains)
{
    // Climbing: stable where the preconditioned curvature stays below 2(1 + k)/d = 72, and far along after some ten steps.
    private const int Climbs = 5;
    private const double ClimbKept = 0.8;
    private const double ClimbDrift = 0.05;

    private readonly int dimension = chains.Dimension;
    private readonly double[] scales = [.. Enumerable.Repeat(1.0, chains.Dimension)];
    private readonly double[] row = new double[chains.Run.ChainCount];
    private bool climbs;

    public override double InitialRadius => options.InitialRadius;

    public override double StepSize => options.StepSize;

    public override ImmutableArray<double> Scales => [.. scales];

    public override void Warmup(RunControl control)
    {
        Rest();
        int climbing = Chains.Run.WarmupCount / 2;
        int made = 0;
        climbs = true;
        for (int climb = 1; climb <= Climbs && climbing >= Climbs; climb++)
        {
            FindCentre();
            Move(made, climbing * climb / Climbs, control);
            made = climbing * climb / Climbs;
        }

        climbs = false;
        FindCentre();
        Rest();
        Move(made, Chains.Run.WarmupCount, control);
    }

    protected override void WriteSettings(int firstTransition, int count)
    {
        scales.CopyTo(Chains.SettingReals, 0);
        StreamKey key = new(Chains.Run.Seed);
        for (int i = 0; i < count; i++)
        {
            (double kept, double drift, double noise) = climbs
                ? (ClimbKept, ClimbDrift, 0)
                : options.Coefficients(SizeAt(firstTransition + i));
            Span<double> coefficients = Chains.SettingReals.AsSpan(StochasticGradientStep.CoefficientStart(dimension) + (StochasticGradientStep.Coefficients * i));
            coefficients[0] = kept;
            coefficients[1] = drift;
            coefficients[2] = noise * Math.Sqrt(options.Temperature);
            StreamAddress<Float64> address = new(key, StreamPurpose.Subsample, Float64.WordConstant(0), 0, (uint)(firstTransition + i));
            for (int block = 0; block < step.BlocksPerStep; block++)
            {
                Float64 drawn = Float64.FromBits(BoundedInteger.Below(address, (uint)block, (uint)step.BlockCount));
                Chains.SettingIntegers[(i * step.BlocksPerStep) + block] = (int)BitConverter.DoubleToUInt64Bits(drawn.Value);
            }
        }
    }

    private double SizeAt(int transition)
    {
        // ε (1 + t/b)^−γ.
        double logarithm = Elementary.Log(new Float64(1 + (transition / options.StepSizeDelay))).Value;
        return options.StepSize * Elementary.Exp(new Float64(-options.StepSizeDecay * logarithm)).Value;
    }

    private void Move(int first, int end, RunControl control)
    {
        LaunchLength length = new();
        while (first < end)
        {
            control.CancellationToken.ThrowIfCancellationRequested();
            length.Begin();
            int count = Math.Min(length.Count, end - first);
            WriteSettings(first, count);
            Chains.LaunchAll(new ChainLaunch { FirstStep = (uint)first, Count = count });
            first += count;
            length.End();
            control.ReportWarmup(first, Chains.Run.WarmupCount);
        }
    }

    /// <summary>Velocities begin at 0.</summary>
    private void Rest()
    {
        Array.Clear(row);
        for (int i = 0; i < dimension; i++)
        {
            Chains.Batches.WriteRow(Chains.Rows.Own + i, row);
        }
    }

    /// <summary>The centre is the mean of the chains.</summary>
    private void FindCentre()
    {
        Span<double> centre = Chains.SettingReals.AsSpan(dimension, dimension);
        for (int i = 0; i < dimension; i++)
        {
            Chains.Batches.ReadRow(ChainRows.Position + i, row);
            centre[i] = FixedOrderSum.Of(row) / row.Length;
        }

        (double[] gradient, double[] squares) = data.Evaluate(centre);
        gradient.CopyTo(Chains.SettingReals, 2 * dimension);
        for (int i = 0; i < dimension; i++)
        {
            double information = 1 + squares[i];
            scales[i] = !options.Scales.IsEmpty ? options.Scales[i] : double.IsFinite(information) ? 1 / Math.Sqrt(information) : scales[i];
        }
    }
}
