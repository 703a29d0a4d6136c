using GpuSampling.Engines;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>What is left of a run that failed or was stopped.</summary>
public sealed class BrokenRunTests : IDisposable
{
    private const int Chains = 41;

    private static readonly RunOptions Plain = new() { ChainCount = Chains, WarmupCount = 10, DrawCount = 40, Seed = 8 };

    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("gpusampling-").FullName, "checkpoint");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public void The_draws_before_a_fault_are_kept()
    {
        KeptDraws<double> whole = new(), kept = new();
        KeptMoments<double> moments = new();
        Run(Plain, whole);
        DrawCallback<double> failing = new(view => throw (view.Draw == 17 ? new InvalidOperationException("Enough.") : new NotSupportedException()));
        DrawCallback<double> patient = new(view =>
        {
            if (view.Draw == 17)
            {
                throw new InvalidOperationException("Enough.");
            }
        });
        Assert.Throws<InvalidOperationException>(() => Run(Plain, new CombinedSinks<double>(kept, moments, patient)));
        Assert.Throws<NotSupportedException>(() => Run(Plain, new CombinedSinks<double>(kept, failing)));
        Assert.Equal(0, kept.DrawCount);
        Assert.Throws<InvalidOperationException>(() => Run(Plain, new CombinedSinks<double>(kept, moments, patient)));
        Assert.Equal(17, kept.DrawCount);
        for (int row = 0; row < DrawRows.Outputs + 3; row++)
        {
            Assert.Equal(whole.Row(row)[..(17 * Chains)].ToArray(), kept.Row(row).ToArray());
        }

        // They have had some rows of the draw that failed, and so stand for no number of draws.
        Assert.Null(moments.Moments);
    }

    [Fact]
    public void So_they_are_before_a_fault_between_draws_with_moments_of_as_many()
    {
        KeptDraws<double> kept = new();
        KeptMoments<double> moments = new();
        ProgressRecord progress = new(report =>
        {
            if (!report.IsWarmup && report.Completed >= 20)
            {
                throw new InvalidOperationException("The device is gone.");
            }
        });
        Assert.Throws<InvalidOperationException>(() => Run(Plain, new CombinedSinks<double>(kept, moments), progress: progress));
        Assert.InRange(kept.DrawCount, 20, 39);
        Assert.Equal(kept.DrawCount, moments.DrawCount);
        double[] first = [.. Enumerable.Range(0, kept.DrawCount).Select(draw => kept["u"][draw * Chains])];
        Assert.Equal(first.Average(), moments.Moments!.ChainMeans(moments.IndexOf("u"))[0], 1e-12);
    }

    [Fact]
    public void Of_chains_that_take_turns_those_draws_are_kept_that_all_have()
    {
        KeptDraws<double> whole = new(), kept = new();
        int batches = Run(Plain, whole, memoryLimit: 8_000).BatchCount;
        Assert.True(batches > 1);
        int calls = 0;
        DrawCallback<double> failing = new(_ =>
        {
            if (++calls == ((batches - 1) * Plain.DrawCount) + 10)
            {
                throw new InvalidOperationException("Enough.");
            }
        });
        Assert.Throws<InvalidOperationException>(() => Run(Plain, new CombinedSinks<double>(kept, failing), memoryLimit: 8_000));
        Assert.Equal(9, kept.DrawCount);
        Assert.Equal(whole["u"][..(9 * Chains)].ToArray(), kept["u"].ToArray());
        calls = Plain.DrawCount * batches;
        Assert.Throws<InvalidOperationException>(() =>
        {
            calls = ((batches - 1) * Plain.DrawCount) - 5;
            Run(Plain, new CombinedSinks<double>(kept, failing), memoryLimit: 8_000);
        });
        Assert.Equal(0, kept.DrawCount);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_does_not_end_the_run()
    {
        KeptDraws<double> whole = new(), kept = new(), later = new();
        Run(Plain, whole);
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) { Interval = TimeSpan.Zero } };
        string aside = Path.Combine(folder, "checkpoint.bin.new");
        Directory.CreateDirectory(aside);
        SamplingResult result = Run(run, kept);
        Assert.True(result.IsComplete);
        Assert.Contains("checkpoint.bin.new", result.CheckpointFailure, StringComparison.Ordinal);
        Assert.Equal(whole["u"].ToArray(), kept["u"].ToArray());
        Assert.False(File.Exists(Path.Combine(folder, "checkpoint.bin")));

        // The next run finds the place free again when it is half done.
        ProgressRecord progress = new(report =>
        {
            if (!report.IsWarmup && report.Completed >= 20 && Directory.Exists(aside))
            {
                Directory.Delete(aside);
            }
        });
        Assert.Null(Run(run, later, progress: progress).CheckpointFailure);
        Assert.True(File.Exists(Path.Combine(folder, "checkpoint.bin")));
        KeptDraws<double> again = new();
        Assert.Equal(Plain.DrawCount, Run(run, again).ResumedDrawCount);
        Assert.Equal(whole["u"].ToArray(), again["u"].ToArray());
    }

    /// <summary>Two runs at once would spoil each other's checkpoint, with a log of draws or without one.</summary>
    [Fact]
    public void A_folder_that_another_run_writes_to_is_refused()
    {
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) };
        Directory.CreateDirectory(folder);
        using (FileStream other = new(Path.Combine(folder, "run.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("run.lock", Assert.Throws<CheckpointException>(() => Run(run, new KeptMoments<double>())).Message, StringComparison.Ordinal);
            Assert.Throws<CheckpointException>(() => Run(run, new KeptDraws<double>()));
        }

        Assert.Null(Run(run, new KeptMoments<double>()).CheckpointFailure);
        run.Checkpoint.Delete();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_folder_that_takes_no_draws_is_refused_before_the_warm_up()
    {
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) };
        string log = Path.Combine(folder, "draws.log");
        Directory.CreateDirectory(log);
        ProgressRecord never = new(_ => throw new InvalidOperationException("The run has begun."));
        CheckpointException refused = Assert.Throws<CheckpointException>(() => Run(run, new KeptDraws<double>(), progress: never));
        Assert.Contains("draws.log", refused.Message, StringComparison.Ordinal);

        // Moments need no draws; the same run twice at once would spoil the other's.
        Assert.Null(Run(run, new KeptMoments<double>()).CheckpointFailure);
        Directory.Delete(log);
        run.Checkpoint.Delete();
        Directory.CreateDirectory(folder);
        using FileStream other = new(log, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        Assert.Throws<CheckpointException>(() => Run(run, new KeptDraws<double>(), progress: never));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void With_checkpoints_a_stop_ends_the_run_in_whatever_batch(int batch)
    {
        KeptDraws<double> whole = new(), resumed = new();
        int batches = Run(Plain, whole, memoryLimit: 8_000).BatchCount;
        Assert.True(batches > 2);
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) };
        using CancellationTokenSource source = new();
        int drawn = 0;
        DrawCallback<double> stopping = new(view =>
        {
            drawn++;
            if (drawn == (batch * Plain.DrawCount) + 3)
            {
                source.Cancel();
            }
        });
        SamplingResult stopped = Run(run, stopping, memoryLimit: 8_000, token: source.Token);
        Assert.InRange(drawn, batch * Plain.DrawCount, ((batch + 1) * Plain.DrawCount) - 1);
        Assert.Equal((false, 0), (stopped.IsComplete, stopped.DrawCount));
        SamplingResult result = Run(run, resumed, memoryLimit: 8_000);
        Assert.True(result.IsComplete);
        Assert.Equal(batch == 0 ? 3 : Plain.DrawCount, Math.Max(3, result.ResumedDrawCount));
        Assert.Equal(whole["u"].ToArray(), resumed["u"].ToArray());
    }

    private static SamplingResult Run(
        RunOptions run, DrawSink<double> sink, long? memoryLimit = null, IProgress<RunProgress>? progress = null, CancellationToken? token = null)
    {
        using SimdEngine engine = memoryLimit is long limit ? new(VectorWidth.Widest, 1) { MemoryLimit = limit } : new(VectorWidth.Widest, 1);
        return new HamiltonianMonteCarloSampler().Sample(
            GumbelModel.Posterior(2), run, engine, sink, progress, token ?? TestContext.Current.CancellationToken);
    }
}
