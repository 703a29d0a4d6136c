using GpuSampling.Engines;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>What a run makes of its options, and what it costs.</summary>
public sealed class SamplingRunTests
{
    [Fact]
    public void Rows_of_draws_are_those_that_the_kernel_writes()
    {
        Assert.Equal(DrawRows.LogDensity, ChainRows.DrawLogDensity);
        Assert.Equal(DrawRows.Energy, ChainRows.DrawEnergy);
        Assert.Equal(DrawRows.Acceptance, ChainRows.DrawAcceptance);
        Assert.Equal(DrawRows.Divergent, ChainRows.DrawDivergent);
        Assert.Equal(DrawRows.Outputs, ChainRows.DrawOutputs);
    }

    [Fact]
    public void A_draw_of_more_transitions_than_a_launch_makes_is_the_last_of_them()
    {
        RunOptions run = new() { ChainCount = 3, WarmupCount = 5, DrawCount = 3000, Seed = 2 };
        (KeptDraws<double> all, SamplingResult one) = Sample(run);
        (KeptDraws<double> thinned, SamplingResult other) = Sample(run with { DrawCount = 2, Thinning = 1500 });
        for (int row = 0; row < DrawRows.Outputs + 2; row++)
        {
            Assert.Equal(all.Row(row).Slice(1499 * 3, 3).ToArray(), thinned.Row(row)[..3].ToArray());
            Assert.Equal(all.Row(row).Slice(2999 * 3, 3).ToArray(), thinned.Row(row)[3..].ToArray());
        }

        Assert.Equal((one.GradientCount, one.DivergenceCount), (other.GradientCount, other.DivergenceCount));
    }

    [Fact]
    public void Generated_quantities_have_numbers_of_their_own()
    {
        double[] numbers = Sample(new RunOptions { ChainCount = 40, WarmupCount = 0, DrawCount = 250 }).Draws["u"].ToArray();
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
        Assert.InRange(numbers.Average(), 0.49, 0.51);
    }

    [Fact]
    public void The_mean_acceptance_is_that_of_the_draws()
    {
        (KeptDraws<double> draws, SamplingResult result) = Sample(new RunOptions { ChainCount = 77, WarmupCount = 30, DrawCount = 40 });
        Assert.Equal(draws.Row(DrawRows.Acceptance).ToArray().Average(), result.MeanAcceptance, 1e-9);
        Assert.InRange(result.MeanAcceptance, 0.5, 1);
    }

    [Fact]
    public void Without_warm_up_and_step_size_one_is_found_and_the_scales_stay_one()
    {
        SamplingResult result = Sample(new RunOptions { ChainCount = 200, WarmupCount = 0, DrawCount = 50 }).Result;
        Assert.Equal([1.0], result.Scales);
        Assert.InRange(result.StepSize, 0.25, 2);
        Assert.InRange(result.MeanAcceptance, 0.6, 1);
    }

    [Fact]
    public void What_is_given_is_kept_and_the_rest_is_adapted()
    {
        RunOptions run = new() { ChainCount = 200, WarmupCount = 60, DrawCount = 5 };
        SamplingResult step = Sample(run, new() { StepSize = 0.4 }).Result;
        Assert.Equal(0.4, step.StepSize);

        // The standard deviation of a Gumbel variable is π/√6 = 1.28.
        Assert.InRange(step.Scales[0], 1.15, 1.4);

        SamplingResult scales = Sample(run, new() { Scales = [3] }).Result;
        Assert.Equal([3.0], scales.Scales);
        SamplingResult neither = Sample(run).Result;
        Assert.InRange(scales.StepSize / (neither.StepSize * neither.Scales[0] / 3), 0.7, 1.4);

        SamplingResult both = Sample(run, new() { StepSize = 0.4, Scales = [3] }).Result;
        Assert.Equal((0.4, 3.0), (both.StepSize, both.Scales[0]));
    }

    [Fact]
    public void What_a_run_adapted_can_be_given_to_a_later_one()
    {
        RunOptions run = new() { ChainCount = 100, WarmupCount = 60, DrawCount = 5 };
        SamplingResult adapted = Sample(run).Result;
        HamiltonianMonteCarloOptions options = new() { StepSize = adapted.StepSize, Scales = adapted.Scales };
        KeptDraws<double> whole = Sample(run, options).Draws;
        KeptDraws<double> shard = Sample(run with { ChainCount = 10, FirstChain = 60 }, options).Draws;
        for (int draw = 0; draw < 5; draw++)
        {
            Assert.Equal(whole["x[1]"].Slice((draw * 100) + 60, 10).ToArray(), shard["x[1]"].Slice(draw * 10, 10).ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void Sampling_allocates_nothing_for_a_transition(int chainCount)
    {
        // One thread: what it allocates is what the run allocates. Far more transitions, only a few launches more; on a busy machine, whose
        // launches are shorter by the clock, a few less.
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        Measure(500);
        long few = Measure(3_000), many = Measure(30_000);
        Assert.InRange(many - few, -20_000, 20_000);

        long Measure(int drawCount)
        {
            RunOptions run = new() { ChainCount = chainCount, WarmupCount = 0, DrawCount = drawCount };
            HamiltonianMonteCarloSampler sampler = new(new HamiltonianMonteCarloOptions { StepSize = 0.5, Scales = [1], MaximumLeapfrogCount = 2 });
            DiscardedDraws sink = new();
            long before = GC.GetAllocatedBytesForCurrentThread();
            sampler.Sample(GumbelModel.Posterior(), run, engine, sink, cancellationToken: TestContext.Current.CancellationToken);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Draws_that_no_array_holds_are_refused_before_any_work()
    {
        ProgressRecord progress = new();
        using SimdEngine engine = new();
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>("drawCount", () =>
            new HamiltonianMonteCarloSampler().Sample<float>(
                GumbelModel.Posterior(), new RunOptions { ChainCount = 65_536, DrawCount = 65_536 }, engine, progress, TestContext.Current.CancellationToken));
        Assert.Contains("65536 chains times 65536 draws", exception.Message, StringComparison.Ordinal);
        Assert.Empty(progress.Reports);
    }

    [Fact]
    public void Kept_draws_are_found_by_label_and_place()
    {
        KeptDraws<double> draws = Sample(new RunOptions { ChainCount = 3, WarmupCount = 0, DrawCount = 4 }).Draws;
        Assert.Equal(["x[1]", "u"], draws.Labels);
        Assert.Equal((3, 4), (draws.ChainCount, draws.DrawCount));
        Assert.True(draws["u"] == draws.Output(1) && draws.Output(1) == draws.Row(DrawRows.Outputs + 1));
        Assert.Equal(12, draws["u"].Length);
        ArgumentException exception = Assert.Throws<ArgumentException>("label", () => draws["y"].Length);
        Assert.Contains("x[1], u", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => draws.Output(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => draws.Output(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>("row", () => draws.Row(6).Length);
    }

    private static (KeptDraws<double> Draws, SamplingResult Result) Sample(RunOptions run, HamiltonianMonteCarloOptions? options = null)
    {
        using SimdEngine engine = new();
        return new HamiltonianMonteCarloSampler(options).Sample<double>(
            GumbelModel.Posterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken);
    }

    private sealed class DiscardedDraws : DrawSink<float>
    {
        private float[] row = [];

        public override void Begin(DrawRows rows, int chainCount, int drawCount) => row = new float[chainCount];

        public override Span<float> Destination(int draw, int row, int firstChain, int count) => this.row.AsSpan(0, count);
    }
}
