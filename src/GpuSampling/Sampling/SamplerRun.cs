using GpuSampling.Engines;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>One run of a sampler: start, warm up, draw.</summary>
internal sealed class SamplerRun<TElement>(
    Sampler sampler, SamplerProgram program, Posterior posterior, RunOptions run, Engine engine, DrawSink<TElement> sink, RunControl control)
    where TElement : unmanaged
{
    private readonly Chains chains = program.Chains;
    private TElement[] arenaRow = [];
    private UnitIntervalSum acceptance;
    private long divergences;
    private RunJournal<TElement>? journal;
    private RunPosition start = new();
    private TimeSpan warmupTime;
    private long warmupEvaluations;

    public SamplingResult Execute()
    {
        sink.Begin(new DrawRows(posterior.OutputLabels) { StatisticLabels = sampler.StatisticLabels }, run.ChainCount, run.DrawCount);
        (run.Starts ?? sampler.DefaultStarts).Place(chains, program.InitialRadius, control.CancellationToken);
        program.Warmup(control);
        warmupTime = control.Elapsed;
        warmupEvaluations = chains.EvaluationCount;
        using RunJournal<TElement>? opened = run.Checkpoint is null ? null : new RunJournal<TElement>(run.Checkpoint, sink, program);
        if (opened is not null)
        {
            start = opened.Restore(chains, run.Thinning, run.DrawCount);
            (acceptance, divergences, journal) = (start.Acceptance, start.Divergences, opened);
            chains.CountEarlierEvaluations(start.Evaluations);
        }

        int drawCount = Draw();
        sink.End(drawCount);
        return new SamplingResult
        {
            Posterior = posterior,
            Sampler = sampler.Name,
            RenewsEnergies = sampler.RenewsEnergies,
            ChainsAreCoupled = sampler.ChainsAreCoupled,
            Engine = engine.Name,
            Options = run,
            DrawCount = drawCount,
            ResumedDrawCount = start.Batch > 0 ? run.DrawCount : start.Transitions / run.Thinning,
            StepSize = program.StepSize,
            Scales = program.Scales,
            Metric = program.MetricKind,
            Adapted = program.Adapted,
            MeanAcceptance = drawCount == 0 ? double.NaN : acceptance.Value / ((double)drawCount * run.ChainCount),
            DivergenceCount = divergences,
            RestartedChainCount = program.RestartedChainCount,
            DensityError = sampler.KeepsExactDensity && typeof(TElement) == typeof(float) ? posterior.Accept(new DensityPrecision(chains)) : double.NaN,
            TreeDepthLimit = sampler.TreeDepthLimit,
            GradientCount = chains.EvaluationCount - warmupEvaluations,
            WarmupGradientCount = warmupEvaluations,
            WarmupTime = warmupTime,
            SamplingTime = start.Time + control.Elapsed - warmupTime,
            BatchCount = chains.Batches.BatchCount,
        };
    }

    /// <summary>Draws with all batches; returns the draws per chain made.</summary>
    private int Draw()
    {
        // A stop in a later batch would leave the earlier ones longer: all end where the first was stopped.
        int drawCount = start.Batch > 0 ? run.DrawCount : DrawBatch(0, run.DrawCount, control.CancellationToken);
        if (drawCount < run.DrawCount)
        {
            journal = null; // the checkpoint of the stop is the one to go on from
        }

        for (int batch = Math.Max(start.Batch, 1); batch < chains.Batches.BatchCount; batch++)
        {
            DrawBatch(batch, drawCount, CancellationToken.None);
        }

        return drawCount;
    }

    private int DrawBatch(int batch, int drawCount, CancellationToken observed)
    {
        LaunchLength length = new();
        int total = drawCount * run.Thinning;
        int made = batch == start.Batch ? start.Transitions : 0;
        while (made < total && !observed.IsCancellationRequested)
        {
            // A launch makes several whole draws, or where one draw takes long a part of it, which ends with the draw at most.
            int intoDraw = made % run.Thinning;
            int wholeDraws = intoDraw == 0 ? Math.Min(Math.Min(length.Count / run.Thinning, chains.DrawsPerLaunch), drawCount - (made / run.Thinning)) : 0;
            int count = wholeDraws > 0 ? wholeDraws * run.Thinning : Math.Min(length.Count, run.Thinning - intoDraw);
            int completed = (intoDraw + count) / run.Thinning;
            int interval = completed == 0 ? 0 : count / completed;

            length.Begin();
            divergences += program.Advance(batch, run.WarmupCount + made, count, interval);
            ReadDraws(batch, made / run.Thinning, completed);
            made += count;
            length.End();
            control.ReportSampling(chains.Batches.MeanCompleted(batch, made, total), run.DrawCount * run.Thinning, divergences);
            if (journal is not null && (journal.IsDue || observed.IsCancellationRequested || made == total))
            {
                journal.Write(PositionAt(batch, made), chains.Batches);
            }
        }

        return made / run.Thinning;
    }

    private RunPosition PositionAt(int batch, int made) => new()
    {
        Batch = batch,
        Transitions = made,
        Divergences = divergences,
        Evaluations = chains.EvaluationCount - warmupEvaluations,
        Acceptance = acceptance,
        Time = start.Time + control.Elapsed - warmupTime,
    };

    private void ReadDraws(int batch, int firstDraw, int count)
    {
        ChainArena arena = chains.Batches.Load(batch);
        int firstChain = chains.Batches.FirstOf(batch) / chains.ReplicaCount;
        int chainCount = chains.Batches.CountOf(batch) / chains.ReplicaCount;
        for (int draw = firstDraw; draw < firstDraw + count; draw++)
        {
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
