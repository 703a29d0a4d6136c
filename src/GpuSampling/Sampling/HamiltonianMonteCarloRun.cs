using System.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Kernels.Models;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>One run of <see cref="HamiltonianMonteCarloSampler"/>: start, warm up, draw.</summary>
internal sealed class HamiltonianMonteCarloRun<TModel, TElement> : IDisposable
    where TModel : struct, IModel
    where TElement : unmanaged
{
    private readonly HamiltonianMonteCarloOptions options;
    private readonly RunOptions run;
    private readonly Posterior<TModel> posterior;
    private readonly Engine engine;
    private readonly DrawSink<TElement> sink;
    private readonly IProgress<RunProgress>? progress;
    private readonly CancellationToken cancellationToken;
    private readonly HamiltonianMonteCarloChains<TModel> chains;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TElement[] arenaRow = [];
    private UnitIntervalSum acceptance;
    private long divergences;

    public HamiltonianMonteCarloRun(
        HamiltonianMonteCarloOptions options,
        RunOptions run,
        Posterior<TModel> posterior,
        Engine engine,
        DrawSink<TElement> sink,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        this.options = options;
        this.run = run;
        this.posterior = posterior;
        this.engine = engine;
        this.sink = sink;
        this.progress = progress;
        this.cancellationToken = cancellationToken;
        Precision precision = typeof(TElement) == typeof(float) ? Precision.Single : Precision.Double;
        chains = new HamiltonianMonteCarloChains<TModel>(options, run, posterior, engine, precision);
    }

    public void Dispose() => chains.Dispose();

    public SamplingResult Execute()
    {
        sink.Begin(new DrawRows(posterior.OutputLabels), run.ChainCount, run.DrawCount);
        chains.Initialize(cancellationToken);
        double stepSize = new HamiltonianMonteCarloWarmup<TModel>(options, run, chains, clock, progress, cancellationToken).Run();
        TimeSpan warmupTime = clock.Elapsed;
        long warmupGradients = chains.GradientCount;

        int drawCount = Draw(stepSize);
        sink.End(drawCount);
        return new SamplingResult
        {
            Posterior = posterior,
            Sampler = "hmc",
            Engine = engine.Name,
            Options = run,
            DrawCount = drawCount,
            StepSize = stepSize,
            Scales = [.. chains.Scales],
            MeanAcceptance = drawCount == 0 ? double.NaN : acceptance.Value / ((double)drawCount * run.ChainCount),
            DivergenceCount = divergences,
            GradientCount = chains.GradientCount - warmupGradients,
            WarmupGradientCount = warmupGradients,
            WarmupTime = warmupTime,
            SamplingTime = clock.Elapsed - warmupTime,
            BatchCount = chains.Batches.BatchCount,
        };
    }

    /// <summary>Draws with all batches; returns the draws per chain made.</summary>
    private int Draw(double stepSize)
    {
        // A stop in a later batch would leave the earlier ones longer: all end where the first was stopped.
        int drawCount = DrawBatch(0, stepSize, run.DrawCount, cancellationToken);
        for (int batch = 1; batch < chains.Batches.BatchCount; batch++)
        {
            DrawBatch(batch, stepSize, drawCount, CancellationToken.None);
        }

        return drawCount;
    }

    private int DrawBatch(int batch, double stepSize, int drawCount, CancellationToken observed)
    {
        LaunchLength length = new();
        int total = drawCount * run.Thinning;
        int made = 0; // transitions
        while (made < total && !observed.IsCancellationRequested)
        {
            // A launch makes several whole draws, or where one draw takes long a part of it, which ends with the draw at most.
            int intoDraw = made % run.Thinning;
            int wholeDraws = intoDraw == 0 ? Math.Min(Math.Min(length.Count / run.Thinning, chains.DrawsPerLaunch), drawCount - (made / run.Thinning)) : 0;
            int count = wholeDraws > 0 ? wholeDraws * run.Thinning : Math.Min(length.Count, run.Thinning - intoDraw);
            int completed = (intoDraw + count) / run.Thinning;
            int interval = completed == 0 ? 0 : count / completed;

            length.Begin();
            divergences += chains.Advance(batch, run.WarmupCount + made, count, interval, stepSize);
            ReadDraws(batch, made / run.Thinning, completed);
            made += count;
            length.End();
            progress?.Report(new RunProgress(
                false,
                chains.Batches.MeanCompleted(batch, made, total),
                run.DrawCount * run.Thinning,
                clock.Elapsed,
                divergences));
        }

        return made / run.Thinning;
    }

    private void ReadDraws(int batch, int firstDraw, int count)
    {
        ChainArena arena = chains.Batches.Load(batch);
        int firstChain = chains.Batches.FirstOf(batch);
        int chainCount = chains.Batches.CountOf(batch);
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

                sink.Written(draw, row, firstChain, chainCount);
            }
        }
    }

    /// <summary>Reads a row of a batch, whose last may have fewer chains than the arena.</summary>
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
        arenaRow.AsSpan(0, destination.Length).CopyTo(destination);
    }
}
