using System.Collections.Immutable;
using GpuSampling.Adaptation;
using GpuSampling.Kernels.Tempering;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Sampling;

/// <summary>
/// A run of ladders: the warm-up adapts a step size and scales for each level, over all ladders together, and the ladder itself after
/// each of its windows, which grow.
/// </summary>
internal sealed class TemperingProgram : SamplerProgram
{
    /// <summary>What the adapted values call the number of round trips.</summary>
    public const string RoundTripsName = "round_trips";

    /// <summary>What the adapted values call the sum of rejections.</summary>
    public const string BarrierName = "communication_barrier";

    private const double LeastStepSize = 1e-26;
    private const double LargestStepSize = 1e26;
    private const double TrialAcceptance = 0.8;

    private readonly ReplicaChains replicas;
    private readonly TemperingOptions options;
    private readonly TrajectoryLengths lengths;
    private readonly int levelCount;
    private readonly int dimension;
    private readonly double[] row;
    private readonly double[] ladderValues;
    private readonly double[] squares;
    private readonly double[] scratch;
    private double[] inverseTemperatures;
    private double[] stepSizes;
    private double[][] scales;

    public TemperingProgram(ReplicaChains chains, TemperingOptions options)
        : base(chains)
    {
        replicas = chains;
        this.options = options;
        levelCount = chains.ReplicaCount;
        dimension = chains.Dimension;
        lengths = new TrajectoryLengths(
            new HamiltonianMonteCarloOptions
            {
                PathLength = options.PathLength,
                PathJitter = options.PathJitter,
                MaximumLeapfrogCount = options.MaximumLeapfrogCount,
            },
            chains.Run.Seed);
        row = new double[chains.Run.ChainCount];
        (ladderValues, squares, scratch) = (new double[row.Length / levelCount], new double[row.Length / levelCount], new double[row.Length / levelCount]);
        inverseTemperatures = options.InverseTemperatures.IsEmpty ? TemperatureLadder.Initial(levelCount) : [.. options.InverseTemperatures];
        stepSizes = [.. Enumerable.Repeat(1.0, levelCount)];
        scales = [.. Enumerable.Range(0, levelCount).Select(_ => Enumerable.Repeat(1.0, dimension).ToArray())];
    }

    public override double InitialRadius => options.InitialRadius;

    public override double StepSize => stepSizes[0];

    public override ImmutableArray<double> Scales => [.. scales[0]];

    public override ImmutableArray<KeyValuePair<string, double>> Adapted
    {
        get
        {
            ImmutableArray<KeyValuePair<string, double>>.Builder adapted = ImmutableArray.CreateBuilder<KeyValuePair<string, double>>();
            double[] rejections = Rejections();
            for (int level = 0; level < levelCount; level++)
            {
                adapted.Add(new($"inverse_temperature[{level + 1}]", inverseTemperatures[level]));
            }

            for (int level = 0; level < rejections.Length; level++)
            {
                adapted.Add(new($"rejection[{level + 1}]", rejections[level]));
            }

            adapted.Add(new(BarrierName, rejections.Sum()));
            adapted.Add(new(RoundTripsName, FixedOrderSum.Of(LevelOf(ReplicaRows.RoundTrips, 0))));
            if (inverseTemperatures[^1] == 0)
            {
                (double logEvidence, double error) = TemperatureLadder.LogEvidence([.. Enumerable.Range(1, levelCount - 1).Select(level => (
                    LevelOf(ReplicaRows.WeightMaximum, level), LevelOf(ReplicaRows.WeightSum, level), LevelOf(ReplicaRows.WeightCount, level)))]);
                adapted.Add(new("log_evidence", logEvidence));
                adapted.Add(new("log_evidence_error", error));
            }

            return adapted.ToImmutable();
        }
    }

    public override void Warmup(RunControl control)
    {
        replicas.Place();
        FindReasonableStepSizes(control);
        DualAveraging[] adaptations = [.. stepSizes.Select(size => new DualAveraging(size, options.TargetAcceptance))];
        int transition = 0;
        foreach (WarmupWindow window in WarmupSchedule.Windows(Chains.Run.WarmupCount))
        {
            // As AdaptiveProgram has it: at first step sizes suit the replicas that accept least.
            bool isArriving = transition == 0;
            replicas.ForgetSums();
            for (int i = 0; i < window.Length; i++)
            {
                control.CancellationToken.ThrowIfCancellationRequested();
                for (int level = 0; level < levelCount; level++)
                {
                    stepSizes[level] = adaptations[level].StepSize;
                }

                WriteSettings(transition, 1);
                Chains.LaunchAll(new ChainLaunch { FirstStep = (uint)transition, FirstMomentCount = window.AdaptsMetric ? i + 1 : 0 });
                double[] acceptances = Acceptances(isArriving);
                for (int level = 0; level < levelCount; level++)
                {
                    adaptations[level].Update(acceptances[level]);
                }

                transition++;
                control.ReportWarmup(transition, Chains.Run.WarmupCount);
            }

            stepSizes = [.. adaptations.Select(adaptation => adaptation.AveragedStepSize)];
            if (window.AdaptsMetric)
            {
                UpdateScales(window.Length);
                RespaceLadder();
                FindReasonableStepSizes(control);
                for (int level = 0; level < levelCount; level++)
                {
                    adaptations[level].Restart(stepSizes[level]);
                }
            }
        }

        replicas.ForgetSums();
    }

    protected override void WriteSettings(int firstTransition, int count)
    {
        WriteLevels();
        for (int i = 0; i < count; i++)
        {
            Chains.SettingIntegers[i] = lengths.LeapfrogCount((uint)(firstTransition + i), StepSize);
        }
    }

    private void WriteLevels()
    {
        inverseTemperatures.CopyTo(Chains.SettingReals, 0);
        for (int level = 0; level < levelCount; level++)
        {
            for (int i = 0; i < dimension; i++)
            {
                Chains.SettingReals[levelCount + (level * dimension) + i] = stepSizes[level] * scales[level][i];
            }
        }
    }

    /// <summary>A row of the own rows at one level, a number for each ladder.</summary>
    private double[] LevelOf(int ownRow, int level)
    {
        Chains.Batches.ReadRow(Chains.Rows.Own + ownRow, row);
        double[] values = new double[ladderValues.Length];
        Take(row, level, values);
        return values;
    }

    private void Take(double[] all, int level, double[] values)
    {
        for (int ladder = 0; ladder < values.Length; ladder++)
        {
            values[ladder] = all[(ladder * levelCount) + level];
        }
    }

    private double[] Rejections()
    {
        double[] rejections = new double[levelCount - 1];
        for (int level = 0; level < rejections.Length; level++)
        {
            double tries = FixedOrderSum.Of(LevelOf(ReplicaRows.TryCount, level));
            rejections[level] = tries == 0 ? 0 : FixedOrderSum.Of(LevelOf(ReplicaRows.RejectionSum, level)) / tries;
        }

        return rejections;
    }

    /// <summary>The acceptance of each level, pooled by the arithmetic or the harmonic mean.</summary>
    private double[] Acceptances(bool isHarmonic)
    {
        double[] acceptances = new double[levelCount];
        Chains.Batches.ReadRow(ChainRows.AcceptanceSum, row);
        for (int level = 0; level < levelCount; level++)
        {
            Take(row, level, ladderValues);
            acceptances[level] = isHarmonic ? PooledAcceptance.HarmonicMean(ladderValues, scratch) : PooledAcceptance.Mean(ladderValues);
        }

        return acceptances;
    }

    private void UpdateScales(int drawsPerChain)
    {
        double[] means = new double[row.Length];
        double draws = (double)drawsPerChain * ladderValues.Length;
        for (int i = 0; i < dimension; i++)
        {
            Chains.Batches.ReadRow(Chains.Rows.Mean + i, means);
            Chains.Batches.ReadRow(Chains.Rows.SquaredDeviations + i, row);
            for (int level = 0; level < levelCount; level++)
            {
                Take(means, level, ladderValues);
                Take(row, level, squares);
                double variance = PooledMoments.Of(ladderValues, squares, drawsPerChain, scratch).Variance;
                double regularized = Shrinkage.OfVariance(variance, draws);
                scales[level][i] = regularized > 0 && double.IsFinite(regularized) ? Math.Sqrt(regularized) : scales[level][i];
            }
        }
    }

    private void RespaceLadder()
    {
        if (!options.InverseTemperatures.IsEmpty)
        {
            return;
        }

        double[] places = TemperatureLadder.Respaced(Rejections());
        inverseTemperatures = [.. places.Select(place => TemperatureLadder.At(inverseTemperatures, place))];
        stepSizes = [.. places.Select(place => TemperatureLadder.At(stepSizes, place))];
        double[][] old = scales;
        scales = [.. places.Select(place => Enumerable.Range(0, dimension)
            .Select(i => TemperatureLadder.At([.. old.Select(level => level[i])], place)).ToArray())];
    }

    /// <summary>As <see cref="AdaptiveProgram"/> does, for all levels at once.</summary>
    private void FindReasonableStepSizes(RunControl control)
    {
        bool[] grows = Tried(control);
        bool[] done = new bool[levelCount];
        while (done.Contains(false))
        {
            double[] last = [.. stepSizes];
            for (int level = 0; level < levelCount; level++)
            {
                stepSizes[level] *= done[level] ? 1 : grows[level] ? 2 : 0.5;
            }

            bool[] accepted = Tried(control);
            for (int level = 0; level < levelCount; level++)
            {
                if (!done[level] && accepted[level] != grows[level])
                {
                    done[level] = true;
                    stepSizes[level] = grows[level] ? last[level] : stepSizes[level];
                }

                done[level] |= stepSizes[level] is <= LeastStepSize or >= LargestStepSize;
            }
        }
    }

    private bool[] Tried(RunControl control)
    {
        control.CancellationToken.ThrowIfCancellationRequested();
        WriteLevels();
        Chains.SettingIntegers[0] = 1;
        Chains.LaunchTrial();
        return [.. Acceptances(isHarmonic: false).Select(acceptance => acceptance > TrialAcceptance)];
    }
}
