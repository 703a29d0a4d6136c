using GpuSampling.Engines;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>Runs that break off and go on, against the same runs in one go.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly RunOptions Plain = new() { ChainCount = 41, WarmupCount = 30, DrawCount = 24, Thinning = 3, Seed = 8 };

    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("gpusampling-").FullName, "checkpoint");

    private CheckpointOptions EveryLaunch => new(folder) { Interval = TimeSpan.Zero };

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(7_500L)]
    public void Broken_off_again_and_again_on_one_engine_after_another_the_draws_are_the_same(long? memoryLimit)
    {
        (KeptDraws<float> expected, SamplingResult whole) = Sample<float>(Plain, memoryLimit: memoryLimit);
        Assert.Equal(memoryLimit is not null, whole.BatchCount > 1);
        RunOptions run = Plain with { Checkpoint = EveryLaunch };
        VectorWidth[] widths = [.. VectorWidths.Present];
        int rowsInAll = Plain.DrawCount * (DrawRows.Outputs + expected.Labels.Count) * whole.BatchCount;
        int attempt = 0;
        for (int survived = 5; survived < rowsInAll; survived += 37)
        {
            // Each attempt gets some rows further than the last checkpoint and then breaks off, in the middle of a draw.
            FailingSink<float> failing = new(new KeptDraws<float>(), survived);
            Assert.Throws<InvalidOperationException>(() => Run(run, failing, widths[attempt % widths.Length], memoryLimit));
            attempt++;
        }

        Assert.True(attempt > 3);
        KeptDraws<float> resumed = new();
        SamplingResult result = Run(run, resumed, VectorWidth.Widest, memoryLimit);
        AssertEqual(expected, whole, resumed, result);
        Assert.True(result.ResumedDrawCount > 0);
    }

    [Fact]
    public void An_engine_with_more_memory_keeps_to_the_batches_of_the_checkpoint_and_one_with_less_is_refused()
    {
        (KeptDraws<double> expected, SamplingResult whole) = Sample<double>(Plain);
        RunOptions run = Plain with { Checkpoint = EveryLaunch };
        Assert.Throws<InvalidOperationException>(
            () => Run(run, new FailingSink<double>(new KeptDraws<double>(), 250), VectorWidth.Widest, 11_000));
        Assert.Throws<InsufficientEngineMemoryException>(() => Run(run, new KeptDraws<double>(), VectorWidth.Widest, 8_500));
        KeptDraws<double> resumed = new();
        SamplingResult result = Run(run, resumed, VectorWidth.Widest, memoryLimit: null);
        Assert.True(result.BatchCount > 1);
        AssertEqual(expected, whole, resumed, result);
    }

    [Fact]
    public void Moments_are_saved_as_such_and_no_draw_is_logged()
    {
        KeptMoments<double> expected = new();
        Run(Plain, expected, VectorWidth.Widest);
        RunOptions run = Plain with { Checkpoint = EveryLaunch };
        KeptMoments<double> first = new();
        using CancellationTokenSource source = new();
        SamplingResult stopped = Run(run, new CombinedSinks<double>(first, new ThinnedDraws<double>(new KeptMoments<double>(), 2)), VectorWidth.Widest, source: source, stopAfter: 5);
        Assert.False(stopped.IsComplete);
        Assert.False(File.Exists(Path.Combine(folder, "draws.log")));
        KeptMoments<double> resumed = new();
        SamplingResult result = Run(
            run, new CombinedSinks<double>(resumed, new ThinnedDraws<double>(new KeptMoments<double>(), 2)), VectorWidth.Widest);
        Assert.True(result.IsComplete && result.ResumedDrawCount == stopped.DrawCount);
        Assert.Equal(expected.DivergenceCount, resumed.DivergenceCount);
        for (int output = 0; output < expected.Labels.Count; output++)
        {
            Assert.Equal(expected.Moments!.ChainMeans(output).ToArray(), resumed.Moments!.ChainMeans(output).ToArray());
            for (int chain = 0; chain < Plain.ChainCount; chain++)
            {
                Assert.Equal(expected.Moments!.ChainVariance(output, chain), resumed.Moments!.ChainVariance(output, chain));
            }
        }
    }

    [Fact]
    public void A_stopped_run_goes_on_and_a_finished_one_returns_its_draws_again()
    {
        (KeptDraws<float> expected, SamplingResult whole) = Sample<float>(Plain);

        // A minute between checkpoints: none but the one at the stop and the one at the end.
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) };
        using CancellationTokenSource source = new();
        SamplingResult stopped = Run(run, new KeptDraws<float>(), VectorWidth.Widest, source: source, stopAfter: 7);
        Assert.InRange(stopped.DrawCount, 1, 23);
        for (int time = 0; time < 2; time++)
        {
            KeptDraws<float> draws = new();
            SamplingResult result = Run(run, draws, VectorWidth.Widest);
            AssertEqual(expected, whole, draws, result);
            Assert.Equal(time == 0 ? stopped.DrawCount : Plain.DrawCount, result.ResumedDrawCount);
        }

        run.Checkpoint.Delete();
        Assert.False(Directory.Exists(folder));
        run.Checkpoint.Delete();
        Assert.Equal(0, Sample<float>(run).Result.ResumedDrawCount);
    }

    [Fact]
    public void The_checkpoint_of_another_run_is_refused()
    {
        RunOptions run = Plain with { Checkpoint = EveryLaunch };
        Sample<float>(run);
        Assert.Contains("another run", Assert.Throws<CheckpointException>(() => Sample<float>(run with { Seed = 9 })).Message, StringComparison.Ordinal);
        Assert.Throws<CheckpointException>(() => Sample<double>(run));
        Assert.Throws<CheckpointException>(() => Sample<float>(run with { WarmupCount = 31 }));
        Assert.Throws<CheckpointException>(() => Sample<float>(run, new HamiltonianMonteCarloOptions { PathLength = 3 }));
        Assert.Throws<CheckpointException>(() => Run(run, new KeptMoments<float>(), VectorWidth.Widest));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        RunOptions run = Plain with { Checkpoint = EveryLaunch };
        Sample<float>(run);
        string state = Path.Combine(folder, "checkpoint.bin"), log = Path.Combine(folder, "draws.log");
        byte[] bytes = File.ReadAllBytes(state);
        foreach (int place in (int[])[60, bytes.Length / 2, bytes.Length - 40, bytes.Length - 1])
        {
            byte[] changed = [.. bytes];
            changed[place] ^= 4;
            File.WriteAllBytes(state, changed);
            Assert.Contains("damaged", Assert.Throws<CheckpointException>(() => Sample<float>(run)).Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(state, [1, 2, 3]);
        Assert.Contains("no checkpoint", Assert.Throws<CheckpointException>(() => Sample<float>(run)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(state, bytes);
        using (FileStream file = File.OpenWrite(log))
        {
            file.SetLength(file.Length - 4);
        }

        Assert.Contains("does not go with", Assert.Throws<CheckpointException>(() => Sample<float>(run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new CheckpointOptions(" "));
        Assert.Throws<ArgumentOutOfRangeException>("Interval", () => new CheckpointOptions("x") { Interval = TimeSpan.FromSeconds(-1) });
        Assert.True(Path.IsPathFullyQualified(new CheckpointOptions("x").Folder));
    }

    private static void AssertEqual<TElement>(KeptDraws<TElement> expected, SamplingResult whole, KeptDraws<TElement> actual, SamplingResult result)
        where TElement : unmanaged
    {
        Assert.True(result.IsComplete);
        for (int row = 0; row < DrawRows.Outputs + expected.Labels.Count; row++)
        {
            Assert.Equal(expected.Row(row).ToArray(), actual.Row(row).ToArray());
        }

        Assert.Equal(
            (whole.GradientCount, whole.DivergenceCount, whole.MeanAcceptance), (result.GradientCount, result.DivergenceCount, result.MeanAcceptance));
    }

    private static (KeptDraws<TElement> Draws, SamplingResult Result) Sample<TElement>(
        RunOptions run, HamiltonianMonteCarloOptions? options = null, long? memoryLimit = null)
        where TElement : unmanaged
    {
        KeptDraws<TElement> draws = new();
        return (draws, Run(run, draws, VectorWidth.Widest, memoryLimit, options));
    }

    private static SamplingResult Run<TElement>(
        RunOptions run,
        DrawSink<TElement> sink,
        VectorWidth width,
        long? memoryLimit = null,
        HamiltonianMonteCarloOptions? options = null,
        CancellationTokenSource? source = null,
        int stopAfter = 0)
        where TElement : unmanaged
    {
        using SimdEngine engine = memoryLimit is long limit ? new(width, 1) { MemoryLimit = limit } : new(width, 1);
        Progress progress = new(report =>
        {
            if (source is not null && !report.IsWarmup && report.Completed >= stopAfter)
            {
                source.Cancel();
            }
        });
        return new HamiltonianMonteCarloSampler(options).Sample(
            GumbelModel.Posterior(3), run, engine, sink, progress, source?.Token ?? TestContext.Current.CancellationToken);
    }

    private sealed class Progress(Action<RunProgress> action) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => action(value);
    }

    /// <summary>Breaks the run off, as a crash would, after so many rows.</summary>
    private sealed class FailingSink<TElement>(DrawSink<TElement> inner, int rows) : DrawSink<TElement>
        where TElement : unmanaged
    {
        private int written;

        public override void Begin(DrawRows rows, int chainCount, int drawCount) => inner.Begin(rows, chainCount, drawCount);

        public override Span<TElement> Destination(int draw, int row, int firstChain, int count) =>
            inner.Destination(draw, row, firstChain, count);

        public override void Written(int draw, int row, int firstChain, int count)
        {
            if (++written > rows)
            {
                throw new InvalidOperationException("The lights went out.");
            }

            inner.Written(draw, row, firstChain, count);
        }
    }
}
