using GpuSampling.Engines;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>How MEADS starts and steps. Immutable; every value is checked when set.</summary>
public sealed record MeadsOptions
{
    private readonly double stepSizeFactor = 0.5;
    private readonly double initialRadius = 2;
    private readonly double divergenceThreshold = 1000;

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

    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it starts and steps; null: the defaults.</param>
    public MeadsSampler(MeadsOptions? options = null) => Options = options ?? new MeadsOptions();

    /// <summary>How it starts and steps.</summary>
    public MeadsOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "meads";

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

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision) =>
        new MeadsProgram(
            new Chains<TModel, GeneralizedHamiltonian<DiagonalMetric>>(
                posterior,
                run,
                engine,
                precision,
                new GeneralizedHamiltonian<DiagonalMetric> { DivergenceThreshold = Options.DivergenceThreshold },
                posterior.Dimension + GeneralizedHamiltonian<DiagonalMetric>.ExtraSettingLength),
            Options);
}
