using System.Collections.Immutable;
using GpuSampling.Adaptation;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Sampling;

/// <summary>
/// A run that learns one trajectory length from all chains: Hoffman, Radul and Sountsov (2021), algorithm 1. Every transition's
/// length is a quasi-random share of it, the same for all chains.
/// </summary>
internal sealed class CrossChainTrajectoryProgram : AdaptiveProgram
{
    // The trajectory length is frozen before the step size: it is what the last steps are adapted for.
    private const double FrozenShare = 0.85;

    // Where the last metric is far from the one before, some standard deviation off by more than this factor, the length is learnt once more.
    private const double LateFrozenShare = 0.95;
    private const double FarChange = 2;

    // Where scales are known: with a quasi-random share of it, a little over the quarter period π/2 of a standard normal on average.
    private const double WhitenedLength = 4;

    private readonly TrajectoryShape shape;
    private readonly bool suitsTails;
    private readonly double lengthening;
    private readonly CrossChainTrajectoryOptions options;
    private readonly TrajectoryCriterion criterion;
    private readonly TrajectoryAdaptation adaptation;
    private readonly TrajectoryEnds ends;
    private int frozenFrom;
    private double? length;
    private bool isStarted;
    private bool isWhitened;

    public CrossChainTrajectoryProgram(
        Chains chains,
        CrossChainTrajectoryOptions options,
        AdaptedMetric metric,
        TrajectoryCriterion criterion,
        TrajectoryAdaptation adaptation,
        TrajectoryShape shape,
        bool suitsTails,
        double lengthening)
        : base(chains, options, metric)
    {
        (this.options, this.criterion, this.adaptation, this.shape, this.suitsTails, this.lengthening) = (options, criterion, adaptation, shape, suitsTails, lengthening);
        bool adapts = options.TrajectoryLength is null;
        ends = new TrajectoryEnds(chains.Dimension, adapts ? chains.Run.ChainCount : 0, metric);
        length = options.TrajectoryLength;
        frozenFrom = (int)(FrozenShare * chains.Run.WarmupCount);
        isWhitened = !options.Scales.IsEmpty;
    }

    public override ImmutableArray<KeyValuePair<string, double>> Adapted => [new("trajectory_length", Length)];

    protected override bool AdaptsMore => options.TrajectoryLength is null;

    protected override double FirstStepSize => 1 / shape.Speed;

    /// <summary>The first is good already: all chains have tried it.</summary>
    protected override double StepSizeBoldness => 1;

    protected override bool WaitsForStragglers => true;

    protected override bool SuitsTails => suitsTails && HasManyChains;

    private double Length => length ?? adaptation.Length;

    protected override void WriteTrialSettings() => Chains.SettingIntegers[0] = 1;

    protected override void WriteTransitionSettings(int firstTransition, int count)
    {
        for (int i = 0; i < count; i++)
        {
            double longest = AwaitsMetric ? ArrivalLeapfrogCount : Length / StepSize;
            double leapfrogs = Math.Ceiling(HaltonSequence.BaseTwo((uint)(firstTransition + i + 1)) * longest);
            Chains.SettingIntegers[i] = leapfrogs >= options.MaximumLeapfrogCount ? options.MaximumLeapfrogCount : Math.Max(1, (int)leapfrogs);
        }
    }

    protected override double AdaptiveTransition(int transition, int momentCount)
    {
        if (length is not null)
        {
            return base.AdaptiveTransition(transition, momentCount);
        }

        if (AwaitsMetric)
        {
            base.AdaptiveTransition(transition, momentCount);
            return HarmonicMeanAcceptance();
        }

        if (!isStarted)
        {
            ChainsMoved();
            adaptation.Restart(isWhitened ? WhitenedLength / shape.Speed : ArrivalLeapfrogCount * StepSize);
            isStarted = true;
        }

        WriteSettings(transition, 1);
        int own = Chains.Rows.Own;
        int dimension = Chains.Dimension;
        Chains.LaunchAll(
            new ChainLaunch { FirstStep = (uint)transition, FirstMomentCount = momentCount },
            batch =>
            {
                Chains.Batches.ReadLoaded(batch, own + shape.ProposedPositionRow, dimension, ends.Ends);
                Chains.Batches.ReadLoaded(batch, own + shape.VelocityRow, dimension, ends.Velocities);
                Chains.Batches.ReadLoaded(batch, ChainRows.Position, dimension, ends.Next);
            });
        Chains.ReadAcceptances().CopyTo(ends.Acceptances);
        double harmonic = PooledAcceptance.HarmonicMean(ends.Acceptances, ends.Scratch);
        ends.Jitter = HaltonSequence.BaseTwo((uint)transition + 1);
        ends.Time = (ends.Jitter * adaptation.Length) + StepSize;
        adaptation.Update(criterion.Gradient(ends), StepSize, StepSize * options.MaximumLeapfrogCount);
        ends.Advance();
        if (transition + 1 >= frozenFrom)
        {
            length = lengthening * adaptation.AveragedLength;
        }

        return harmonic;
    }

    protected override void ChainsMoved()
    {
        if (length is null && !AwaitsMetric)
        {
            Chains.Batches.ReadRows(ChainRows.Position, Chains.Dimension, ends.Starts);
        }
    }

    protected override void MetricChanged()
    {
        bool isFar = Metric.LastChange > FarChange;
        if (options.TrajectoryLength is not null || (length is not null && !isFar))
        {
            return;
        }

        if (length is not null)
        {
            length = null;
            frozenFrom = (int)(LateFrozenShare * Chains.Run.WarmupCount);
            ChainsMoved();
        }

        // A length in units of the model, or of a metric that was far off, says nothing.
        adaptation.Restart(isWhitened && !isFar ? adaptation.AveragedLength : WhitenedLength / shape.Speed);
        isWhitened = true;
    }
}

/// <summary>Where a transition leaves the end of its trajectory, and how fast it goes.</summary>
/// <param name="ProposedPositionRow">The first own row of the position at the end.</param>
/// <param name="VelocityRow">The first own row of the whitened velocity there.</param>
/// <param name="Speed">The typical length of a velocity, divided by the square root of the number of parameters.</param>
internal readonly record struct TrajectoryShape(int ProposedPositionRow, int VelocityRow, double Speed);
