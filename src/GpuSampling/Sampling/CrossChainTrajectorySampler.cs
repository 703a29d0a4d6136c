using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// A sampler along trajectories whose length is learnt from all chains together: <see cref="CheesSampler"/>,
/// <see cref="SnaperSampler"/> and <see cref="MicrocanonicalSampler"/>.
/// </summary>
public abstract class CrossChainTrajectorySampler : Sampler
{
    private protected CrossChainTrajectorySampler(CrossChainTrajectoryOptions options) => CommonOptions = options;

    private CrossChainTrajectoryOptions CommonOptions { get; }

    internal override void Check(Posterior posterior, RunOptions run)
    {
        CommonOptions.CheckScales(posterior);
        if (run.ChainCount < 2 && CommonOptions.TrajectoryLength is null)
        {
            throw new ArgumentException(
                $"The sampler {Name} learns its trajectory length from several chains and the run has {run.ChainCount}: take at least 2, give {nameof(CrossChainTrajectoryOptions.TrajectoryLength)}, or take another sampler.",
                nameof(run));
        }
    }

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        AdaptedMetric metric = Metrics.Adapted(CommonOptions, posterior.Dimension, run);
        return metric switch
        {
            AdaptedCovariance => With(default(DenseMetric)),
            AdaptedLowRank lowRank => With(new LowRankMetric { Rank = lowRank.Rank }),
            _ => With(default(DiagonalMetric)),
        };

        CrossChainTrajectoryProgram With<TMetric>(TMetric kernelMetric)
            where TMetric : struct, IMetric => Program(
                new Chains<TModel, HamiltonianMonteCarlo<TMetric>>(
                    posterior,
                    run,
                    engine,
                    precision,
                    new HamiltonianMonteCarlo<TMetric> { Metric = kernelMetric, DivergenceThreshold = CommonOptions.DivergenceThreshold },
                    metric.SettingLength),
                metric,
                new TrajectoryShape(HamiltonianMonteCarlo<TMetric>.ProposedPosition, HamiltonianMonteCarlo<TMetric>.Momentum(posterior.Dimension), 1));
    }

    /// <summary>The program over chains.</summary>
    private protected CrossChainTrajectoryProgram Program(Chains chains, AdaptedMetric metric, TrajectoryShape shape) =>
        new(chains, CommonOptions, metric, Criterion(chains.Dimension), Adaptation(), shape);

    private protected abstract TrajectoryCriterion Criterion(int dimension);

    private protected abstract TrajectoryAdaptation Adaptation();
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
}
