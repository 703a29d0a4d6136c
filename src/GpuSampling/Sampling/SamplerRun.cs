using GpuSampling.Engines;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>One run of a sampler: start, warm up, draw.</summary>
/// <param name="sampler">The method.</param>
/// <param name="program">What it does on the host.</param>
/// <param name="run">The size and seed.</param>
/// <param name="identity">What makes the run itself, for its checkpoints; null without any.</param>
/// <param name="folder">Where these go; null without any.</param>
/// <param name="engine">Where it runs.</param>
/// <param name="sink">What keeps the draws.</param>
/// <param name="control">What watches it.</param>
internal sealed class SamplerRun<TElement>(
    Sampler sampler, SamplerProgram program, RunOptions run, RunIdentity? identity, CheckpointFolder? folder, Engine engine, DrawSink<TElement> sink, RunControl control)
    where TElement : unmanaged
{
    private readonly Chains chains = program.Chains;
    private readonly Posterior posterior = program.Chains.Posterior;
    private TElement[] arenaRow = [];
    private UnitIntervalSum acceptance;
    private long divergences;
    private RunJournal<TElement>? journal;
    private RunPosition start = new();
    private TimeSpan warmupTime;
    private long warmupEvaluations;
    private int batch;
    private int made;
    private int drawTarget = run.DrawCount;
    private bool isWithinDraw;

    /// <summary>The draws that every chain has made.</summary>
    private int CommonDraws => batch == chains.Batches.BatchCount - 1 ? made / run.Thinning : 0;

    public SamplingResult Execute()
    {
        (run.Starts ?? sampler.DefaultStarts).Place(chains, program.InitialRadius, control.CancellationToken);
        program.Warmup(control);
        warmupTime = control.Elapsed;
        warmupEvaluations = chains.EvaluationCount;
        RunJournal<TElement>? opened = identity is null || folder is null ? null : new RunJournal<TElement>(run.Checkpoint!, folder, sink, identity, program);
        if (opened is not null)
        {
            start = opened.Restore(chains, run.Thinning, run.DrawCount);
            (acceptance, divergences, journal, batch, made) = (start.Acceptance, start.Divergences, opened, start.Batch, start.Transitions);
            chains.CountEarlierEvaluations(start.Evaluations);
        }

        try
        {
            Draw();
        }
        catch
        {
            EndSink();
            throw;
        }

        EndSink();
        (long draws, long transitions) = Counts();
        return new SamplingResult
        {
            Posterior = posterior,
            Sampler = sampler.Name,
            RenewsEnergies = sampler.RenewsEnergies,
            ChainsAreCoupled = sampler.ChainsAreCoupled,
            DivergenceAdvice = sampler.DivergenceAdvice,
            Engine = engine.Name,
            Options = run,
            DrawCount = CommonDraws,
            ResumedDrawCount = start.Batch > 0 ? run.DrawCount : start.Transitions / run.Thinning,
            TransitionCount = transitions,
            StepSize = program.StepSize,
            Scales = program.Scales,
            Metric = program.MetricKind,
            Adapted = program.Adapted,
            MeanAcceptance = draws == 0 ? double.NaN : acceptance.Value / draws,
            DivergenceCount = divergences,
            RestartedChainCount = program.RestartedChainCount,
            DensityError = sampler.KeepsExactDensity && typeof(TElement) == typeof(float) ? posterior.Accept(new DensityPrecision(chains)) : double.NaN,
            TreeDepthLimit = sampler.TreeDepthLimit,
            GradientCount = chains.EvaluationCount - warmupEvaluations,
            WarmupGradientCount = warmupEvaluations,
            WarmupTime = warmupTime,
            SamplingTime = start.Time + control.Elapsed - warmupTime,
            BatchCount = chains.Batches.BatchCount,
            CheckpointFailure = opened?.Failure,
        };
    }

    /// <summary>Draws with all batches.</summary>
    private void Draw()
    {
        while (DrawBatch() && batch + 1 < chains.Batches.BatchCount)
        {
            batch++;
            made = 0;
        }
    }

    /// <summary>Draws with the batch under way.</summary>
    /// <returns>Whether the run goes on: false after a stop.</returns>
    private bool DrawBatch()
    {
        LaunchLength length = new();
        bool mayStop = true;
        while (made < drawTarget * run.Thinning)
        {
            if (mayStop && control.CancellationToken.IsCancellationRequested)
            {
                if (journal is not null && journal.Write(PositionNow(), chains.Batches))
                {
                    return false;
                }

                // Without a checkpoint to go on from, all batches end where the first was stopped.
                mayStop = false;
                if (batch == 0)
                {
                    made -= made % run.Thinning;
                    drawTarget = made / run.Thinning;
                    journal = null;
                    break;
                }
            }

            // A launch makes several whole draws, or where one draw takes long a part of it, which ends with the draw at most.
            int intoDraw = made % run.Thinning;
            int wholeDraws = intoDraw == 0 ? Math.Min(Math.Min(length.Count / run.Thinning, chains.DrawsPerLaunch), drawTarget - (made / run.Thinning)) : 0;
            int count = wholeDraws > 0 ? wholeDraws * run.Thinning : Math.Min(length.Count, run.Thinning - intoDraw);
            int completed = (intoDraw + count) / run.Thinning;
            int interval = completed == 0 ? 0 : count / completed;

            length.Begin();
            divergences += program.Advance(batch, run.WarmupCount + made, count, interval);
            ReadDraws(made / run.Thinning, completed);
            made += completed == 0 ? count : 0;
            length.End();
            control.ReportSampling(chains.Batches.MeanCompleted(batch, made, drawTarget * run.Thinning), run.DrawCount * run.Thinning, divergences);
            if (journal is not null && (journal.IsDue || made == drawTarget * run.Thinning))
            {
                journal.Write(PositionNow(), chains.Batches);
            }
        }

        return true;
    }

    /// <summary>Tells the sink that no more draws will come.</summary>
    private void EndSink()
    {
        bool areEven = chains.Batches.BatchCount == 1 || CommonDraws == drawTarget;
        if (areEven && !isWithinDraw)
        {
            sink.End(CommonDraws);
        }
        else
        {
            sink.EndUneven(CommonDraws);
        }
    }

    /// <summary>The draws and the transitions of all chains together.</summary>
    private (long Draws, long Transitions) Counts()
    {
        long before = (long)chains.Batches.FirstOf(batch) / chains.ReplicaCount * drawTarget;
        long chainCount = chains.Batches.CountOf(batch) / chains.ReplicaCount;
        return (before + (chainCount * (made / run.Thinning)), (before * run.Thinning) + (chainCount * made));
    }

    private RunPosition PositionNow() => new()
    {
        Batch = batch,
        Transitions = made,
        Divergences = divergences,
        Evaluations = chains.EvaluationCount - warmupEvaluations,
        Acceptance = acceptance,
        Time = start.Time + control.Elapsed - warmupTime,
    };

    private void ReadDraws(int firstDraw, int count)
    {
        ChainArena arena = chains.Batches.Load(batch);
        int firstChain = chains.Batches.FirstOf(batch) / chains.ReplicaCount;
        int chainCount = chains.Batches.CountOf(batch) / chains.ReplicaCount;
        for (int draw = firstDraw; draw < firstDraw + count; draw++)
        {
            isWithinDraw = true;
            for (int row = 0; row < chains.RowsPerDraw; row++)
            {
                Span<TElement> destination = sink.Destination(draw, row, firstChain, chainCount)[..chainCount];
                ReadRow(arena, row + ((draw - firstDraw) * chains.RowsPerDraw), destination);
                if (row == DrawRows.Acceptance)
                {
                    acceptance.Add<TElement>(destination);
                }

                journal?.Append(destination);
                sink.Written(draw, row, firstChain, chainCount);
            }

            isWithinDraw = false;
            made = (draw + 1) * run.Thinning;
        }
    }

    /// <summary>Reads a row of a batch: of every ladder the first replica. The last batch may have fewer chains than the arena.</summary>
    private void ReadRow(ChainArena arena, int row, Span<TElement> destination)
    {
        if (destination.Length == chains.Batches.BatchSize)
        {
            arena.ReadOutputRow(row, destination);
            return;
        }

        if (arenaRow.Length == 0)
        {
            arenaRow = new TElement[chains.Batches.BatchSize];
        }

        arena.ReadOutputRow<TElement>(row, arenaRow);
        for (int chain = 0; chain < destination.Length; chain++)
        {
            destination[chain] = arenaRow[chain * chains.ReplicaCount];
        }
    }
}
