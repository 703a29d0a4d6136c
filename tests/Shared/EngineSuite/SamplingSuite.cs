using System.Collections.Concurrent;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.TestSupport.EngineSuite;

/// <summary>
/// What every engine promises of a run, of Hamiltonian Monte Carlo first and then of every sampler: the draws, and the statistics beside them, are the same bits as
/// on the widest registers of this machine's CPU, for any number of threads, split into batches, and shard.
/// </summary>
public abstract class SamplingSuite
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> ReferenceHashes = new();

    /// <summary>The posteriors, precisions and numbers of chains.</summary>
    public static TheoryData<string, Precision, int> Runs
    {
        get
        {
            TheoryData<string, Precision, int> runs = [];
            foreach (string posterior in SuitePosteriors.Names)
            {
                foreach (Precision precision in Enum.GetValues<Precision>())
                {
                    foreach (int chains in (int[])[1, 7, 64, 1000])
                    {
                        runs.Add(posterior, precision, chains);
                    }
                }
            }

            return runs;
        }
    }

    /// <summary>The samplers, precisions and posteriors: one with a likelihood and scratch memory, one with divergences.</summary>
    public static TheoryData<string, string, Precision> Samplers
    {
        get
        {
            TheoryData<string, string, Precision> runs = [];
            foreach (string sampler in SuiteSamplers.Names)
            {
                foreach (string posterior in (string[])["logistic-regression", "funnel"])
                {
                    foreach (Precision precision in Enum.GetValues<Precision>())
                    {
                        runs.Add(sampler, posterior, precision);
                    }
                }
            }

            return runs;
        }
    }

    /// <summary>What does not sample any posterior.</summary>
    public static TheoryData<string> OtherRunNames => [.. OtherRuns.Names];

    /// <summary>The numbers of threads to try; engines without threads ignore them.</summary>
    protected virtual IReadOnlyList<int> ThreadCounts => [0];

    /// <summary>The most chains that the engine runs in reasonable time.</summary>
    protected virtual int LargestChainCount => int.MaxValue;

    /// <summary>Opens the engine, or skips the running test with the reason why it is not there.</summary>
    /// <param name="threadCount">How many threads; 0: as many as it likes.</param>
    /// <param name="memoryLimit">The bytes that arenas may take; null: as many as there are.</param>
    protected abstract Engine Open(int threadCount = 0, long? memoryLimit = null);

    [Theory]
    [MemberData(nameof(Runs))]
    public void Draws_have_the_bits_of_the_widest_registers(string posterior, Precision precision, int chainCount)
    {
        Assert.SkipWhen(chainCount > LargestChainCount, $"{chainCount} chains take too long on this engine.");
        foreach (int threadCount in ThreadCounts)
        {
            using Engine engine = Open(threadCount);
            string hash = HashOf(engine, posterior, precision, chainCount);
            TestContext.Current.TestOutputHelper?.WriteLine($"{engine.Name}, {threadCount} threads: {hash}");
            Assert.Equal(Reference(posterior, precision, chainCount), hash);
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Every_sampler_draws_the_bits_of_the_widest_registers(string sampler, string posterior, Precision precision)
    {
        string reference = ReferenceHashes.GetOrAdd($"{sampler} of {posterior} {precision}", _ => new Lazy<string>(() =>
        {
            using SimdEngine widest = new();
            return HashOfSampler(widest, sampler, posterior, precision);
        })).Value;
        using Engine engine = Open();
        string hash = HashOfSampler(engine, sampler, posterior, precision);
        TestContext.Current.TestOutputHelper?.WriteLine($"{engine.Name}: {hash}");
        Assert.Equal(reference, hash);
    }

    [Theory]
    [MemberData(nameof(OtherRunNames))]
    public void Lattices_networks_discrete_parameters_and_modes_have_the_bits_of_the_widest_registers(string name)
    {
        string reference = ReferenceHashes.GetOrAdd(name, _ => new Lazy<string>(() =>
        {
            using SimdEngine widest = new();
            return OtherRuns.Hash(name, widest);
        })).Value;
        using Engine engine = Open();
        Assert.Equal(reference, OtherRuns.Hash(name, engine));
    }

    [Theory]
    [InlineData("hmc-dense", 15_000)]
    [InlineData("rwm", 15_000)]
    [InlineData("snaper", 15_000)]
    [InlineData("nuts", 40_000)]
    [InlineData("meads", 15_000)]
    public void Batches_change_no_draw_of_a_sampler(string sampler, long memoryLimit)
    {
        using Engine engine = Open();
        using Engine small = Open(0, memoryLimit);
        RunOptions run = new() { ChainCount = 100, WarmupCount = 24, DrawCount = 3, Seed = 3 };
        (KeptDraws<float> expected, SamplingResult one) = SuiteSamplers.Find(sampler).Sample<float>(
            SuitePosteriors.Find("correlated-gaussian"), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        (KeptDraws<float> actual, SamplingResult several) = SuiteSamplers.Find(sampler).Sample<float>(
            SuitePosteriors.Find("correlated-gaussian"), run, small, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, one.BatchCount);
        Assert.InRange(several.BatchCount, 2, 7);
        Assert.Equal(DrawBits.Hash(expected), DrawBits.Hash(actual));
        Assert.Equal(one.Adapted, several.Adapted);
    }

    [Fact]
    public void Another_seed_and_another_first_chain_give_other_draws()
    {
        using Engine engine = Open();
        RunOptions run = new() { ChainCount = 7, WarmupCount = 0, DrawCount = 2 };
        RunOptions[] runs = [run, run with { Seed = 1 }, run with { Seed = 1UL << 32 }, run with { FirstChain = 1 }];
        Assert.Distinct(runs.Select(one => DrawBits.Hash(Sample<float>(engine, "eight-schools", one).Draws)));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void A_shard_has_the_chains_of_the_whole_when_nothing_is_adapted(Precision precision)
    {
        if (precision == Precision.Single)
        {
            AssertShards<float>();
        }
        else
        {
            AssertShards<double>();
        }
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Batches_for_lack_of_memory_change_no_draw(Precision precision)
    {
        // 100 chains of 63 reals of state: about three batches.
        const int chainCount = 100;
        long limit = 16_000 * ((int)precision / 32);
        using Engine engine = Open();
        using Engine small = Open(0, limit);
        Assert.Equal(limit, small.MemoryBudget);
        if (precision == Precision.Single)
        {
            AssertBatches<float>(engine, small, chainCount);
        }
        else
        {
            AssertBatches<double>(engine, small, chainCount);
        }
    }

    [Fact]
    public void Too_little_memory_for_a_pack_of_chains_is_refused_with_the_sizes()
    {
        using Engine engine = Open(0, 2000);
        InsufficientEngineMemoryException exception = Assert.Throws<InsufficientEngineMemoryException>(
            () => Sample<float>(engine, "eight-schools", new RunOptions { ChainCount = 100, DrawCount = 2 }));
        Assert.Equal(2000, exception.AvailableBytes);

        // 16 chains of at least 40 reals of state, and 1024 settings.
        Assert.InRange(exception.NeededBytes, (16 * 40 * 4) + 4096, 100_000);
        Assert.Contains(engine.Name, exception.Message, StringComparison.Ordinal);
        Assert.Contains("2,000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Thinned_draws_are_every_so_manieth_draw()
    {
        using Engine engine = Open();
        RunOptions run = new() { ChainCount = 5, WarmupCount = 20, DrawCount = 24, Seed = 11 };
        KeptDraws<float> all = Sample<float>(engine, "eight-schools", run).Draws;
        foreach (int thinning in (int[])[2, 3, 8])
        {
            KeptDraws<float> thinned = Sample<float>(engine, "eight-schools", run with { DrawCount = 24 / thinning, Thinning = thinning }).Draws;
            for (int row = 0; row < DrawRows.Outputs + all.Labels.Count; row++)
            {
                for (int draw = 0; draw < thinned.DrawCount; draw++)
                {
                    Assert.Equal(
                        all.Row(row).Slice((((draw + 1) * thinning) - 1) * 5, 5).ToArray(),
                        thinned.Row(row).Slice(draw * 5, 5).ToArray());
                }
            }
        }
    }

    private static string HashOfSampler(Engine engine, string sampler, string posterior, Precision precision)
    {
        RunOptions run = new() { ChainCount = SuiteSamplers.ChainCount(sampler), WarmupCount = 24, DrawCount = 4, Seed = 0x0123456789ABCDEF };
        return precision == Precision.Single
            ? DrawBits.Hash(SuiteSamplers.Find(sampler).Sample<float>(
                SuitePosteriors.Find(posterior), run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws)
            : DrawBits.Hash(SuiteSamplers.Find(sampler).Sample<double>(
                SuitePosteriors.Find(posterior), run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws);
    }

    /// <summary>One run of the sampler.</summary>
    private protected static (KeptDraws<TElement> Draws, SamplingResult Result) Sample<TElement>(
        Engine engine, string posterior, RunOptions run, HamiltonianMonteCarloOptions? options = null)
        where TElement : unmanaged =>
        new HamiltonianMonteCarloSampler(options ?? new HamiltonianMonteCarloOptions { MaximumLeapfrogCount = 50 })
            .Sample<TElement>(SuitePosteriors.Find(posterior), run, engine, cancellationToken: TestContext.Current.CancellationToken);

    private static string Reference(string posterior, Precision precision, int chainCount) =>
        ReferenceHashes.GetOrAdd($"{posterior} {precision} {chainCount}", _ => new Lazy<string>(() =>
        {
            using SimdEngine engine = new();
            return HashOf(engine, posterior, precision, chainCount);
        })).Value;

    private static string HashOf(Engine engine, string posterior, Precision precision, int chainCount)
    {
        // Long enough for new scales, and seeds above 2³² so that both words of the key count.
        RunOptions run = new() { ChainCount = chainCount, WarmupCount = 22, DrawCount = 6, Seed = 0x0123456789ABCDEF };
        return precision == Precision.Single
            ? DrawBits.Hash(Sample<float>(engine, posterior, run).Draws)
            : DrawBits.Hash(Sample<double>(engine, posterior, run).Draws);
    }

    private void AssertShards<TElement>()
        where TElement : unmanaged
    {
        using Engine engine = Open();
        Posterior posterior = SuitePosteriors.Find("eight-schools");
        HamiltonianMonteCarloOptions noAdaptation = new()
        {
            StepSize = 0.3,
            Scales = [.. Enumerable.Range(1, posterior.Dimension).Select(i => 1 + (0.1 * i))],
        };
        HamiltonianMonteCarloOptions noScales = noAdaptation with { Scales = [] };
        foreach ((HamiltonianMonteCarloOptions options, int warmupCount) in ((HamiltonianMonteCarloOptions, int)[])[(noAdaptation, 25), (noScales, 0)])
        {
            foreach (long first in (long[])[0, (1L << 32) - 100])
            {
                RunOptions whole = new() { ChainCount = 100, WarmupCount = warmupCount, DrawCount = 4, Seed = 5, FirstChain = first };
                KeptDraws<TElement> all = Sample<TElement>(engine, "eight-schools", whole, options).Draws;
                foreach ((int start, int count) in ((int, int)[])[(0, 100), (0, 1), (37, 63), (99, 1), (16, 7)])
                {
                    KeptDraws<TElement> shard = Sample<TElement>(
                        engine, "eight-schools", whole with { FirstChain = first + start, ChainCount = count }, options).Draws;
                    DrawBits.AssertEqual(DrawBits.Of(all, start, count, 4), DrawBits.Of(shard, 0, count, 4));
                }
            }
        }
    }

    private static void AssertBatches<TElement>(Engine engine, Engine small, int chainCount)
        where TElement : unmanaged
    {
        RunOptions run = new() { ChainCount = chainCount, WarmupCount = 22, DrawCount = 5, Seed = 3, FirstChain = 1000 };
        (KeptDraws<TElement> expected, SamplingResult one) = Sample<TElement>(engine, "correlated-gaussian", run);
        (KeptDraws<TElement> actual, SamplingResult several) = Sample<TElement>(small, "correlated-gaussian", run);
        Assert.Equal(1, one.BatchCount);
        Assert.InRange(several.BatchCount, 2, 6);
        Assert.Equal(DrawBits.Hash(expected), DrawBits.Hash(actual));
        Assert.Equal(
            (one.StepSize, one.MeanAcceptance, one.DivergenceCount, one.GradientCount, one.WarmupGradientCount),
            (several.StepSize, several.MeanAcceptance, several.DivergenceCount, several.GradientCount, several.WarmupGradientCount));
        Assert.Equal(one.Scales, several.Scales);
    }
}
