using GpuSampling.Diagnostics;
using GpuSampling.Numerics;

namespace GpuSampling.Tests.Diagnostics;

/// <summary>The sort in buckets, and the way back from ranks to draws, against Array.Sort and plain counting.</summary>
public sealed class DrawOrderTests
{
    // Scores near the upper end are computed here from probabilities near 1, which have fewer digits.
    private const double Tolerance = 1e-11;

    // chains, draws: even and odd draws, columns full and not, one bucket and many, a single draw, and more ties than 16 bits count.
    private static readonly (int Chains, int Draws)[] Shapes = [(1, 7), (3, 1), (4, 500), (5, 4001), (64, 1000), (100, 301), (600, 131)];

    private static readonly string[] Names =
    [
        "normal", "cauchy", "lognormal", "few values", "two values", "almost constant", "huge", "tiny", "far away", "clusters", "sorted", "mixed zeros", "some pairs", "pairs and threes",
    ];

    public static TheoryData<string, bool> Distributions => [.. Names.SelectMany(name => (TheoryDataRow<string, bool>[])[new(name, false), new(name, true)])];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void SortsAndFindsItsWayBack(string distribution, bool isSingle)
    {
        foreach ((int chains, int draws) in Shapes)
        {
            double[] values = Draw(distribution, chains * draws, isSingle);
            using var split = new SplitChains();
            Load(split, values, chains, isSingle);
            Assert.Equal(isSingle, split.IsSingle);
            using var order = new DrawOrder();
            var scores = new NormalScores(Math.Max(1, split.SplitCount));
            var scoresBySlot = new double[split.Count];
            order.Sort(split, scores, scoresBySlot, TestContext.Current.CancellationToken);

            Assert.True(values.Order().SequenceEqual(order.Values.ToArray()));
            if (split.HalfLength == 0)
            {
                Assert.True(order.SplitValues.IsEmpty);
                continue;
            }

            // The draws without each chain's middle one, and the score of each by its plain rank.
            double[][] halves = HalfChains(values, chains, draws);
            double[] ranked = [.. halves.SelectMany(half => half)];
            Assert.True(ranked.Order().SequenceEqual(order.SplitValues.ToArray()));
            Dictionary<double, double> expected = PlainScores(ranked);
            double[][] read = ReadBack(order, split, scoresBySlot);
            double worst = 0;
            for (int half = 0; half < halves.Length; half++)
            {
                for (int i = 0; i < split.HalfLength; i++)
                {
                    worst = Math.Max(worst, Math.Abs(expected[halves[half][i] + 0.0] - read[half][i]));
                }
            }

            Assert.InRange(worst, 0, Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void ScoresDistancesFromTheMedian(string distribution, bool isSingle)
    {
        foreach ((int chains, int draws) in Shapes)
        {
            double[] values = Draw(distribution, chains * draws, isSingle);
            using var split = new SplitChains();
            Load(split, values, chains, isSingle);
            Assert.Equal(isSingle, split.IsSingle);
            if (split.HalfLength == 0)
            {
                continue;
            }

            using var order = new DrawOrder();
            using var columns = new ScoreColumns(split, new NormalScoreCache());
            columns.Sort(order, TestContext.Current.CancellationToken);
            double median = order.Median();
            Assert.Equal(NaiveDiagnostics.Median(values), median);
            double[][] distances = [.. HalfChains(values, chains, draws).Select(half => half.Select(x => Math.Abs(x - median)).ToArray())];
            Dictionary<double, double> expected = PlainScores([.. distances.SelectMany(half => half)]);
            double worst = 0;
            columns.StartReading(plain: false, folded: true);
            for (int column = 0; column < split.Columns; column++)
            {
                columns.ReadNext();
                for (int lane = 0; lane < split.LanesIn(column); lane++)
                {
                    double[] half = distances[(column * SplitChains.Lanes) + lane];
                    for (int i = 0; i < half.Length; i++)
                    {
                        worst = Math.Max(worst, Math.Abs(expected[half[i]] - columns.FoldedScores[i][lane]));
                    }
                }
            }

            Assert.InRange(worst, 0, Tolerance);
        }
    }

    [Fact]
    public void QuantilesAreThoseOfTypeSeven()
    {
        double[] values = [3, 1, 4, 1, 5, 9, 2, 6];
        using var split = new SplitChains();
        split.Load(new ParameterDraws<double>(values, 2));
        using var order = new DrawOrder();
        order.Sort(split, new NormalScores(split.SplitCount), new double[split.Count], TestContext.Current.CancellationToken);

        // 1 1 2 3 4 5 6 9: index 7 p.
        Assert.Equal(1, order.Quantile(0));
        Assert.Equal(1, order.Quantile(0.1));
        Assert.Equal(1.75, order.Quantile(0.25), 1e-15);
        Assert.Equal(3.5, order.Quantile(0.5));
        Assert.Equal(6.9, order.Quantile(0.9), 1e-14);
        Assert.Equal(9, order.Quantile(1));
        Assert.Equal(3.5, order.Median());
    }

    private static void Load(SplitChains split, double[] values, int chains, bool isSingle)
    {
        if (isSingle)
        {
            split.Load(new ParameterDraws<float>(values.Select(value => (float)value).ToArray(), chains));
        }
        else
        {
            split.Load(new ParameterDraws<double>(values, chains));
        }
    }

    private static double[] Draw(string distribution, int count, bool isSingle)
    {
        var random = new System.Random(count);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double normal = SimulatedChains.Normal(random);
            values[i] = distribution switch
            {
                "normal" => (float)normal,
                "cauchy" => Math.Tan(Math.PI * (random.NextDouble() - 0.5)),
                "lognormal" => Math.Exp(3 * normal),
                "few values" => Math.Floor(2 * normal),
                "two values" => normal < 0.3 ? -1 : 7,
                "almost constant" => i == count / 3 ? 2 : 1,
                "huge" => normal * (isSingle ? 3e37 : 1e307),
                "tiny" => Math.Round(20 * normal) * (isSingle ? float.Epsilon : double.Epsilon),
                "far away" => 1e15 + Math.Round(40 * normal),
                "clusters" => (random.Next(3) * 1e8) + (normal * 1e-8),
                "sorted" => i,
                "some pairs" => Math.Round(normal, 6),
                "pairs and threes" => Math.Round(normal * count / 8) + 0.25,
                _ => random.Next(3) switch { 0 => 0.0, 1 => -0.0, _ => Math.Round(normal, 1) },
            };
            values[i] = isSingle ? (float)values[i] : values[i];
        }

        return values;
    }

    private static double[][] HalfChains(double[] values, int chains, int draws)
    {
        double[][] whole = [.. Enumerable.Range(0, chains).Select(c => Enumerable.Range(0, draws).Select(i => values[(i * chains) + c]).ToArray())];
        return NaiveDiagnostics.Split(whole);
    }

    private static Dictionary<double, double> PlainScores(double[] values)
    {
        double[] sorted = [.. values.Order()];
        var scores = new Dictionary<double, double>();
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            double rank = (start + 1 + end) / 2.0;
            scores[sorted[start] + 0.0] = StandardNormalQuantile.Evaluate((rank - 0.375) / (sorted.Length + 0.25));
            start = end;
        }

        return scores;
    }

    private static double[][] ReadBack(DrawOrder order, SplitChains split, double[] bySlot)
    {
        double[][] halves = [.. Enumerable.Range(0, split.HalfChains).Select(_ => new double[split.HalfLength])];
        order.StartReading();
        for (int column = 0; column < split.Columns; column++)
        {
            int lanes = split.LanesIn(column);
            var row = new double[lanes];
            for (int i = 0; i < split.HalfLength; i++)
            {
                int start = (column * split.ColumnLength) + (i * SplitChains.Lanes);
                order.ReadBySlot(start..(start + lanes), bySlot, row, default, default);
                for (int lane = 0; lane < lanes; lane++)
                {
                    halves[(column * SplitChains.Lanes) + lane][i] = row[lane];
                }
            }
        }

        return halves;
    }
}
