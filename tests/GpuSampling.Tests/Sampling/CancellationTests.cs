using GpuSampling.Engines;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>Progress and stopping.</summary>
public sealed class CancellationTests
{
    private static readonly HamiltonianMonteCarloSampler Sampler = new();

    // Enough draws for several launches, which at first make 1, 2, 4, … transitions.
    private static readonly RunOptions Run = new() { ChainCount = 50, WarmupCount = 25, DrawCount = 100, Seed = 8 };

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(24)]
    public void Cancellation_in_the_warm_up_throws(int transition)
    {
        using CancellationTokenSource source = new();
        ProgressRecord progress = new(report => CancelAt(source, report.IsWarmup && report.Completed == transition));
        SinkCalls sink = new();
        using SimdEngine engine = new();
        Assert.Throws<OperationCanceledException>(
            () => Sampler.Sample(GumbelModel.Posterior(2), Run, engine, sink, progress, source.Token));
        Assert.Equal(transition, progress.Reports[^1].Completed);
        Assert.Equal((1, 0, 0), (sink.Begun, sink.Rows, sink.Ended));
    }

    [Fact]
    public void Cancellation_before_the_start_throws()
    {
        using SimdEngine engine = new();
        Assert.Throws<OperationCanceledException>(
            () => Sampler.Sample<float>(GumbelModel.Posterior(), Run, engine, null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancellation_while_sampling_keeps_a_prefix(bool fixedOptions)
    {
        HamiltonianMonteCarloSampler sampler = fixedOptions
            ? new(new HamiltonianMonteCarloOptions { StepSize = 0.5, Scales = [1, 2] })
            : Sampler;
        using SimdEngine engine = new();
        KeptDraws<double> whole = sampler.Sample<double>(
            GumbelModel.Posterior(2), Run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        using CancellationTokenSource source = new();
        ProgressRecord progress = new(report => CancelAt(source, !report.IsWarmup && report.Completed >= 10));
        (KeptDraws<double> draws, SamplingResult result) = sampler.Sample<double>(
            GumbelModel.Posterior(2), Run, engine, progress, source.Token);

        Assert.False(result.IsComplete);
        Assert.InRange(result.DrawCount, 10, 99);
        Assert.Equal(result.DrawCount, draws.DrawCount);
        Assert.Equal(progress.Reports[^1].Completed, draws.DrawCount);
        for (int row = 0; row < DrawRows.Outputs + 3; row++)
        {
            Assert.Equal(whole.Row(row)[..(draws.DrawCount * 50)].ToArray(), draws.Row(row).ToArray());
        }
    }

    [Fact]
    public void Cancellation_at_the_end_of_the_warm_up_leaves_no_draws()
    {
        using CancellationTokenSource source = new();
        ProgressRecord progress = new(report => CancelAt(source, report.Completed == 25));
        using SimdEngine engine = new();
        (KeptDraws<float> draws, SamplingResult result) = Sampler.Sample<float>(
            GumbelModel.Posterior(), Run, engine, progress, source.Token);
        Assert.Equal((0, 0, false), (result.DrawCount, draws.DrawCount, result.IsComplete));
        Assert.Equal(double.NaN, result.MeanAcceptance);
        Assert.True(draws["x[1]"].IsEmpty);
    }

    [Fact]
    public void Batches_of_a_stopped_run_have_equally_many_draws()
    {
        using SimdEngine engine = new() { MemoryLimit = 7_500 };
        using CancellationTokenSource source = new();
        ProgressRecord progress = new(report => CancelAt(source, !report.IsWarmup));
        (KeptDraws<double> draws, SamplingResult result) = Sampler.Sample<double>(
            GumbelModel.Posterior(), Run, engine, progress, source.Token);
        KeptDraws<double> whole = Sampler.Sample<double>(
            GumbelModel.Posterior(), Run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        Assert.True(result.BatchCount > 1);
        Assert.Equal(1, result.DrawCount);
        Assert.Equal(whole["x[1]"][..50].ToArray(), draws["x[1]"].ToArray());
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(7_500L, 1)]
    [InlineData(7_500L, 7)]
    public void Progress_never_goes_back_and_reaches_the_end(long? memoryLimit, int thinning)
    {
        ProgressRecord progress = new();
        using SimdEngine engine = new() { MemoryLimit = memoryLimit };
        RunOptions run = Run with { Thinning = thinning };
        SamplingResult result = Sampler.Sample<double>(
            GumbelModel.Posterior(), run, engine, progress, TestContext.Current.CancellationToken).Result;

        Assert.Equal(memoryLimit is not null, result.BatchCount > 1);
        Assert.Equal(Enumerable.Range(1, 25), progress.Warmup.Select(report => report.Completed));
        Assert.Equal(progress.Warmup, progress.Reports.Take(25));
        Assert.All(progress.Warmup, report => Assert.Equal(25, report.Total));
        Assert.All(progress.Sampling, report => Assert.Equal(100 * thinning, report.Total));
        Assert.Equal(100 * thinning, progress.Reports[^1].Completed);
        Assert.Equal(result.DivergenceCount, progress.Reports[^1].Divergences);
        foreach ((RunProgress earlier, RunProgress later) in progress.Sampling.Zip(progress.Sampling.Skip(1)))
        {
            Assert.True(later.Completed >= earlier.Completed && later.Elapsed >= earlier.Elapsed && later.Divergences >= earlier.Divergences);
        }
    }

    [Fact]
    public void A_warm_up_without_adaptation_reports_its_progress_in_batches_too()
    {
        ProgressRecord progress = new();
        using SimdEngine engine = new() { MemoryLimit = 7_500 };
        HamiltonianMonteCarloSampler sampler = new(new HamiltonianMonteCarloOptions { StepSize = 0.5, Scales = [1] });
        sampler.Sample<double>(GumbelModel.Posterior(), Run, engine, progress, TestContext.Current.CancellationToken);
        int[] completed = [.. progress.Warmup.Select(report => report.Completed)];
        Assert.Equal(completed.Order(), completed);
        Assert.Equal(25, completed[^1]);
    }

    private static void CancelAt(CancellationTokenSource source, bool here)
    {
        if (here)
        {
            source.Cancel();
        }
    }

    /// <summary>Counts what a sink is told and keeps nothing.</summary>
    private sealed class SinkCalls : DrawSink<float>
    {
        private float[] row = [];

        public int Begun { get; private set; }

        public int Rows { get; private set; }

        public int Ended { get; private set; }

        public override void Begin(DrawRows rows, int chainCount, int drawCount)
        {
            Begun++;
            row = new float[chainCount];
        }

        public override Span<float> Destination(int draw, int row, int firstChain, int count) => this.row.AsSpan(0, count);

        public override void Written(int draw, int row, int firstChain, int count) => Rows++;

        public override void End(int drawCount) => Ended++;
    }
}
