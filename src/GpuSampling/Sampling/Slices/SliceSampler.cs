using System.Collections.Immutable;
using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Slices;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// Slice sampling, one parameter after another: no gradient, no rejection, hardly anything to tune; slow where parameters are strongly
/// correlated. Neal, Slice sampling (2003).
/// </summary>
/// <remarks>
/// A transition updates every parameter once, from a random one on, upwards or downwards. The acceptance reported is the number of
/// parameters over the number of densities evaluated.
/// </remarks>
public sealed class SliceSampler : Sampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it finds intervals; null: the defaults.</param>
    public SliceSampler(SliceOptions? options = null) => Options = options ?? new SliceOptions();

    /// <summary>How it finds intervals.</summary>
    public SliceOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "slice";

    internal override ChainStarts DefaultStarts => new PathfinderStarts { IsOptional = true };

    internal override ImmutableArray<string> StatisticLabels => ["limit_reached"];

    internal override void Check(Posterior posterior, RunOptions run)
    {
        if (!Options.Scales.IsEmpty && Options.Scales.Length != posterior.Dimension)
        {
            throw new ArgumentException(
                $"The model {posterior.Name} has {posterior.Dimension} unconstrained parameters and the sampler's options give {Options.Scales.Length} scales; allowed are one for each parameter, or none.",
                nameof(posterior));
        }
    }

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        CoordinateSlice transition = new() { WidthLimit = Options.WidthLimit, ShrinkageLimit = Options.ShrinkageLimit };
        ReadOnlySpan<double> scales = Options.Scales.IsEmpty ? [.. Enumerable.Repeat(1.0, posterior.Dimension)] : Options.Scales.AsSpan();
        return new Program(
            new Chains<TModel, CoordinateSlice>(posterior, run, engine, precision, transition, posterior.Dimension),
            Options,
            new AdaptedScales(scales, Options.Scales.IsEmpty));
    }

    private sealed class Program(Chains chains, SliceOptions options, AdaptedScales scales) : SamplerProgram(chains)
    {
        public override double InitialRadius => options.InitialRadius;

        public override double StepSize => options.WidthFactor;

        public override ImmutableArray<double> Scales => [.. scales.Scales];

        public override void Warmup(RunControl control)
        {
            if (!scales.IsAdapted)
            {
                MoveOn(control);
                return;
            }

            int transition = 0;
            foreach (WarmupWindow window in WarmupSchedule.Windows(Chains.Run.WarmupCount))
            {
                for (int i = 0; i < window.Length; i++)
                {
                    control.CancellationToken.ThrowIfCancellationRequested();
                    WriteSettings(transition, 1);
                    Chains.LaunchAll(new ChainLaunch { FirstStep = (uint)transition, FirstMomentCount = window.AdaptsMetric ? i + 1 : 0 });
                    transition++;
                    control.ReportWarmup(transition, Chains.Run.WarmupCount);
                }

                if (window.AdaptsMetric)
                {
                    scales.Update(Chains, window.Length);
                }
            }
        }

        protected override void WriteSettings(int firstTransition, int count)
        {
            scales.Write(options.WidthFactor, Chains.SettingReals);
            for (int i = 0; i < count; i++)
            {
                // One order for all chains, from a stream that belongs to none.
                StreamAddress<Float64> address = new(
                    new StreamKey(Chains.Run.Seed), StreamPurpose.Slice, Float64.WordConstant(0), 0xFFFFFF, (uint)(firstTransition + i));
                Chains.SettingIntegers[i] = (int)(UniformVariate.HalfOpen(address, 0).Value * 2 * Chains.Dimension);
            }
        }
    }
}
