using GpuSampling.Adaptation;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>How the Metropolis-adjusted microcanonical sampler proposes and adapts.</summary>
/// <remarks>Speeds are 1 instead of about the square root of the number of parameters: steps and trajectories are longer by so much.</remarks>
public sealed record MicrocanonicalOptions : CrossChainTrajectoryOptions
{
    /// <summary>The defaults: a target acceptance of 0.9, as its authors advise.</summary>
    public MicrocanonicalOptions()
        : base(0.9)
    {
    }
}

/// <summary>
/// The Metropolis-adjusted microcanonical sampler (MAMS): trajectories of constant speed, their length learnt from all chains along
/// the direction that varies most, as in <see cref="SnaperSampler"/>. For two parameters or more.
/// </summary>
/// <remarks>Robnik, Cohn-Gordon and Seljak, Metropolis Adjusted Microcanonical Hamiltonian Monte Carlo (2025), arXiv 2503.01707.</remarks>
public sealed class MicrocanonicalSampler : CrossChainTrajectorySampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public MicrocanonicalSampler(MicrocanonicalOptions? options = null)
        : base(options ??= new MicrocanonicalOptions()) => Options = options;

    /// <summary>How it proposes and adapts.</summary>
    public MicrocanonicalOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "mams";

    internal override void Check(Posterior posterior, RunOptions run)
    {
        base.Check(posterior, run);
        if (posterior.Dimension < 2)
        {
            throw new ArgumentException($"The sampler {Name} takes at least 2 unconstrained parameters; the model {posterior.Name} has {posterior.Dimension}.", nameof(posterior));
        }
    }

    private protected override AdaptiveProgram Prepare<TModel, TMetric>(ChainSetting<TModel> setting, TMetric kernelMetric) =>
        Program(
            setting.Chains(new Microcanonical<TMetric> { Metric = kernelMetric, DivergenceThreshold = Options.DivergenceThreshold }),
            setting.Metric,
            new TrajectoryShape(
                Microcanonical<TMetric>.ProposedPosition,
                Microcanonical<TMetric>.Velocity(setting.Posterior.Dimension),
                1 / Math.Sqrt(setting.Posterior.Dimension)));

    private protected override TrajectoryCriterion Criterion(int dimension) => new PrincipalDirectionSquare(dimension);

    private protected override TrajectoryAdaptation Adaptation() => new(1, rate: 0.05, decay: 0.5);

    /// <summary>A target of 0.9 is meant for the arithmetic mean, and short enough for tails.</summary>
    private protected override bool SuitsTails => false;
}
