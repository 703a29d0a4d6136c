using GpuSampling.Engines;
using GpuSampling.Lattices;
using GpuSampling.Models.Tests.References;

namespace GpuSampling.Models.Tests.Lattices;

/// <summary>Potts lattices against all their states. Errors from independent lattices; a |z| of 4 happens by chance once in 16,000; fixed seeds.</summary>
public sealed class PottsTests
{
    [Theory]
    [InlineData(2, 4, 3, 0.6)]
    [InlineData(3, 3, 3, 0.6)]
    [InlineData(2, 3, 4, -0.4)]
    [InlineData(3, 5, 2, 0.5)]
    public void Energy_and_order_are_those_of_all_states(int rows, int columns, int colours, double coupling)
    {
        (double pairs, double commonest) = Exact(rows, columns, colours, coupling);
        ((double mean, double error), (double count, double countError)) = Measure(new() { RowCount = rows, ColumnCount = columns, ColourCount = colours, Coupling = coupling });
        TestContext.Current.TestOutputHelper?.WriteLine($"{mean} ± {error}, exact {pairs}; {count} ± {countError}, exact {commonest}");
        Assert.InRange((mean - pairs) / error, -4, 4);
        Assert.InRange((count - commonest) / countError, -4, 4);

        // The wrong sign in the weights, and weights wrong by 5 %, would be noticed.
        (double wrong, _) = Exact(rows, columns, colours, -coupling);
        (double near, _) = Exact(rows, columns, colours, coupling * 1.05);
        Assert.True(Math.Abs(mean - wrong) / error > 20);
        Assert.True(Math.Abs(mean - near) / error > 4);
    }

    [Fact]
    public void Colours_are_the_same_on_every_width_and_for_any_number_of_threads()
    {
        PottsOptions options = new() { RowCount = 5, ColumnCount = 8, ColourCount = 5, ChainCount = 37, WarmupSweeps = 5, MeasurementCount = 4, SweepsPerMeasurement = 3, Seed = 8 };
        using SimdEngine scalar = new(VectorWidth.Scalar, 1);
        PottsMeasurements expected = PottsSampler.Sample(options, scalar, cancellationToken: TestContext.Current.CancellationToken);
        foreach (VectorWidth width in VectorWidths.Present)
        {
            using SimdEngine engine = new(width, 2);
            PottsMeasurements actual = PottsSampler.Sample(options, engine, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(expected.EqualPairs.ToArray(), actual.EqualPairs.ToArray());
            Assert.Equal(expected.CommonestCounts.ToArray(), actual.CommonestCounts.ToArray());
        }
    }

    private static (double Pairs, double Commonest) Exact(int rows, int columns, int colours, double coupling)
    {
        int sites = rows * columns;
        int[] state = new int[sites], counts = new int[colours];
        double sum = 0, weightedPairs = 0, weightedCommonest = 0;
        while (true)
        {
            int pairs = 0;
            Array.Clear(counts);
            for (int site = 0; site < sites; site++)
            {
                pairs += state[site] == state[(site / columns * columns) + ((site + 1) % columns)] ? 1 : 0;
                pairs += state[site] == state[(site + columns) % sites] ? 1 : 0;
                counts[state[site]]++;
            }

            double weight = Math.Exp(coupling * pairs);
            sum += weight;
            weightedPairs += weight * pairs;
            weightedCommonest += weight * counts.Max();
            int place = 0;
            while (place < sites && ++state[place] == colours)
            {
                state[place++] = 0;
            }

            if (place == sites)
            {
                return (weightedPairs / sum, weightedCommonest / sum);
            }
        }
    }

    private static ((double Mean, double Error) Pairs, (double Mean, double Error) Commonest) Measure(PottsOptions options)
    {
        PottsOptions run = options with { ChainCount = 4096, WarmupSweeps = 100, MeasurementCount = 20, SweepsPerMeasurement = 3, Seed = 2 };
        using SimdEngine engine = new();
        PottsMeasurements measured = PottsSampler.Sample(run, engine, cancellationToken: TestContext.Current.CancellationToken);
        return (Mean(measured.EqualPairs.Span), Mean(measured.CommonestCounts.Span));

        (double, double) Mean(ReadOnlySpan<float> all)
        {
            double[] means = new double[run.ChainCount];
            for (int i = 0; i < all.Length; i++)
            {
                means[i % run.ChainCount] += all[i] / run.MeasurementCount;
            }

            return RunMoments.MeanOfChains(means);
        }
    }
}
