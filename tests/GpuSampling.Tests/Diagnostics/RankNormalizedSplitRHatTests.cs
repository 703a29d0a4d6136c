#pragma warning disable xUnit1051 // Cancellation is for long computations; each of these takes milliseconds.

using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

public sealed class RankNormalizedSplitRHatTests
{
    // Over 1,000 other seeds R-hat of 8 chains of 2,000 draws lay between 0.9997 and 1.0008; with one chain shifted by half a
    // standard deviation it was at least 1.0103, with one of twice the scale the folded one at least 1.0319.
    [Fact]
    public void ChainsThatAgreeAreNearOne()
    {
        double[][] chains = SimulatedChains.Independent(8, 2_000, 21);
        Assert.InRange(RankNormalizedSplitRHat.Compute(chains.ToDraws()), 0.9995, 1.003);
    }

    [Fact]
    public void SeesAShiftedChain()
    {
        double[][] chains = SimulatedChains.Independent(8, 2_000, 22);
        chains[3] = [.. chains[3].Select(x => x + 0.5)];
        Assert.InRange(RankNormalizedSplitRHat.Bulk(chains.ToDraws()), 1.01, 1.05);
        Assert.True(RankNormalizedSplitRHat.Folded(chains.ToDraws()) < 1.01);
        Assert.True(RankNormalizedSplitRHat.Compute(chains.ToDraws()) > 1.01);
    }

    [Fact]
    public void SeesADifferentScaleOnlyWhenFolded()
    {
        double[][] chains = SimulatedChains.Independent(8, 2_000, 23);
        chains[5] = [.. chains[5].Select(x => 2 * x)];
        Assert.True(RankNormalizedSplitRHat.Bulk(chains.ToDraws()) < 1.005);
        Assert.True(RankNormalizedSplitRHat.Folded(chains.ToDraws()) > 1.01);
        Assert.Equal(RankNormalizedSplitRHat.Folded(chains.ToDraws()), RankNormalizedSplitRHat.Compute(chains.ToDraws()));
    }

    [Fact]
    public void SeesATrendWithinChains()
    {
        // All chains drift alike: without splitting them nothing would be seen.
        double[][] chains = SimulatedChains.Independent(8, 2_000, 24);
        chains = [.. chains.Select(chain => chain.Select((x, i) => x + (i / 2_000.0)).ToArray())];
        Assert.True(RankNormalizedSplitRHat.Bulk(chains.ToDraws()) > 1.02);
    }

    [Fact]
    public void SeesAStuckChain()
    {
        double[][] chains = SimulatedChains.Independent(8, 500, 25);
        Array.Fill(chains[2], 1.7);
        Assert.True(RankNormalizedSplitRHat.Compute(chains.ToDraws()) > 1.05);
    }

    [Theory]
    [InlineData(4, 10)]
    [InlineData(16, 11)]
    public void IsInfiniteWhenNoChainMoves(int count, int draws)
    {
        double[][] chains = [.. Enumerable.Range(0, count).Select(c => Enumerable.Repeat(Math.Sqrt(2 + c), draws).ToArray())];
        Assert.Equal(double.PositiveInfinity, RankNormalizedSplitRHat.Bulk(chains.ToDraws()));
        Assert.Equal(double.PositiveInfinity, RankNormalizedSplitRHat.Compute(chains.ToDraws()));
    }

    [Fact]
    public void CauchyChainsWithoutMomentsAreJudgedToo()
    {
        double[][] chains = NaiveDiagnostics.Map(SimulatedChains.Independent(8, 2_000, 26), x => Math.Tan(1.5 * Math.Tanh(x)));
        chains[0] = [.. chains[0].Select(x => x + 1)];
        Assert.True(RankNormalizedSplitRHat.Bulk(chains.ToDraws()) > 1.01);
    }

    [Fact]
    public void DoesNotChangeUnderIncreasingTransformations()
    {
        double[][] chains = SimulatedChains.Autoregressive(6, 301, 0.4, 27);
        double[][] transformed = NaiveDiagnostics.Map(chains, x => Math.Exp(3 * x) - 7);
        Assert.Equal(RankNormalizedSplitRHat.Bulk(chains.ToDraws()), RankNormalizedSplitRHat.Bulk(transformed.ToDraws()));
        Assert.Equal(EffectiveSampleSize.Bulk(chains.ToDraws()), EffectiveSampleSize.Bulk(transformed.ToDraws()));
        Assert.Equal(EffectiveSampleSize.Quantile(chains.ToDraws(), 0.05), EffectiveSampleSize.Quantile(transformed.ToDraws(), 0.05));

        // Negative control: the mean's size does change.
        double mean = EffectiveSampleSize.Mean(chains.ToDraws());
        Assert.True(Math.Abs(EffectiveSampleSize.Mean(transformed.ToDraws()) - mean) > 1e-3 * mean);
    }

    [Fact]
    public void DoesNotChangeUnderPermutationOfChainsNorReflection()
    {
        double[][] chains = SimulatedChains.Autoregressive(11, 120, 0.4, 28);
        chains[4] = [.. chains[4].Select(x => x + 1)];
        double[][] permuted = [.. Enumerable.Range(0, 11).Select(c => chains[c * 7 % 11])];
        double[][] reflected = NaiveDiagnostics.Map(chains, x => -x);
        foreach (double[][] other in (double[][][])[permuted, reflected])
        {
            Assert.Equal(RankNormalizedSplitRHat.Bulk(chains.ToDraws()), RankNormalizedSplitRHat.Bulk(other.ToDraws()), 1e-12);
            Assert.Equal(RankNormalizedSplitRHat.Folded(chains.ToDraws()), RankNormalizedSplitRHat.Folded(other.ToDraws()), 1e-12);
            double size = EffectiveSampleSize.Bulk(chains.ToDraws());
            Assert.Equal(size, EffectiveSampleSize.Bulk(other.ToDraws()), 1e-10 * size);
        }
    }

    [Fact]
    public void TiesOfPlusAndMinusZeroAreTies()
    {
        double[][] chains = NaiveDiagnostics.Map(SimulatedChains.Independent(4, 60, 29), x => Math.Round(x));
        double[][] mixed = [.. chains.Select((chain, c) => chain.Select((x, i) => x == 0 ? ((c + i) % 2 == 0 ? 0.0 : -0.0) : x).ToArray())];
        double[][] plain = NaiveDiagnostics.Map(chains, x => x + 0.0);
        Assert.Equal(RankNormalizedSplitRHat.Compute(plain.ToDraws()), RankNormalizedSplitRHat.Compute(mixed.ToDraws()));
        Assert.Equal(EffectiveSampleSize.Bulk(plain.ToSingleDraws()), EffectiveSampleSize.Bulk(mixed.ToSingleDraws()));
    }

    [Fact]
    public void ABalancedBinaryParameterHasNoFoldedPart()
    {
        // Both values lie equally far from the median: scale cannot differ.
        double[][] chains = [.. Enumerable.Range(0, 4).Select(c => Enumerable.Range(0, 20).Select(i => (double)((i + (i / 3 * c)) % 2)).ToArray())];
        chains[3] = [.. chains[2].Select(x => 1 - x)];
        chains[1] = [.. chains[0].Select(x => 1 - x)];
        Assert.Equal(double.NaN, RankNormalizedSplitRHat.Folded(chains.ToDraws()));
        Assert.Equal(RankNormalizedSplitRHat.Bulk(chains.ToDraws()), RankNormalizedSplitRHat.Compute(chains.ToDraws()));
    }

    [Fact]
    public void SingleAndDoublePrecisionAgreeOnTheSameNumbers()
    {
        double[][] chains = NaiveDiagnostics.Map(SimulatedChains.Autoregressive(5, 77, 0.3, 30), x => (float)x);
        Assert.Equal(RankNormalizedSplitRHat.Compute(chains.ToDraws()), RankNormalizedSplitRHat.Compute(chains.ToSingleDraws()));
        Assert.Equal(EffectiveSampleSize.Tail(chains.ToDraws()), EffectiveSampleSize.Tail(chains.ToSingleDraws()));
        Assert.Equal(EffectiveSampleSize.Bulk(chains.ToDraws()), EffectiveSampleSize.Bulk(chains.ToSingleDraws()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ChainsTooShortToSplitGiveNaN(int draws)
    {
        Assert.Equal(double.NaN, RankNormalizedSplitRHat.Compute(SimulatedChains.Independent(50, draws, 1).ToDraws()));
    }

    [Fact]
    public void DrawsThatDifferInTheLastBitsOnlyAreOrdered()
    {
        // Equal in the upper half of their bits, so that the sort has to look at the lower one.
        double[][] chains = NaiveDiagnostics.Map(SimulatedChains.Autoregressive(4, 90, 0.5, 31), x => 1e6 + (Math.Round(1000 * x) * 1e-9));
        Assert.Equal(NaiveDiagnostics.RHat(chains), RankNormalizedSplitRHat.Compute(chains.ToDraws()), 1e-12);
        double size = NaiveDiagnostics.EssBulk(chains);
        Assert.Equal(size, EffectiveSampleSize.Bulk(chains.ToDraws()), 1e-10 * size);
    }
}
