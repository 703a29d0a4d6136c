using System.Collections.Immutable;
using GpuSampling.Engines;
using GpuSampling.Kernels.Slices;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// Elliptical slice sampling: no gradient, no step size, no rejection. Best for models with a strong normal prior, such as Gaussian
/// processes: Murray, Adams and MacKay (2010).
/// </summary>
/// <remarks>The acceptance reported is one over the number of angles tried.</remarks>
public sealed class EllipticalSliceSampler : Sampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">The normal distribution; null: the standard one.</param>
    public EllipticalSliceSampler(EllipticalSliceOptions? options = null) => Options = options ?? new EllipticalSliceOptions();

    /// <summary>The normal distribution.</summary>
    public EllipticalSliceOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "elliptical-slice";

    internal override ImmutableArray<string> StatisticLabels => ["n_steps", "limit_reached"];

    internal override void Check(Posterior posterior, RunOptions run)
    {
        int dimension = posterior.Dimension;
        if ((Options.Mean.Length != 0 && Options.Mean.Length != dimension)
            || (Options.Cholesky.Length != 0 && Options.Cholesky.Length != dimension * (dimension + 1) / 2))
        {
            throw new ArgumentException(
                $"The model {posterior.Name} has {dimension} unconstrained parameters; the normal distribution has a mean of {Options.Mean.Length} and a factor of {Options.Cholesky.Length} numbers. Allowed: {dimension} and {dimension * (dimension + 1) / 2}, or none.",
                nameof(posterior));
        }
    }

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        int dimension = posterior.Dimension;
        return new Program(
            new Chains<TModel, EllipticalSlice>(
                posterior, run, engine, precision, new EllipticalSlice { ShrinkageLimit = Options.ShrinkageLimit }, dimension + (dimension * (dimension + 1) / 2)),
            Options);
    }

    private sealed class Program : SamplerProgram
    {
        private readonly EllipticalSliceOptions options;

        public Program(Chains chains, EllipticalSliceOptions options)
            : base(chains)
        {
            this.options = options;
            Span<double> settings = chains.SettingReals;
            options.Mean.AsSpan().CopyTo(settings);
            Span<double> factor = settings[chains.Dimension..];
            options.Cholesky.AsSpan().CopyTo(factor);
            if (options.Cholesky.IsEmpty)
            {
                for (int i = 0; i < chains.Dimension; i++)
                {
                    factor[(i * (i + 1) / 2) + i] = 1;
                }
            }

            double[] scales = new double[chains.Dimension];
            for (int i = 0; i < scales.Length; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double element = factor[(i * (i + 1) / 2) + j];
                    scales[i] += element * element;
                }

                scales[i] = Math.Sqrt(scales[i]);
            }

            Scales = [.. scales];
        }

        public override double InitialRadius => options.InitialRadius;

        public override double StepSize => 1;

        public override ImmutableArray<double> Scales { get; }

        public override void Warmup(RunControl control) => MoveOn(control);

        protected override void WriteSettings(int firstTransition, int count)
        {
        }
    }
}
