using GpuSampling.Adaptation;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// A sampler along trajectories whose length is learnt from all chains together: <see cref="CheesSampler"/>,
/// <see cref="SnaperSampler"/> and <see cref="MicrocanonicalSampler"/>.
/// </summary>
public abstract class CrossChainTrajectorySampler : AdaptiveSampler
{
    private protected CrossChainTrajectorySampler(CrossChainTrajectoryOptions options)
        : base(options) => CommonOptions = options;

    private CrossChainTrajectoryOptions CommonOptions { get; }

    internal override void Check(Posterior posterior, RunOptions run)
    {
        base.Check(posterior, run);
        if (run.ChainCount < 2 && CommonOptions.TrajectoryLength is null)
        {
            throw new ArgumentException(
                $"The sampler {Name} learns its trajectory length from several chains and the run has {run.ChainCount}: take at least 2, give {nameof(CrossChainTrajectoryOptions.TrajectoryLength)}, or take another sampler.",
                nameof(run));
        }
    }

    private protected override AdaptiveProgram Prepare<TModel, TMetric>(ChainSetting<TModel> setting, TMetric kernelMetric) =>
        Program(
            setting.Chains(new HamiltonianMonteCarlo<TMetric> { Metric = kernelMetric, DivergenceThreshold = CommonOptions.DivergenceThreshold }),
            setting.Metric,
            new TrajectoryShape(HamiltonianMonteCarlo<TMetric>.ProposedPosition, HamiltonianMonteCarlo<TMetric>.Momentum(setting.Posterior.Dimension), 1));

    /// <summary>The program over chains.</summary>
    private protected CrossChainTrajectoryProgram Program(Chains chains, AdaptedMetric metric, TrajectoryShape shape) =>
        new(chains, CommonOptions, metric, Criterion(chains.Dimension), Adaptation(), shape, SuitsTails, Lengthening);

    private protected abstract TrajectoryCriterion Criterion(int dimension);

    private protected abstract TrajectoryAdaptation Adaptation();

    /// <summary>Whether the step size that is kept suits the chains that accept least.</summary>
    private protected virtual bool SuitsTails => true;

    /// <summary>The length to keep, as a multiple of the one at which the criterion is largest.</summary>
    private protected virtual double Lengthening => 1;
}

/// <summary>
/// ChEES-HMC: the trajectory length ascends the change in the estimator of the expected square. The best choice for many chains
/// that run side by side, for all make the same number of steps.
/// </summary>
/// <remarks>Hoffman, Radul and Sountsov, An Adaptive-MCMC Scheme for Setting Trajectory Lengths in Hamiltonian Monte Carlo (2021).</remarks>
public sealed class CheesSampler : CrossChainTrajectorySampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public CheesSampler(CheesOptions? options = null)
        : base(options ??= new CheesOptions()) => Options = options;

    /// <summary>How it proposes and adapts.</summary>
    public CheesOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "chees";

    internal override bool RenewsEnergies => true;

    private protected override TrajectoryCriterion Criterion(int dimension) => new ChangeInExpectedSquare();

    private protected override TrajectoryAdaptation Adaptation() => new(1, rate: 0.025, decay: 0.95);
}

/// <summary>SNAPER-HMC: as ChEES along the direction in which the draws vary most, per unit of time.</summary>
/// <remarks>Sountsov and Hoffman, Focusing on Difficult Directions for Learning HMC Trajectory Lengths (2021), arXiv 2110.11576.</remarks>
public sealed class SnaperSampler : CrossChainTrajectorySampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public SnaperSampler(SnaperOptions? options = null)
        : base(options ??= new SnaperOptions()) => Options = options;

    /// <summary>How it proposes and adapts.</summary>
    public SnaperOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "snaper";

    internal override bool RenewsEnergies => true;

    private protected override TrajectoryCriterion Criterion(int dimension) => new PrincipalDirectionSquare(dimension);

    private protected override TrajectoryAdaptation Adaptation() => new(1, rate: 0.05, decay: 0.5);

    /// <summary>
    /// The criterion counts how far squares jump, not how little draws depend on one another. Along a normal direction, with lengths
    /// uniform below L, it is largest at L = 1.79. The correlation of neighbouring draws is sin L / L, that of their squares
    /// ½ + sin 2L / 4L, and the smaller of the effective sizes of the mean and of the square, (1 − ρ) / (1 + ρ), is largest per unit
    /// of length at L = 2.14. With steps of 0.05 to 0.5 both are shorter and their ratio is the same.
    /// </summary>
    private protected override double Lengthening => 1.2;
}
