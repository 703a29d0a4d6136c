using System.Globalization;
using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>The chains of a run on their engine, and what can be done with them, whatever the sampler.</summary>
internal abstract class Chains : IDisposable
{
    private const int AttemptLimit = 100;
    private const long OutputBytesPerLaunch = 64L << 20;

    // Launches that only try something read random numbers from steps that no transition reaches.
    private const uint FirstTrialStep = 0x80000000;

    private readonly Posterior posterior;
    private readonly ChainPlacement placement;
    private readonly double[] chainValues;
    private readonly int integersPerTransition;
    private uint trialStep = FirstTrialStep;

    protected Chains(Posterior posterior, RunOptions run, Engine engine, Precision precision, ChainSizes sizes)
    {
        this.posterior = posterior;
        Run = run;
        HostThreads = engine.HostThreads;
        ReplicaCount = Math.Max(1, sizes.ReplicaCount);
        Rows = new ChainRows(posterior.Dimension);
        placement = ChainPlacement.Of(posterior, run.Seed, Rows.Own + sizes.OwnLength);
        RowsPerDraw = ChainRows.DrawOutputs + posterior.OutputLabels.Length + sizes.StatisticCount;
        SettingReals = new double[sizes.SettingRealCount];
        integersPerTransition = Math.Max(1, sizes.IntegersPerTransition);
        SettingIntegers = new int[LaunchLength.Most * integersPerTransition];
        ChainArenaLayout layout = new()
        {
            Precision = precision,
            FirstChain = run.FirstChain,
            ChainCount = run.ChainCount,
            StateLength = Rows.Own + sizes.OwnLength + sizes.ScratchLength,
            OutputLength = RowsPerDraw,
            DataReals = posterior.Data.Reals,
            DataIntegers = posterior.Data.Integers,
            SettingRealCount = sizes.SettingRealCount,
            SettingIntegerCount = SettingIntegers.Length,
            PublishedLength = sizes.PublishedLength,
        };
        DrawsPerLaunch = DrawCapacity(layout, engine.MemoryBudget, engine.ChainBlock);
        Batches = new ChainBatches(
            engine,
            layout with { OutputLength = RowsPerDraw * DrawsPerLaunch },
            Rows.Own + sizes.KeptLength,
            ReplicaCount,
            run.Checkpoint is null ? null : CheckpointFile.Head(run.Checkpoint)?.BatchSize);
        chainValues = new double[run.ChainCount];
    }

    /// <summary>The size and seed of the run, every replica counted as a chain.</summary>
    public RunOptions Run { get; }

    /// <summary>The replicas of each chain of the result, of which the first is what is drawn; 1 except for ladders.</summary>
    public int ReplicaCount { get; }

    /// <summary>The threads that work on the host beside the engine may take; 0: one per core.</summary>
    public int HostThreads { get; }

    /// <summary>The chains on the engine.</summary>
    public ChainBatches Batches { get; }

    /// <summary>The rows of a chain's state.</summary>
    public ChainRows Rows { get; }

    /// <summary>The number of unconstrained parameters.</summary>
    public int Dimension => posterior.Dimension;

    /// <summary>What is sampled.</summary>
    public Posterior Posterior => posterior;

    /// <summary>Rows of outputs of a draw.</summary>
    public int RowsPerDraw { get; }

    /// <summary>Draws that the outputs of a launch have room for.</summary>
    public int DrawsPerLaunch { get; }

    /// <summary>Evaluations of density or gradient so far, over all chains; one for each chain's start, however often it was drawn.</summary>
    public long EvaluationCount { get; private set; }

    /// <summary>The real settings of the launches to come.</summary>
    public double[] SettingReals { get; }

    /// <summary>The integer settings of the launches to come, equally many for each transition.</summary>
    public int[] SettingIntegers { get; }

    /// <inheritdoc/>
    public void Dispose() => Batches.Dispose();

    /// <summary>Counts evaluations that were made before the run went on.</summary>
    /// <param name="count">How many.</param>
    public void CountEarlierEvaluations(long count) => EvaluationCount += count;

    /// <summary>Draws every chain's start uniformly within a cube about 0.</summary>
    /// <param name="radius">The half width of the cube.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="InitializationException">A chain found no start with a finite density.</exception>
    public void StartUniformly(double radius, CancellationToken cancellationToken)
    {
        for (int batch = 0; batch < Batches.BatchCount; batch++)
        {
            placement.LaunchUniform(Batches.Load(batch), radius, AttemptLimit, cancellationToken);
        }

        FinishStarts(string.Create(CultureInfo.InvariantCulture, $"found no start with a finite log density and gradient in {AttemptLimit} tries within ±{radius} of 0 in unconstrained space"));
    }

    /// <summary>Puts chains where the host says.</summary>
    /// <param name="choose">Chooses a start.</param>
    /// <param name="isDrawn">Whether choosing again gives another start.</param>
    /// <param name="origin">Where starts come from, for messages, such as "from the prior".</param>
    /// <param name="cancellationToken">Stops between launches.</param>
    /// <exception cref="InitializationException">A chain found no start with a finite density.</exception>
    public void StartAt(StartChooser choose, bool isDrawn, string origin, CancellationToken cancellationToken)
    {
        int attempts = isDrawn ? AttemptLimit : 1;
        double[] positions = new double[(long)Dimension * Batches.BatchSize], position = new double[Dimension];
        Span<double> densities = chainValues.AsSpan(0, Batches.BatchSize);
        for (int batch = 0; batch < Batches.BatchCount; batch++)
        {
            ChainArena arena = Batches.Load(batch);
            int count = Batches.CountOf(batch);
            Array.Clear(positions);
            densities.Fill(double.NaN);
            for (uint attempt = 0; attempt < attempts && densities[..count].ContainsAnyExceptInRange(double.MinValue, double.MaxValue); attempt++)
            {
                for (int chain = 0; chain < count; chain++)
                {
                    if (!double.IsFinite(densities[chain]))
                    {
                        choose(Batches.FirstOf(batch) + chain, attempt, position);
                        for (int i = 0; i < Dimension; i++)
                        {
                            positions[((long)i * Batches.BatchSize) + chain] = position[i];
                        }
                    }
                }

                arena.WriteState(ChainRows.Position, Dimension, positions);
                placement.LaunchEvaluation(arena, cancellationToken);
                arena.ReadState(ChainRows.LogDensity, 1, densities);
            }
        }

        FinishStarts(isDrawn
            ? $"found no start with a finite log density and gradient in {AttemptLimit} tries {origin}"
            : $"have no finite log density and gradient at the start {origin}");
    }

    /// <summary>Moves every chain uphill from its start.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public void Climb(AdamStarts options, CancellationToken cancellationToken)
    {
        for (int batch = 0; batch < Batches.BatchCount; batch++)
        {
            ChainArena arena = Batches.Load(batch);
            for (int step = 1; step <= options.StepCount; step++)
            {
                placement.LaunchAdam(arena, options, step, cancellationToken);
            }
        }

        EvaluationCount += (long)options.StepCount * Run.ChainCount;
    }

    /// <summary>Launches over all chains; afterwards the sums of the launch can be read.</summary>
    /// <param name="launch">The transitions.</param>
    /// <param name="launched">Told after each batch's launch, while it is in the arena; null: nobody.</param>
    public void LaunchAll(ChainLaunch launch, Action<int>? launched = null)
    {
        for (int batch = 0; batch < Batches.BatchCount; batch++)
        {
            LaunchBatch(batch, launch);
            launched?.Invoke(batch);
        }

        Batches.ReadRow(ChainRows.EvaluationCount, chainValues);
        EvaluationCount += (long)FixedOrderSum.Of(chainValues);
    }

    /// <summary>Launches a transition that moves no chain, with random numbers of its own.</summary>
    public void LaunchTrial() => LaunchAll(new ChainLaunch { FirstStep = trialStep++, MovesChains = false });

    /// <summary>The acceptance probability of each chain, summed over the last launch.</summary>
    public ReadOnlySpan<double> ReadAcceptances()
    {
        Batches.ReadRow(ChainRows.AcceptanceSum, chainValues);
        return chainValues;
    }

    /// <summary>Launches over one batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="launch">The transitions.</param>
    /// <returns>The number of divergent transitions.</returns>
    public long Advance(int batch, ChainLaunch launch)
    {
        LaunchBatch(batch, launch);
        EvaluationCount += Sum(batch, ChainRows.EvaluationCount);
        return Sum(batch, ChainRows.DivergenceCount);
    }

    /// <summary>Makes transitions in a batch.</summary>
    protected abstract void Launch(ChainArena arena, ChainLaunch launch);

    private void LaunchBatch(int batch, ChainLaunch launch)
    {
        ChainArena arena = Batches.Load(batch);
        arena.WriteSettings(SettingReals, SettingIntegers.AsSpan(0, launch.Count * integersPerTransition));
        Launch(arena, launch);
    }

    private long Sum(int batch, int row)
    {
        Span<double> values = chainValues.AsSpan(0, Batches.BatchSize);
        Batches.Load(batch).ReadState(row, 1, values);
        return (long)FixedOrderSum.Of(values[..Batches.CountOf(batch)]);
    }

    /// <summary>Draws per launch: what 64 MiB of outputs hold, or a quarter of a smaller budget; one at least.</summary>
    private int DrawCapacity(ChainArenaLayout oneDraw, long budget, int block)
    {
        long outputBytes = oneDraw.ChainBytesInBlocks(block) - (oneDraw with { OutputLength = 0 }).ChainBytesInBlocks(block);
        long leastState = (oneDraw with { ChainCount = 1, OutputLength = 0 }).ChainBytesInBlocks(block);
        long allowed = Math.Min(Math.Min(OutputBytesPerLaunch, budget / 4), budget - oneDraw.SharedBytes - leastState);
        long most = Math.Max(1, Math.Min(Run.DrawCount, LaunchLength.Most / Run.Thinning));
        return (int)Math.Clamp(allowed / outputBytes, 1, most);
    }

    private void FinishStarts(string failure)
    {
        EvaluationCount += Run.ChainCount;
        Batches.ReadRow(ChainRows.LogDensity, chainValues);
        int failed = Array.FindIndex(chainValues, value => !double.IsFinite(value));
        if (failed >= 0)
        {
            throw new InitializationException(DescribeFailure(failed, failure));
        }
    }

    private string DescribeFailure(int failed, string failure)
    {
        int count = chainValues.Count(value => !double.IsFinite(value));
        double[] tried = new double[Dimension];
        for (int i = 0; i < tried.Length; i++)
        {
            Batches.ReadRow(ChainRows.Position + i, chainValues);
            tried[i] = chainValues[failed];
        }

        string[] values = [.. posterior.Constrain(tried).Zip(posterior.OutputLabels, (value, label) => $"{label} = {Text(value)}")];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} of {Run.ChainCount} chains {failure}. Chain {Run.FirstChain + failed} tried last ({Listed([.. tried.Select(Text)])}), which is {Listed(values)}.");
    }

    private static string Listed(string[] values) => string.Join(", ", values.Take(10)) + (values.Length > 10 ? ", …" : string.Empty);

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

/// <summary>What a sampler needs of memory.</summary>
/// <param name="OwnLength">Own rows of state.</param>
/// <param name="KeptLength">Those of them that survive between launches.</param>
/// <param name="StatisticCount">Statistics of a draw beside the common ones.</param>
/// <param name="ScratchLength">The model's scratch memory.</param>
/// <param name="SettingRealCount">Real settings.</param>
internal readonly record struct ChainSizes(int OwnLength, int KeptLength, int StatisticCount, int ScratchLength, int SettingRealCount)
{
    /// <summary>Rows that all chains show to one another.</summary>
    public int PublishedLength { get; init; }

    /// <summary>The replicas of a chain of the result: neighbours that stay together. 0 counts as 1.</summary>
    public int ReplicaCount { get; init; }

    /// <summary>Integer settings of a transition. 0 counts as 1.</summary>
    public int IntegersPerTransition { get; init; }
}

/// <summary>Chains of a model that move by a transition.</summary>
internal sealed class Chains<TModel, TTransition> : Chains
    where TModel : struct, IModel
    where TTransition : struct, ITransition
{
    private readonly TModel model;
    private readonly TTransition transition;

    /// <summary>Allocates the chains.</summary>
    /// <param name="posterior">What to sample.</param>
    /// <param name="run">The size and seed of the run.</param>
    /// <param name="engine">Where to run it.</param>
    /// <param name="precision">The type of all reals.</param>
    /// <param name="transition">The transition.</param>
    /// <param name="settingRealCount">The real settings that it reads.</param>
    /// <param name="integersPerTransition">The integer settings of a transition.</param>
    public Chains(
        Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision, TTransition transition, int settingRealCount, int integersPerTransition = 1)
        : base(posterior, run, engine, precision, SizesOf(posterior, transition, settingRealCount) with { IntegersPerTransition = integersPerTransition })
    {
        model = posterior.Model;
        this.transition = transition;
    }

    protected override void Launch(ChainArena arena, ChainLaunch launch) =>
        arena.Launch(
            new TransitionBlock<TModel, TTransition>
            {
                Model = model,
                Transition = transition,
                Key = new StreamKey(Run.Seed),
                FirstStep = launch.FirstStep,
                TransitionCount = launch.Count,
                DrawInterval = launch.DrawInterval,
                MovesChains = launch.MovesChains ? 1 : 0,
                FirstMomentCount = launch.FirstMomentCount,
            },
            CancellationToken.None);

    private static ChainSizes SizesOf(Posterior<TModel> posterior, TTransition transition, int settingRealCount) => new(
        transition.OwnLength(posterior.Dimension),
        TTransition.KeptLength(posterior.Dimension),
        TTransition.StatisticCount,
        posterior.Model.ScratchLength,
        settingRealCount);
}
