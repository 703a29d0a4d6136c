using System.Collections.Immutable;
using GpuSampling.Adaptation;

namespace GpuSampling.Sampling;

/// <summary>
/// A run whose step size and metric are adapted over all chains together: dual averaging of the pooled acceptance in every
/// transition of the warm-up, a new metric after each of its windows.
/// </summary>
/// <param name="chains">The chains, owned.</param>
/// <param name="options">What is given and what is to be adapted.</param>
/// <param name="metric">The metric at the beginning.</param>
internal abstract class AdaptiveProgram(Chains chains, AdaptiveOptions options, AdaptedMetric metric) : SamplerProgram(chains)
{
    // Where every step is accepted, or none, the trials end here: far beyond any use and still numbers in float32.
    private const double LeastStepSize = 1e-26;
    private const double LargestStepSize = 1e26;

    private double stepSize = options.StepSize ?? 1;
    private bool isArriving;
    private bool awaitsMetric = metric.IsAdapted && WarmupSchedule.Windows(chains.Run.WarmupCount).Any(window => window.AdaptsMetric);
    private double[] inverses = [];

    public override double InitialRadius => options.InitialRadius;

    public override double StepSize => stepSize;

    public override ImmutableArray<double> Scales => [.. metric.Scales];

    public override MetricKind? MetricKind => metric.Kind;

    /// <summary>The geometry.</summary>
    protected AdaptedMetric Metric => metric;

    /// <summary>
    /// Whether nothing is known of the posterior's extents yet and will be. Trajectories then have few steps, 1 to
    /// <see cref="ArrivalLeapfrogCount"/>, rather than a length in units that mean nothing: it could be thousands of steps, and few are
    /// enough to arrive.
    /// </summary>
    protected bool AwaitsMetric => awaitsMetric;

    /// <summary>The most steps of a trajectory until then.</summary>
    protected const int ArrivalLeapfrogCount = 8;

    /// <summary>Whether chains are so many that one that is lost can be told and moved. Among fewer it would decide alone what suits all.</summary>
    protected bool HasManyChains => Chains.Run.ChainCount >= Stragglers.FewestChains;

    /// <summary>The step size at which trials begin.</summary>
    protected virtual double FirstStepSize => 1;

    /// <summary>How much longer steps than the first are tried: see <see cref="DualAveraging"/>.</summary>
    protected virtual double StepSizeBoldness => 10;

    /// <summary>The acceptance of a trial that separates too long from too short a step.</summary>
    protected virtual double TrialAcceptance => 0.8;

    public override void Warmup(RunControl control)
    {
        if (options.StepSize is not null && (!Metric.IsAdapted || Chains.Run.WarmupCount == 0) && !AdaptsMore)
        {
            MoveOn(control);
            return;
        }

        stepSize = options.StepSize ?? FindReasonableStepSize(FirstStepSize, control);
        DualAveraging adaptation = new(stepSize, options.TargetAcceptance, StepSizeBoldness);
        int transition = 0;
        foreach (WarmupWindow window in WarmupSchedule.Windows(Chains.Run.WarmupCount))
        {
            bool adaptsMetric = window.AdaptsMetric && Metric.IsAdapted;
            isArriving = transition == 0;
            int observed = 0;
            for (int i = 0; i < window.Length; i++)
            {
                control.CancellationToken.ThrowIfCancellationRequested();
                stepSize = options.StepSize ?? adaptation.StepSize;
                observed++;
                adaptation.Update(AdaptiveTransition(transition, adaptsMetric && Metric.UsesRunningMoments ? observed : 0));
                if (adaptsMetric)
                {
                    Metric.Observe(Chains, observed == 1);
                }

                transition++;
                control.ReportWarmup(transition, Chains.Run.WarmupCount);
                if (transition == Chains.Run.WarmupCount / 2 && i + 1 < window.Length && MoveStragglers())
                {
                    // The last time, and the metric forgets what those left behind have told it.
                    observed = 0;
                }
            }

            // Those placed anew have half of the warm-up at least to part from where they were placed.
            bool areMoved = false;
            if (2 * transition <= Chains.Run.WarmupCount)
            {
                areMoved = isArriving && CompleteArrival(control);
                areMoved |= MoveStragglers();
            }

            if (adaptsMetric)
            {
                Metric.Update(Chains, observed);
                awaitsMetric = false;
                MetricChanged();
            }

            if ((adaptsMetric || areMoved) && options.StepSize is null)
            {
                adaptation.Restart(FindReasonableStepSize(adaptation.AveragedStepSize, control));
            }
        }

        stepSize = options.StepSize ?? adaptation.AveragedStepSize;
        EndWarmup();
    }

    /// <summary>Whether there is more to adapt than step size and metric.</summary>
    protected virtual bool AdaptsMore => false;

    /// <summary>Writes what a trial of the step size needs beside the metric.</summary>
    protected abstract void WriteTrialSettings();

    /// <summary>Writes what transitions need beside the metric.</summary>
    /// <param name="firstTransition">The number of the first.</param>
    /// <param name="count">How many.</param>
    protected abstract void WriteTransitionSettings(int firstTransition, int count);

    /// <summary>Makes one transition of the warm-up; returns the pooled acceptance.</summary>
    /// <param name="transition">Its number.</param>
    /// <param name="momentCount">The positions in the running moments with this transition's; 0 leaves the moments alone.</param>
    protected virtual double AdaptiveTransition(int transition, int momentCount)
    {
        WriteSettings(transition, 1);
        Chains.LaunchAll(new ChainLaunch { FirstStep = (uint)transition, FirstMomentCount = momentCount });
        bool suitsLeast = isArriving ? WaitsForStragglers : SuitsTails && 2 * transition >= Chains.Run.WarmupCount;
        return suitsLeast ? HarmonicMeanAcceptance() : MeanAcceptance();
    }

    /// <summary>
    /// Whether in the first window, in which chains arrive from their starts, the step size suits those that accept least. Not for
    /// samplers that refuse most proposals anyway.
    /// </summary>
    protected virtual bool WaitsForStragglers => false;

    /// <summary>
    /// Whether from half of the warm-up on, when those left behind have been moved, the step size again suits the chains that accept
    /// least. Under the arithmetic mean it may be too long for tails that few chains visit: those that would go there are refused at
    /// the border, and the others never learn of it.
    /// </summary>
    protected virtual bool SuitsTails => false;

    /// <summary>Told after the metric was replaced.</summary>
    protected virtual void MetricChanged()
    {
    }

    /// <summary>Told after chains were placed anew.</summary>
    protected virtual void ChainsMoved()
    {
    }

    /// <summary>Told when the warm-up is over.</summary>
    protected virtual void EndWarmup()
    {
    }

    /// <summary>The mean acceptance probability of the last launch over all chains.</summary>
    protected double MeanAcceptance() => PooledAcceptance.Mean(Chains.ReadAcceptances());

    /// <summary>The harmonic mean likewise: it suits the chains that accept least.</summary>
    protected double HarmonicMeanAcceptance()
    {
        ReadOnlySpan<double> acceptances = Chains.ReadAcceptances();
        if (inverses.Length == 0)
        {
            inverses = new double[acceptances.Length];
        }

        return PooledAcceptance.HarmonicMean(acceptances, inverses);
    }

    protected sealed override void WriteSettings(int firstTransition, int count)
    {
        metric.Write(stepSize, Chains.SettingReals);
        WriteTransitionSettings(firstTransition, count);
    }

    /// <summary>
    /// Halves or doubles a step size until one step is accepted about as often as wanted: Hoffman and Gelman (2014), algorithm 4, on
    /// the acceptance of all chains.
    /// </summary>
    private double FindReasonableStepSize(double first, RunControl control)
    {
        double tried = first;
        bool grows = IsAccepted(tried, control);
        while (tried is > LeastStepSize and < LargestStepSize)
        {
            double next = grows ? tried * 2 : tried / 2;
            if (IsAccepted(next, control) != grows)
            {
                return grows ? tried : next;
            }

            tried = next;
        }

        return tried;
    }

    private bool CompleteArrival(RunControl control) => HaveMoved(Arrival.Complete(Chains, InitialRadius, control.CancellationToken));

    private bool MoveStragglers() => HaveMoved(Stragglers.Move(Chains));

    private bool HaveMoved(int count)
    {
        RestartedChainCount += count;
        if (count > 0)
        {
            ChainsMoved();
        }

        return count > 0;
    }

    private bool IsAccepted(double tried, RunControl control)
    {
        control.CancellationToken.ThrowIfCancellationRequested();
        metric.Write(tried, Chains.SettingReals);
        WriteTrialSettings();
        Chains.LaunchTrial();
        return MeanAcceptance() > TrialAcceptance;
    }
}
