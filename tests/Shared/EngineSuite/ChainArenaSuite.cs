using GpuSampling.Engines;

namespace GpuSampling.TestSupport.EngineSuite;

/// <summary>What every engine promises of its arenas.</summary>
public abstract class ChainArenaSuite
{
    /// <summary>Precisions and numbers of chains around whole packs.</summary>
    public static TheoryData<Precision, int> Sizes
    {
        get
        {
            TheoryData<Precision, int> sizes = [];
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                foreach (int chains in (int[])[1, 3, 16, 17, 100])
                {
                    sizes.Add(precision, chains);
                }
            }

            return sizes;
        }
    }

    /// <summary>Opens the engine, or skips the running test with the reason why it is not there.</summary>
    protected abstract Engine Open();

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Launches_compute_on_state_data_and_settings(Precision precision, int chainCount)
    {
        using Engine engine = Open();
        using ChainArena arena = engine.CreateArena(Layout(precision, chainCount));
        double[] state = new double[2 * chainCount];
        arena.ReadState(0, 2, state);
        Assert.All(state, value => Assert.Equal(0, value));

        double[] start = [.. Enumerable.Range(0, 2 * chainCount).Select(i => 1.5 * i)];
        arena.WriteState(0, 2, start);
        arena.WriteSettings([2.0], [40]);
        arena.Launch(new ArenaKernel { Addend = 2 }, TestContext.Current.CancellationToken);
        arena.Launch(new ArenaKernel { Addend = 3 }, TestContext.Current.CancellationToken);
        arena.Synchronize();
        arena.ReadState(0, 2, state);

        // Twice: plus 0.25 · 2 + 7 in the first row, 0.5 · 2 − 9 in the second.
        for (int chain = 0; chain < chainCount; chain++)
        {
            Assert.Equal(start[chain] + 15, state[chain]);
            Assert.Equal(start[chainCount + chain] - 16, state[chainCount + chain]);
        }

        Assert.Equal(Enumerable.Range(5, chainCount).Select(i => (double)i), Output(arena, 0));
        Assert.Equal(state[..chainCount], Output(arena, 1));
        Assert.Equal(state[chainCount..], Output(arena, 2));
        Assert.All(Output(arena, 3), value => Assert.Equal(43, value));

        arena.FirstChain = 1000;
        arena.WriteSettings([0.0], []);
        arena.Launch(new ArenaKernel(), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1000, chainCount).Select(i => (double)i), Output(arena, 0));

        // Settings not written keep their values.
        Assert.All(Output(arena, 3), value => Assert.Equal(40, value));
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void State_is_rounded_to_the_precision_and_rows_are_their_own(Precision precision)
    {
        using Engine engine = Open();
        using ChainArena arena = engine.CreateArena(Layout(precision, 3));
        arena.WriteState(1, 1, [0.1, -1e-3, 1e30]);
        double[] state = new double[6];
        arena.ReadState(0, 2, state);
        double[] written = precision == Precision.Double ? [0.1, -1e-3, 1e30] : [0.1f, -1e-3f, 1e30f];
        Assert.Equal([0, 0, 0, .. written], state);
    }

    [Fact]
    public void Rows_that_do_not_exist_and_short_buffers_are_refused()
    {
        using Engine engine = Open();
        using ChainArena arena = engine.CreateArena(Layout(Precision.Single, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.ReadState(2, 1, new double[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.ReadState(-1, 1, new double[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.WriteState(1, 2, new double[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.ReadOutputRow(4, new float[5]));
        Assert.ThrowsAny<ArgumentException>(() => arena.ReadState(0, 2, new double[9]));
        Assert.ThrowsAny<ArgumentException>(() => arena.WriteState(0, 2, new double[9]));
        Assert.ThrowsAny<ArgumentException>(() => arena.ReadOutputRow(0, new float[4]));
        Assert.ThrowsAny<ArgumentException>(() => arena.ReadOutputRow(0, new double[5]));
        Assert.Throws<ArgumentException>("reals", () => arena.WriteSettings([1, 2], [3]));
        Assert.Throws<ArgumentException>("integers", () => arena.WriteSettings([1], [2, 3]));
    }

    [Fact]
    public void A_cancelled_launch_does_not_run()
    {
        using Engine engine = Open();
        using ChainArena arena = engine.CreateArena(Layout(Precision.Single, 5));
        Assert.Throws<OperationCanceledException>(() => arena.Launch(new ArenaKernel(), new CancellationToken(canceled: true)));
        double[] state = new double[10];
        arena.ReadState(0, 2, state);
        Assert.All(state, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        using Engine engine = Open();
        ChainArenaLayout layout = Layout(Precision.Single, 5);
        Assert.Throws<ArgumentOutOfRangeException>("ChainCount", () => engine.CreateArena(layout with { ChainCount = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("FirstChain", () => engine.CreateArena(layout with { FirstChain = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("FirstChain", () => engine.CreateArena(layout with { FirstChain = (1L << 32) - 4 }));
        Assert.Throws<ArgumentOutOfRangeException>("StateLength", () => engine.CreateArena(layout with { StateLength = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("OutputLength", () => engine.CreateArena(layout with { OutputLength = -1 }));
        InsufficientEngineMemoryException exception = Assert.Throws<InsufficientEngineMemoryException>(
            () => engine.CreateArena(layout with { StateLength = int.MaxValue, ChainCount = int.MaxValue }));
        Assert.Equal(engine.MemoryBudget, exception.AvailableBytes);
    }

    private static ChainArenaLayout Layout(Precision precision, int chainCount) => new()
    {
        Precision = precision,
        FirstChain = 5,
        ChainCount = chainCount,
        StateLength = 2,
        OutputLength = 4,
        DataReals = (double[])[0.25, 0.5],
        DataIntegers = (int[])[7, -9],
        SettingRealCount = 1,
        SettingIntegerCount = 1,
    };

    private static double[] Output(ChainArena arena, int row)
    {
        if (arena.Layout.Precision == Precision.Double)
        {
            double[] doubles = new double[arena.Layout.ChainCount];
            arena.ReadOutputRow<double>(row, doubles);
            return doubles;
        }

        float[] singles = new float[arena.Layout.ChainCount];
        arena.ReadOutputRow<float>(row, singles);
        return [.. singles.Select(value => (double)value)];
    }
}
