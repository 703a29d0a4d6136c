using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>How MEADS starts and steps. Immutable; every value is checked when set.</summary>
public sealed record MeadsOptions : IRunOptions
{
    private readonly double stepSizeFactor = 0.5;
    private readonly double initialRadius = 2;
    private readonly double divergenceThreshold = 1000;
    private readonly MetricKind metric = MetricKind.Automatic;

    /// <summary>The step size as a share of the longest stable one that the gradients suggest; above 0, at most 1. Default 0.5.</summary>
    public double StepSizeFactor
    {
        get => stepSizeFactor;
        init => stepSizeFactor = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(StepSizeFactor), value, "Allowed: above 0, at most 1.");
    }

    /// <summary>Chains start uniformly within ± this in unconstrained space; a finite number, 0 or more. Default 2.</summary>
    public double InitialRadius
    {
        get => initialRadius;
        init => initialRadius = Allowed.NotNegative(value);
    }

    /// <summary>
    /// The geometry to adapt: <see cref="MetricKind.Diagonal"/>, as its authors have it, <see cref="MetricKind.Dense"/>,
    /// <see cref="MetricKind.LowRank"/>; or <see cref="MetricKind.Automatic"/>, the default, here dense up to 32 parameters with at least
    /// ten chains for each, and otherwise diagonal.
    /// </summary>
    public MetricKind Metric
    {
        get => metric;
        init => metric = value is MetricKind.Automatic or MetricKind.Diagonal or MetricKind.Dense or MetricKind.LowRank
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Metric), value, "Allowed: Automatic, Diagonal, Dense and LowRank.");
    }

    /// <summary>An energy error above this marks a transition as divergent; above 0. Default 1000.</summary>
    public double DivergenceThreshold
    {
        get => divergenceThreshold;
        init => divergenceThreshold = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DivergenceThreshold), value, "Allowed: numbers above 0.");
    }
}

/// <summary>
/// MEADS: generalised Hamiltonian Monte Carlo with one leapfrog step a transition, whose step size, scales and damping come from
/// the positions and gradients of many chains: nothing to tune. Draws in a row are much alike: thin them.
/// </summary>
/// <remarks>
/// Hoffman and Sountsov, Tuning-Free Generalized Hamiltonian Monte Carlo (AISTATS 2022), algorithms 1 and 2. They go on adapting for
/// ever and so need folds of chains that adapt each other (algorithm 3); here all chains adapt together in the warm-up, and what
/// they have learnt in its second half is kept for the draws.
/// </remarks>
public sealed class MeadsSampler : Sampler
{
    private const int LeastChains = 16;
    private const int ChainsPerParameter = 10;

    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it starts and steps; null: the defaults.</param>
    public MeadsSampler(MeadsOptions? options = null) => Options = options ?? new MeadsOptions();

    /// <summary>How it starts and steps.</summary>
    public MeadsOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "meads";

    internal override string DivergenceAdvice =>
        $"estimates may miss where the density bends sharply; lower {nameof(MeadsOptions.StepSizeFactor)} or reparameterise the model";

    internal override ChainStarts DefaultStarts => new PathfinderStarts { IsOptional = true };

    internal override void Check(Posterior posterior, RunOptions run)
    {
        if (run.ChainCount < LeastChains || run.WarmupCount < 2)
        {
            throw new ArgumentException(
                $"The sampler {Name} learns everything from the chains of a warm-up; the run has {run.ChainCount} chains and {run.WarmupCount} transitions: allowed are at least {LeastChains} and 2.",
                nameof(run));
        }
    }

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        int dimension = posterior.Dimension;
        MetricKind kind = Options.Metric != MetricKind.Automatic ? Options.Metric
            : run.ChainCount < ChainsPerParameter * dimension ? MetricKind.Diagonal
            : Metrics.Automatic(dimension, run);
        ObservedMetric metric = kind switch
        {
            MetricKind.Dense => new AdaptedCovariance(dimension),
            MetricKind.LowRank => new AdaptedLowRank(dimension),
            _ => new ObservedScales(dimension),
        };
        return metric.Accept(new Preparation<TModel>(posterior, run, engine, precision, Options, metric));
    }

    private sealed class Preparation<TModel>(
        Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision, MeadsOptions options, ObservedMetric metric)
        : IMetricVisitor<MeadsProgram>
        where TModel : struct, IModel
    {
        public MeadsProgram Visit<TMetric>(TMetric kernelMetric)
            where TMetric : struct, IMetric => new(
                new Chains<TModel, GeneralizedHamiltonian<TMetric>>(
                    posterior,
                    run,
                    engine,
                    precision,
                    new GeneralizedHamiltonian<TMetric> { Metric = kernelMetric, DivergenceThreshold = options.DivergenceThreshold },
                    metric.SettingLength + GeneralizedHamiltonian<TMetric>.ExtraSettingLength),
                options,
                metric);
    }
}
