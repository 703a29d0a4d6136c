using GpuSampling.Engines;
using GpuSampling.Lattices;

namespace GpuSampling.Models.Tests.Lattices;

/// <summary>Lattices of all sizes, their state at the end, and runs that are cut short.</summary>
public sealed class LatticeSizeTests
{
    // Sums over the spins themselves, in 64 bits, are those that the kernel measured last: exactly, or rounded once where a float does not hold them.
    [Theory]
    [InlineData(6, 10, 5)]
    [InlineData(7, 5, 17)]
    [InlineData(4, 128, 37)]
    [InlineData(2, 64, 1)]
    [InlineData(2, 8192, 3)]
    [InlineData(5001, 2, 2)]
    [InlineData(8192, 4096, 1)]
    public void Final_spins_have_the_sums_that_were_measured_last(int rows, int columns, int chains)
    {
        using SimdEngine engine = new();
        IsingOptions options = new() { RowCount = rows, ColumnCount = columns, ChainCount = chains, WarmupSweeps = 1, MeasurementCount = 2, Coupling = 0.4, Seed = 3, KeepsFinalState = true };
        IsingMeasurements measured = IsingSampler.Sample(options, engine, cancellationToken: TestContext.Current.CancellationToken);
        ReadOnlySpan<short> spins = measured.FinalSpins.Span;
        Assert.Equal((long)rows * columns * chains, spins.Length);
        for (int chain = 0; chain < chains; chain++)
        {
            long pairs = 0, magnetization = 0;
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    int here = spins[(((row * columns) + column) * chains) + chain];
                    int right = spins[(((row * columns) + ((column + 1) % columns)) * chains) + chain];
                    int below = spins[((((row + 1) % rows * columns) + column) * chains) + chain];
                    pairs += here * (right + below);
                    magnetization += here;
                }
            }

            Assert.Equal((float)pairs, measured.PairSums.Span[chains + chain]);
            Assert.Equal((float)magnetization, measured.Magnetizations.Span[chains + chain]);
        }
    }

    [Fact]
    public void Final_colours_have_the_counts_that_were_measured_last()
    {
        using SimdEngine engine = new();
        PottsOptions options = new() { RowCount = 5, ColumnCount = 5000, ColourCount = 200, ChainCount = 3, WarmupSweeps = 1, MeasurementCount = 2, KeepsFinalState = true };
        PottsMeasurements measured = PottsSampler.Sample(options, engine, cancellationToken: TestContext.Current.CancellationToken);
        short[] colours = measured.FinalColours.ToArray();
        for (int chain = 0; chain < 3; chain++)
        {
            short[] own = [.. Enumerable.Range(0, 25000).Select(site => colours[(site * 3) + chain])];
            int equal = Enumerable.Range(0, 25000).Sum(site =>
                (own[site] == own[(site / 5000 * 5000) + ((site + 1) % 5000)] ? 1 : 0) + (own[site] == own[(site + 5000) % 25000] ? 1 : 0));
            Assert.Equal(equal, measured.EqualPairs.Span[3 + chain]);
            Assert.Equal(own.CountBy(colour => colour).Max(one => one.Value), measured.CommonestCounts.Span[3 + chain]);
        }

        Assert.True(colours.Max() > sbyte.MaxValue && colours.Min() == 0);
    }

    [Fact]
    public void A_run_that_is_cancelled_keeps_what_was_measured()
    {
        using SimdEngine engine = new();
        using CancellationTokenSource source = new();
        IsingOptions options = new() { ChainCount = 4, WarmupSweeps = 3, MeasurementCount = 50, RowCount = 8, ColumnCount = 8, KeepsFinalState = true };
        IsingMeasurements whole = IsingSampler.Sample(options, engine, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(whole.IsComplete);
        IsingMeasurements cut = IsingSampler.Sample(options, engine, new Canceller(source, 7), source.Token);
        Assert.False(cut.IsComplete);
        Assert.Equal(7, cut.MeasurementCount);
        Assert.Equal(whole.PairSums.ToArray()[..28], cut.PairSums.ToArray());
        Assert.Equal(64 * 4, cut.FinalSpins.Length);

        // Nothing was measured yet: nothing is kept.
        Assert.Throws<OperationCanceledException>(() => IsingSampler.Sample(options, engine, cancellationToken: source.Token));
    }

    [Fact]
    public void What_cannot_be_held_is_refused_at_once()
    {
        using SimdEngine engine = new();
        Refused<ArgumentException>("268435456 rows and 4 columns", new() { RowCount = 1 << 28, ColumnCount = 4 });
        Refused<ArgumentOutOfRangeException>("2 chains times 2147483647 measurements", new() { ChainCount = 2, MeasurementCount = int.MaxValue });
        Refused<InsufficientEngineMemoryException>("needs", new() { RowCount = 1 << 15, ColumnCount = 1 << 14, ChainCount = 1 << 16 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new IsingOptions { RowCount = (1 << 28) + 1 });

        void Refused<TException>(string reason, IsingOptions options)
            where TException : Exception =>
            Assert.Contains(reason, Assert.Throws<TException>(() => IsingSampler.Sample(options, engine, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private sealed class Canceller(CancellationTokenSource source, int at) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == at)
            {
                source.Cancel();
            }
        }
    }
}
