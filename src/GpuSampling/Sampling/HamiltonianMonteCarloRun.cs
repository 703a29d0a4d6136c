using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>One run of <see cref="HamiltonianMonteCarloSampler"/>: start, warm up, draw.</summary>
internal sealed class HamiltonianMonteCarloRun<TModel, TElement> : IDisposable
    where TModel : struct, IModel
    where TElement : unmanaged
{
    private const int AttemptLimit = 100;
    private const int LargestBlock = 1024;
    private const long OutputBytesPerLaunch = 64L << 20;

    // Launches that only try step sizes read random numbers from steps that no transition reaches.
    private const uint FirstTrialStep = 0x80000000;

    private static readonly TimeSpan LaunchTime = TimeSpan.FromMilliseconds(100);

    private readonly HamiltonianMonteCarloOptions options;
    private readonly RunOptions run;
    private readonly Posterior<TModel> posterior;
    private readonly Engine engine;
    private readonly DrawSink<TElement> sink;
    private readonly IProgress<RunProgress>? progress;
    private readonly CancellationToken cancellationToken;
    private readonly HamiltonianMonteCarloLayout rows;
    private readonly int rowsPerDraw;
    private readonly int blockCapacity;
    private readonly ChainBatches chains;
    private readonly TrajectoryLengths trajectoryLengths;
    private readonly double[] scales;
    private readonly double[] stepSizes;
    private readonly double[] chainValues;
    private readonly double[] chainScratch;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private uint trialStep = FirstTrialStep;
    private long gradientCount;

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
        TModel model = posterior.Model;
        rows = new HamiltonianMonteCarloLayout(model.Dimension);
        rowsPerDraw = HamiltonianMonteCarloLayout.DrawOutputs + model.OutputCount;
        ChainArenaLayout layout = new()
        {
            Precision = typeof(TElement) == typeof(float) ? Precision.Single : Precision.Double,
            FirstChain = run.FirstChain,
            ChainCount = run.ChainCount,
            StateLength = rows.StateLength(model.ScratchLength),
            OutputLength = rowsPerDraw,
            DataReals = posterior.Data.Reals,
            DataIntegers = posterior.Data.Integers,
            SettingRealCount = model.Dimension,
            SettingIntegerCount = Math.Max(LargestBlock, run.Thinning),
        };
        blockCapacity = BlockCapacity(layout);
        layout = layout with { OutputLength = rowsPerDraw * blockCapacity };
        chains = new ChainBatches(engine, layout, rows.Scratch);
        trajectoryLengths = new TrajectoryLengths(options, run.Seed);
        scales = [.. Enumerable.Repeat(1.0, model.Dimension)];
        stepSizes = new double[model.Dimension];
        chainValues = new double[run.ChainCount];
        chainScratch = new double[run.ChainCount];
    }

    public void Dispose() => chains.Dispose();

    public SamplingResult Execute()
    {
        Initialize();
        double stepSize = WarmUp();
        TimeSpan warmupTime = clock.Elapsed;
        long warmupGradients = gradientCount;
        gradientCount = 0;

        (int drawCount, double meanAcceptance, long divergences) = Draw(stepSize);
        return new SamplingResult
        {
            Posterior = posterior,
            Sampler = "hmc",
            Engine = engine.Name,
            Options = run,
            DrawCount = drawCount,
            StepSize = stepSize,
            Scales = [.. scales],
            MeanAcceptance = meanAcceptance,
            DivergenceCount = divergences,
            GradientCount = gradientCount,
            WarmupGradientCount = warmupGradients,
            WarmupTime = warmupTime,
            SamplingTime = clock.Elapsed - warmupTime,
            BatchCount = chains.BatchCount,
        };
    }

    /// <summary>Draws per launch: what 64 MiB of outputs hold, or a quarter of a smaller budget.</summary>
    private int BlockCapacity(ChainArenaLayout oneDraw)
    {
        long outputBytes = checked(oneDraw.PaddedChainCount * rowsPerDraw * ((int)oneDraw.Precision / 8));
        long allowed = Math.Min(OutputBytesPerLaunch, engine.MemoryBudget / 4);
        long most = Math.Min(run.DrawCount, LargestBlock / Math.Min(run.Thinning, LargestBlock));
        return (int)Math.Clamp(allowed / outputBytes, 1, Math.Max(most, 1));
    }

    private void Initialize()
    {
        UniformInitialization<TModel> kernel = new()
        {
            Model = posterior.Model,
            Key = new StreamKey(run.Seed),
            Radius = options.InitialRadius,
            AttemptLimit = AttemptLimit,
        };
        for (int batch = 0; batch < chains.BatchCount; batch++)
        {
            chains.Load(batch).Launch(kernel, cancellationToken);
        }

        gradientCount += run.ChainCount;
        chains.ReadRow(HamiltonianMonteCarloLayout.LogDensity, chainValues);
        int failed = Array.FindIndex(chainValues, value => !double.IsFinite(value));
        if (failed >= 0)
        {
            int count = chainValues.Count(value => !double.IsFinite(value));
            string[] tried = new string[Math.Min(posterior.Dimension, 10)];
            for (int i = 0; i < tried.Length; i++)
            {
                chains.ReadRow(HamiltonianMonteCarloLayout.Position + i, chainValues);
                tried[i] = chainValues[failed].ToString("G6", CultureInfo.InvariantCulture);
            }

            throw new InitializationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} of {run.ChainCount} chains found no start with a finite log density and gradient in {AttemptLimit} tries within ±{options.InitialRadius} of 0 in unconstrained space. Chain {run.FirstChain + failed} tried last ({string.Join(", ", tried)}{(posterior.Dimension > tried.Length ? ", …" : string.Empty)})."));
        }
    }

    /// <summary>Adapts step size and scales; returns the step size to keep.</summary>
    private double WarmUp()
    {
        double stepSize = FindReasonableStepSize(1);
        if (run.WarmupCount == 0)
        {
            return stepSize;
        }

        DualAveraging adaptation = new(stepSize, options.TargetAcceptance);
        ImmutableArray<WarmupWindow> windows = WarmupSchedule.Windows(run.WarmupCount);
        int transition = 0;
        for (int window = 0; window < windows.Length; window++)
        {
            for (int i = 0; i < windows[window].Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double acceptance = AdaptiveTransition(adaptation.StepSize, transition, windows[window].AdaptsMetric ? i + 1 : 0);
                adaptation.Update(acceptance);
                transition++;
                progress?.Report(new RunProgress(true, transition, run.WarmupCount, clock.Elapsed, 0));
            }

            if (windows[window].AdaptsMetric)
            {
                AdaptScales(windows[window].Length);
                adaptation.Restart(FindReasonableStepSize(adaptation.AveragedStepSize));
            }
        }

        return adaptation.AveragedStepSize;
    }

    /// <summary>One transition of all chains; returns their mean acceptance probability.</summary>
    private double AdaptiveTransition(double stepSize, int transition, int momentCount)
    {
        int leapfrogCount = trajectoryLengths.LeapfrogCount((uint)transition, stepSize);
        Launch(Kernel((uint)transition, 1) with { FirstMomentCount = momentCount }, stepSize, [leapfrogCount]);
        return MeanAcceptance();
    }

    private double MeanAcceptance()
    {
        chains.ReadRow(HamiltonianMonteCarloLayout.AcceptanceSum, chainValues);
        return FixedOrderSum.Of(chainValues) / run.ChainCount;
    }

    /// <summary>
    /// Halves or doubles a step size until one leapfrog step is accepted about as often as wanted: Hoffman and Gelman (2014),
    /// algorithm 4, on the acceptance of all chains.
    /// </summary>
    private double FindReasonableStepSize(double stepSize)
    {
        const double crossing = 0.8;
        bool grows = TrialAcceptance(stepSize) > crossing;
        for (int trial = 0; trial < 100; trial++)
        {
            double next = grows ? stepSize * 2 : stepSize / 2;
            bool accepts = TrialAcceptance(next) > crossing;
            if (accepts != grows)
            {
                return grows ? stepSize : next;
            }

            stepSize = next;
        }

        return stepSize;
    }

    private double TrialAcceptance(double stepSize)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Launch(Kernel(trialStep++, 1) with { MovesChains = 0 }, stepSize, [1]);
        return MeanAcceptance();
    }

    private HamiltonianMonteCarlo<TModel> Kernel(uint firstStep, int transitionCount) => new()
    {
        Model = posterior.Model,
        Key = new StreamKey(run.Seed),
        FirstStep = firstStep,
        TransitionCount = transitionCount,
        MovesChains = 1,
        DivergenceThreshold = options.DivergenceThreshold,
    };

    private void Launch(HamiltonianMonteCarlo<TModel> kernel, double stepSize, ReadOnlySpan<int> leapfrogCounts)
    {
        SetStepSizes(stepSize);
        for (int batch = 0; batch < chains.BatchCount; batch++)
        {
            ChainArena arena = chains.Load(batch);
            arena.WriteSettings(stepSizes, leapfrogCounts);
            arena.Launch(kernel, CancellationToken.None);
        }

        foreach (int count in leapfrogCounts)
        {
            gradientCount += (long)count * run.ChainCount;
        }
    }

    private void SetStepSizes(double stepSize)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            stepSizes[i] = stepSize * scales[i];
        }
    }

    /// <summary>Takes the standard deviations of a window's draws, over all chains, as scales.</summary>
    private void AdaptScales(int drawsPerChain)
    {
        double[] squaredDeviations = new double[run.ChainCount];
        double draws = (double)drawsPerChain * run.ChainCount;
        for (int i = 0; i < scales.Length; i++)
        {
            chains.ReadRow(rows.Mean + i, chainValues);
            chains.ReadRow(rows.SquaredDeviations + i, squaredDeviations);
            double variance = PooledMoments.Of(chainValues, squaredDeviations, drawsPerChain, chainScratch).Variance;

            // Stan's shrinkage towards a small unit metric, with the draws of all chains as sample size.
            double regularized = (draws / (draws + 5) * variance) + (1e-3 * (5 / (draws + 5)));
            scales[i] = regularized > 0 && double.IsFinite(regularized) ? Math.Sqrt(regularized) : scales[i];
        }
    }

    private (int DrawCount, double MeanAcceptance, long Divergences) Draw(double stepSize)
    {
        sink.Begin(new DrawRows(posterior.OutputLabels), run.ChainCount, run.DrawCount);
        SetStepSizes(stepSize);
        double acceptance = 0;
        long divergences = 0;
        int drawCount = run.DrawCount;
        for (int batch = 0; batch < chains.BatchCount; batch++)
        {
            // A stop in a later batch would leave the earlier ones longer: all end where the first was stopped.
            CancellationToken observed = batch == 0 ? cancellationToken : CancellationToken.None;
            (int made, double sum, long diverged) = DrawBatch(batch, stepSize, drawCount, divergences, observed);
            drawCount = made;
            acceptance += sum;
            divergences += diverged;
        }

        sink.End(drawCount);
        double transitions = (double)drawCount * run.Thinning * run.ChainCount;
        return (drawCount, drawCount == 0 ? double.NaN : acceptance / transitions, divergences);
    }

    private (int DrawCount, double AcceptanceSum, long Divergences) DrawBatch(
        int batch, double stepSize, int drawCount, long divergencesBefore, CancellationToken observed)
    {
        ChainArena arena = chains.Load(batch);
        int[] leapfrogCounts = new int[Math.Max(LargestBlock, run.Thinning)];
        double acceptance = 0;
        long divergences = 0;
        int block = 1;
        int draw = 0;
        while (draw < drawCount && !observed.IsCancellationRequested)
        {
            int count = Math.Min(block, drawCount - draw);
            int transitions = count * run.Thinning;
            uint firstStep = (uint)(run.WarmupCount + ((long)draw * run.Thinning));
            for (int i = 0; i < transitions; i++)
            {
                leapfrogCounts[i] = trajectoryLengths.LeapfrogCount(firstStep + (uint)i, stepSize);
                gradientCount += (long)leapfrogCounts[i] * chains.CountOf(batch);
            }

            long began = Stopwatch.GetTimestamp();
            arena.WriteSettings(stepSizes, leapfrogCounts.AsSpan(0, transitions));
            arena.Launch(Kernel(firstStep, transitions) with { DrawInterval = run.Thinning }, CancellationToken.None);
            acceptance += SumOverBatch(arena, batch, HamiltonianMonteCarloLayout.AcceptanceSum);
            divergences += (long)SumOverBatch(arena, batch, HamiltonianMonteCarloLayout.DivergenceCount);
            ReadDraws(arena, batch, draw, count);
            draw += count;
            progress?.Report(new RunProgress(false, draw * run.Thinning, run.DrawCount * run.Thinning, clock.Elapsed, divergencesBefore + divergences));

            // Longer launches until one takes a tenth of a second: the grain of progress and of stopping. No draw depends on it.
            if (Stopwatch.GetElapsedTime(began) < LaunchTime)
            {
                block = Math.Min(block * 2, blockCapacity);
            }
        }

        return (draw, acceptance, divergences);
    }

    private double SumOverBatch(ChainArena arena, int batch, int row)
    {
        Span<double> values = chainValues.AsSpan(0, chains.BatchSize);
        arena.ReadState(row, 1, values);
        return FixedOrderSum.Of(values[..chains.CountOf(batch)]);
    }

    private void ReadDraws(ChainArena arena, int batch, int firstDraw, int count)
    {
        int firstChain = chains.FirstOf(batch);
        int chainCount = chains.CountOf(batch);
        TElement[]? whole = chainCount == chains.BatchSize ? null : new TElement[chains.BatchSize];
        for (int draw = 0; draw < count; draw++)
        {
            for (int row = 0; row < rowsPerDraw; row++)
            {
                Span<TElement> destination = sink.Destination(firstDraw + draw, row, firstChain, chainCount);
                if (whole is null)
                {
                    arena.ReadOutputRow(row + (draw * rowsPerDraw), destination);
                }
                else
                {
                    arena.ReadOutputRow<TElement>(row + (draw * rowsPerDraw), whole);
                    whole.AsSpan(0, chainCount).CopyTo(destination);
                }

                sink.Written(firstDraw + draw, row, firstChain, chainCount);
            }
        }
    }
}
