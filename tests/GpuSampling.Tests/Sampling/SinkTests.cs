using GpuSampling.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>What sinks make of a run, against the draws kept.</summary>
public sealed class SinkTests
{
    private static readonly RunOptions Run = new() { ChainCount = 50, WarmupCount = 0, DrawCount = 40, Seed = 6 };

    // A step so large that some transitions diverge: their energy error exceeds the threshold.
    private static readonly HamiltonianMonteCarloSampler Sampler = new(
        new HamiltonianMonteCarloOptions { StepSize = 1.6, Scales = [1, 1], DivergenceThreshold = 2 });

    [Theory]
    [InlineData(null)]
    [InlineData(9_000L)]
    public void Quantiles_are_those_of_the_draws(long? memoryLimit)
    {
        KeptDraws<double> draws = new();
        KeptQuantiles<double> exact = new(), rough = new(16);
        Sample(new CombinedSinks<double>(draws, exact, rough), memoryLimit);
        Assert.Equal((50, 40), (exact.ChainCount, exact.DrawCount));
        Assert.Equal(draws.Labels, exact.Labels);
        foreach (string label in draws.Labels)
        {
            // 2,000 numbers fit a buffer, and 125 buffers of 16 do not.
            double[] sorted = [.. draws[label].ToArray().Order()];
            Assert.Equal(sorted[999], exact[label].Quantile(0.5));
            Assert.Equal((sorted[0], sorted[^1]), (exact[label].Quantile(0), exact[label].Quantile(1)));
            double bound = rough[label].RankErrorBound;
            Assert.InRange(bound, 0.01, 0.3);
            Assert.InRange(rough[label].Quantile(0.5), sorted[(int)(2000 * (0.5 - bound))], sorted[(int)(2000 * (0.5 + bound))]);
        }

        Assert.Throws<ArgumentException>(() => exact["z"]);
        Assert.Throws<ArgumentOutOfRangeException>("bufferLength", () => new KeptQuantiles<double>(8));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(9_000L)]
    public void Divergences_are_kept_with_their_positions(long? memoryLimit)
    {
        KeptDraws<double> draws = new();
        KeptDivergences<double> all = new(), few = new(3);
        Sample(new CombinedSinks<double>(draws, all, few), memoryLimit);
        double[] divergent = draws.Row(DrawRows.Divergent).ToArray();
        Assert.InRange(divergent.Sum(), 10, 1000);
        Assert.Equal(((long)divergent.Sum(), (long)divergent.Sum()), (all.Count, few.Count));
        Assert.Equal((all.Count, 3), (all.Draws.Count, few.Draws.Count));
        Assert.Equal(draws.Labels, all.Labels);
        Assert.All(all.Draws, one =>
        {
            int place = (one.Draw * 50) + one.Chain;
            Assert.Equal(1, divergent[place]);
            Assert.Equal([.. Enumerable.Range(0, 3).Select(output => draws.Output(output)[place])], one.Outputs.ToArray());
        });
        Assert.Equal(all.Count, all.Draws.Select(one => (one.Draw, one.Chain)).Distinct().Count());
        Assert.Equal(
            all.Draws.Select(one => (one.Draw, one.Chain)).Order(), KeptDivergences<double>.Of(draws).Select(one => (one.Draw, one.Chain)).Order());
        Assert.Equal(5, KeptDivergences<double>.Of(draws, 5).Length);

        using MemoryStream state = new();
        using BinaryWriter writer = new(state);
        all.SaveState(writer);
        writer.Flush();
        KeptDivergences<double> restored = new();
        restored.Begin(new DrawRows([.. draws.Labels]), 50, 40);
        restored.RestoreState(new BinaryReader(new MemoryStream(state.ToArray())));
        Assert.Equal(all.Count, restored.Count);
        Assert.Equal(all.Draws.Select(one => one.Outputs[1]), restored.Draws.Select(one => one.Outputs[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeptDivergences<double>(-1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(9_000L)]
    public void Moments_are_those_of_the_draws(long? memoryLimit)
    {
        KeptDraws<double> draws = new();
        KeptMoments<double> moments = new();
        SamplingResult result = Sample(new CombinedSinks<double>(draws, moments), memoryLimit);
        Assert.Equal(memoryLimit is not null, result.BatchCount > 1);
        Assert.Equal((50, 40), (moments.ChainCount, moments.DrawCount));
        Assert.Equal(draws.Labels, moments.Labels);
        Assert.True(moments.DivergenceCount > 0);
        Assert.Equal(draws.Row(DrawRows.Divergent).ToArray().Sum(), moments.DivergenceCount);

        StreamingMoments expected = new(3, 50);
        double[] draw = new double[3 * 50];
        for (int i = 0; i < 40; i++)
        {
            for (int output = 0; output < 3; output++)
            {
                draws.Output(output).Slice(i * 50, 50).CopyTo(draw.AsSpan(output * 50));
            }

            expected.Add<double>(draw);
        }

        StreamingMoments actual = moments.Moments!;
        Assert.Equal(40, actual.Draws);
        for (int output = 0; output < 3; output++)
        {
            Assert.Equal(output, moments.IndexOf(draws.Labels[output]));
            double[] pool = draws.Output(output).ToArray();
            Assert.Equal(pool.Average(), actual.Mean(output), 1e-12);
            Assert.Equal(pool.Sum(x => Math.Pow(x - pool.Average(), 2)) / (pool.Length - 1), actual.Variance(output), 1e-12);
            Assert.Equal(expected.ChainMeans(output).ToArray(), actual.ChainMeans(output).ToArray());
            Assert.Equal(expected.ChainVariance(output, 49), actual.ChainVariance(output, 49));
            Assert.Equal(expected.CrossChain(output), actual.CrossChain(output));
        }

        double[] expectedFractions = new double[50], fractions = new double[50];
        EnergyBayesianFractionOfMissingInformation.Compute(new ParameterDraws<double>(draws.Row(DrawRows.Energy), 50), expectedFractions);
        moments.ComputeEnergyFractions(fractions);
        Assert.All(expectedFractions.Zip(fractions), pair => Assert.Equal(pair.First, pair.Second, 1e-10 * pair.First));
        Assert.Throws<ArgumentException>("fractions", () => moments.ComputeEnergyFractions(new double[49]));
        Assert.Throws<ArgumentException>("label", () => moments.IndexOf("y"));
    }

    [Fact]
    public void Moments_of_two_runs_merge_to_those_of_both()
    {
        KeptMoments<double> first = new(), second = new();
        KeptDraws<double> firstDraws = new(), secondDraws = new();
        Sample(new CombinedSinks<double>(first, firstDraws));
        new HamiltonianMonteCarloSampler().Sample(
            GumbelModel.Posterior(2), Run with { Seed = 7, DrawCount = 25 }, Engine(), new CombinedSinks<double>(second, secondDraws), cancellationToken: Token);
        first.Moments!.Merge(second.Moments!);
        double[] pool = [.. firstDraws["x[2]"], .. secondDraws["x[2]"]];
        Assert.Equal(65, first.Moments.Draws);
        Assert.Equal(pool.Average(), first.Moments.Mean(1), 1e-12);
        Assert.Equal(pool.Sum(x => Math.Pow(x - pool.Average(), 2)) / (pool.Length - 1), first.Moments.Variance(1), 1e-12);
    }

    [Fact]
    public void Moments_of_a_long_run_take_no_more_memory_than_those_of_a_short_one()
    {
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        Measure(100);
        long few = Measure(1_000), many = Measure(20_000);
        Assert.InRange(many - few, -1024, 20_000);

        long Measure(int drawCount)
        {
            KeptMoments<float> moments = new();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Sampler.Sample(GumbelModel.Posterior(2), Run with { DrawCount = drawCount }, engine, moments, cancellationToken: Token);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Moments_of_a_run_used_again_are_of_its_last_run_alone()
    {
        KeptMoments<double> once = new(), twice = new();
        Sample(once);
        Sample(twice);
        Sample(twice);
        Assert.Equal(once.Moments!.Variance(0), twice.Moments!.Variance(0));
        Assert.Equal(once.DivergenceCount, twice.DivergenceCount);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(3, 13)]
    [InlineData(40, 1)]
    [InlineData(41, 0)]
    public void Thinned_draws_are_every_so_manieth(int interval, int expected)
    {
        KeptDraws<double> all = new(), some = new();
        Sample(new CombinedSinks<double>(all, new ThinnedDraws<double>(some, interval)), 9_000);
        Assert.Equal(expected, some.DrawCount);
        for (int row = 0; row < DrawRows.Outputs + 3; row++)
        {
            for (int draw = 0; draw < expected; draw++)
            {
                Assert.Equal(
                    all.Row(row).Slice((((draw + 1) * interval) - 1) * 50, 50).ToArray(), some.Row(row).Slice(draw * 50, 50).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(9_000L, 2)]
    public void A_callback_sees_every_draw_once(long? memoryLimit, int least)
    {
        KeptDraws<double> kept = new();
        double[,,] seen = new double[DrawRows.Outputs + 3, 40, 50];
        int calls = 0;
        HashSet<int> firsts = [];
        Sample(
            new CombinedSinks<double>(kept, new DrawCallback<double>(view =>
            {
                calls++;
                firsts.Add(view.FirstChain);
                Assert.Equal(["x[1]", "x[2]", "u"], view.Rows.OutputLabels);
                for (int row = 0; row < view.Rows.Count; row++)
                {
                    Assert.Equal(view.ChainCount, view[row].Length);
                    for (int chain = 0; chain < view.ChainCount; chain++)
                    {
                        seen[row, view.Draw, view.FirstChain + chain] += view[row][chain];
                    }
                }
            })),
            memoryLimit);
        Assert.True(firsts.Count >= least);
        Assert.Equal(40 * firsts.Count, calls);
        for (int row = 0; row < DrawRows.Outputs + 3; row++)
        {
            for (int i = 0; i < 40 * 50; i++)
            {
                Assert.Equal(kept.Row(row)[i], seen[row, i / 50, i % 50]);
            }
        }
    }

    [Fact]
    public void An_exception_in_a_callback_ends_the_run() =>
        Assert.Throws<InvalidOperationException>(() => Sample(new DrawCallback<double>(view =>
        {
            if (view.Draw == 3)
            {
                throw new InvalidOperationException("enough");
            }
        })));

    [Fact]
    public void Sinks_refuse_what_is_out_of_range()
    {
        Assert.Throws<ArgumentException>("sinks", () => new CombinedSinks<float>());
        Assert.Throws<ArgumentNullException>("sinks", () => new CombinedSinks<float>(new KeptDraws<float>(), null!));
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => new ThinnedDraws<float>(new KeptDraws<float>(), 0));
        Assert.Throws<ArgumentOutOfRangeException>("row", () => Sample(new DrawCallback<double>(view => _ = view[7].Length)));
        DrawRows rows = new(["a", "b"]);
        Assert.Throws<ArgumentOutOfRangeException>("chainCount", () => new KeptMoments<float>().Begin(rows, int.MaxValue, 1));
        Assert.Throws<ArgumentOutOfRangeException>("chainCount", () => new DrawCallback<float>(_ => { }).Begin(rows, int.MaxValue, 1));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SimdEngine Engine(long? memoryLimit = null) => new() { MemoryLimit = memoryLimit };

    private static SamplingResult Sample(DrawSink<double> sink, long? memoryLimit = null) =>
        Sampler.Sample(GumbelModel.Posterior(2), Run, Engine(memoryLimit), sink, cancellationToken: Token);
}
