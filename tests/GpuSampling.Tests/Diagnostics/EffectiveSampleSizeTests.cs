#pragma warning disable xUnit1051 // Cancellation is for long computations; each of these takes milliseconds.

using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

public sealed class EffectiveSampleSizeTests
{
    // The integrated autocorrelation time of an AR(1) chain is (1 + r) / (1 - r). The estimate's own error over 8 chains of 8,000
    // draws was 1.4 %, 2.2 % and 5.0 % in 100 other seeds; the bounds are five of these, a false alarm in a million.
    [Theory]
    [InlineData(0.0, 0.07)]
    [InlineData(0.5, 0.11)]
    [InlineData(0.9, 0.25)]
    public void AutoregressiveChainsHaveTheirKnownSize(double correlation, double bound)
    {
        double[][] chains = SimulatedChains.Autoregressive(8, 8_000, correlation, 11);
        double exact = 64_000 * (1 - correlation) / (1 + correlation);
        Assert.Equal(exact, EffectiveSampleSize.Mean(chains.ToDraws()), bound * exact);
        Assert.Equal(exact, EffectiveSampleSize.Bulk(chains.ToDraws()), bound * exact);

        // Negative control: the bounds tell the next correlation apart.
        double[][] others = SimulatedChains.Autoregressive(8, 8_000, correlation + 0.07, 11);
        Assert.NotInRange(EffectiveSampleSize.Mean(others.ToDraws()), exact * (1 - bound), exact * (1 + bound));
    }

    [Fact]
    public void AntitheticChainsHaveMoreEffectiveDrawsThanDraws()
    {
        double[][] chains = SimulatedChains.Autoregressive(4, 5_000, -0.5, 3);
        double size = EffectiveSampleSize.Mean(chains.ToDraws());

        // (1 - r) / (1 + r) = 3; the estimate's error was 4 % in 100 other seeds, and five of these are allowed.
        Assert.Equal(3.0, size / 20_000, 0.6);

        // The squares of antithetic draws are positively correlated: their size is smaller than the number of draws.
        Assert.InRange(EffectiveSampleSize.StandardDeviation(chains.ToDraws()), 9_000, 15_000);
    }

    [Fact]
    public void AlternatingChainsAreCapped()
    {
        double[][] chains = [.. Enumerable.Range(0, 4).Select(c => Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1.0 + c * 1e-9 : -1.0).ToArray())];
        Assert.Equal(400 * Math.Log10(400), EffectiveSampleSize.Mean(chains.ToDraws()), 1e-6);
    }

    [Fact]
    public void SmallCaseByHand()
    {
        // One chain of 12 draws, halves (1 0 0 1 0 0) and (0 1 0 1 0 0). With means 1/3 and sums of squares 12/9:
        // autocovariance 0: (12/9) / 6 = 2/9, both halves.
        // lag 1: first half, deviations 2 -1 -1 2 -1 -1 (thirds): -2 + 1 - 2 - 2 + 1 = -4; second, -1 2 -1 2 -1 -1: -2 - 2 - 2 - 2 + 1 = -7;
        // mean of -4/54 and -7/54: -11/108.
        // lag 2: -2 - 2 + 1 - 2 = -5; 1 + 4 + 1 - 2 = 4: mean -1/108. lag 3: 4 + 1 + 1 = 6; -2 - 2 + 1 = -3: mean 3/108.
        // Means are equal, so total variance is 2/9 and the variance within 2/9 * 6/5 = 4/15.
        // rho 1 = 1 - (4/15 + 11/108) / (2/9) = -0.658333..., rho 2 = 1 - (4/15 + 1/108) * 4.5 = -0.241666..., rho 3 = -0.075.
        // 1 + rho 1 > 0, so the loop (6 - 5 = 1 allows t = 0 only) looks at the pair (2, 3): negative, not stored, and rho 2 < 0.
        // tau = -1 + 2 (1 + rho 1) = -0.316666..., below the cap 1 / log10(12): size 12 log10(12).
        double[] draws = [1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0];
        Assert.Equal(12 * Math.Log10(12), EffectiveSampleSize.Mean(new ParameterDraws<double>(draws, 1)), 1e-12);

        // Halves (0 0 0 1 1 1) and (1 1 1 0 0 0): deviations of 1/2; lag 0: 1/4; lag 1: (1+1-1+1+1)/24 = 3/24; lag 2: (1-1-1+1)/24 = 0;
        // lag 3: -3/24. Means are equal: total 1/4, within 3/10. rho 1 = 1 - (0.3 - 0.125) * 4 = 0.3; rho 2 = 1 - 0.3 * 4 = -0.2;
        // rho 3 = 1 - 0.425 * 4 = -0.7: not stored. tau = -1 + 2 (1 + 0.3) = 1.6.
        draws = [0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0];
        Assert.Equal(12 / 1.6, EffectiveSampleSize.Mean(new ParameterDraws<double>(draws, 1)), 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(11)]
    public void ShortChainsHaveNone(int draws)
    {
        ParameterDraws<double> chains = SimulatedChains.Independent(100, draws, 1).ToDraws();
        Assert.Equal(double.NaN, EffectiveSampleSize.Bulk(chains));
        Assert.Equal(double.NaN, EffectiveSampleSize.Tail(chains));
        Assert.Equal(double.NaN, EffectiveSampleSize.Mean(chains));
        Assert.Equal(double.NaN, EffectiveSampleSize.StandardDeviation(chains));
        Assert.Equal(double.NaN, MonteCarloStandardError.Mean(chains));
        Assert.Equal(double.NaN, MonteCarloStandardError.Quantile(chains, 0.5));
    }

    [Fact]
    public void TwelveDrawsAreEnough()
    {
        double[][] chains = SimulatedChains.Independent(100, 12, 1);
        Assert.InRange(EffectiveSampleSize.Mean(chains.ToDraws()), 600, 2400);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void DrawsThatAreNotFiniteGiveNaN(double bad)
    {
        foreach (int draw in (int[])[0, 20, 40])
        {
            double[][] sample = SimulatedChains.Independent(9, 41, 1);
            sample[7][draw] = bad;
            ParameterDraws<double> chains = sample.ToDraws();
            Assert.Equal(double.NaN, EffectiveSampleSize.Bulk(chains));
            Assert.Equal(double.NaN, EffectiveSampleSize.Tail(chains));
            Assert.Equal(double.NaN, EffectiveSampleSize.Mean(chains));
            Assert.Equal(double.NaN, EffectiveSampleSize.StandardDeviation(chains));
            Assert.Equal(double.NaN, EffectiveSampleSize.Quantile(chains, 0.5));
            Assert.Equal(double.NaN, MonteCarloStandardError.Mean(chains));
            Assert.Equal(double.NaN, RankNormalizedSplitRHat.Compute(chains));
            Assert.Equal(double.NaN, RankNormalizedSplitRHat.Compute(sample.ToSingleDraws()));
        }
    }

    [Fact]
    public void ConstantDrawsGiveNaN()
    {
        var chains = new ParameterDraws<float>(Enumerable.Repeat(0.1f, 400).ToArray(), 4);
        Assert.Equal(double.NaN, EffectiveSampleSize.Bulk(chains));
        Assert.Equal(double.NaN, EffectiveSampleSize.Tail(chains));
        Assert.Equal(double.NaN, EffectiveSampleSize.Mean(chains));
        Assert.Equal(double.NaN, EffectiveSampleSize.StandardDeviation(chains));
        Assert.Equal(double.NaN, MonteCarloStandardError.StandardDeviation(chains));
        Assert.Equal(double.NaN, RankNormalizedSplitRHat.Compute(chains));
    }

    [Fact]
    public void ATailThatNoDrawLeavesHasNoSize()
    {
        // More than 5 % of the draws are the largest value: the 95 % quantile is the maximum, and its indicator always one.
        double[][] chains = NaiveDiagnostics.Map(SimulatedChains.Independent(4, 100, 9), x => x > 1 ? 1 : x);
        Assert.Equal(double.NaN, EffectiveSampleSize.Quantile(chains.ToDraws(), 0.95));
        Assert.Equal(double.NaN, EffectiveSampleSize.Tail(chains.ToDraws()));
        Assert.InRange(EffectiveSampleSize.Quantile(chains.ToDraws(), 0.05), 100, 1000);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void RefusesProbabilitiesOutsideTheUnitInterval(double probability)
    {
        double[] draws = [1, 2, 3];
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectiveSampleSize.Quantile(new ParameterDraws<double>(draws, 1), probability));
        Assert.Throws<ArgumentOutOfRangeException>(() => MonteCarloStandardError.Quantile(new ParameterDraws<double>(draws, 1), probability));
    }

    [Fact]
    public void StopsWhenAsked()
    {
        ParameterDraws<double> chains = SimulatedChains.Independent(4, 100, 1).ToDraws();
        double[] values = chains.Values.ToArray();
        var stopped = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => EffectiveSampleSize.Bulk(new ParameterDraws<double>(values, 4), stopped));
        Assert.Throws<OperationCanceledException>(() => EffectiveSampleSize.Mean(new ParameterDraws<double>(values, 4), stopped));
    }
}
