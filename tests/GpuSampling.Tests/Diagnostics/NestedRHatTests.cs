using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

public sealed class NestedRHatTests
{
    // Means of B / W over 400 simulated runs at stationarity (anchors/mcmc.md 5.6: .01564, .00603 and .00637 over its own runs).
    // B has a relative standard deviation of sqrt(2 / 15) in each run, 1.8 % in the mean of 400; bounds of 8 % are 4.4 of these,
    // a false alarm in 100,000 for each case.
    [Theory]
    [InlineData(64, 1, 0.0, 0.01564)]
    [InlineData(16, 10, 0.0, 0.00612)]
    [InlineData(128, 5, 0.9, 0.00640)]
    public void AtStationarityItSettlesAtOneOverTheSizeOfASuperchain(int chainsEach, int draws, double correlation, double expected)
    {
        const int Superchains = 16;
        const int Runs = 400;
        int[] ids = NestedRHat.ConsecutiveSuperchains(Superchains * chainsEach, Superchains);
        double sum = 0;
        for (int run = 0; run < Runs; run++)
        {
            double[][] chains = SimulatedChains.Autoregressive(Superchains * chainsEach, draws, correlation, 1000 + run);
            sum += Math.Pow(NestedRHat.Compute(chains.ToDraws(), ids), 2) - 1;
        }

        Assert.Equal(expected, sum / Runs, 0.08 * expected);
    }

    [Fact]
    public void SeesSuperchainsThatRememberTheirStarts()
    {
        const int Superchains = 16;
        int[] ids = NestedRHat.ConsecutiveSuperchains(Superchains * 64, Superchains);
        double[][] fresh = SimulatedChains.Independent(Superchains * 64, 1, 5);
        double[][] starting = [.. fresh.Select((chain, c) => chain.Select(x => x + (0.5 * (ids[c] - 7.5) / 4.6)).ToArray())];
        double threshold = NestedRHat.Threshold(64, 1, 0.1);
        Assert.True(NestedRHat.Compute(fresh.ToDraws(), ids) < threshold);
        Assert.True(NestedRHat.Compute(starting.ToDraws(), ids) > threshold);
    }

    [Fact]
    public void SmallCaseByHand()
    {
        // Two superchains of two chains of two draws: chain means 1, 3 | 5, 7 and every chain's variance 2.
        // B = Var(2, 6) = 8; B-tilde = 2 each; W-tilde = 2 each; W = 4: sqrt(1 + 8 / 4).
        double[][] chains = [[0, 2], [2, 4], [4, 6], [6, 8]];
        Assert.Equal(Math.Sqrt(3), NestedRHat.Compute(chains.ToDraws(), [0, 0, 1, 1]), 1e-15);

        // Grouped the other way: means 1, 5 | 3, 7: B = 2, B-tilde = 8, W = 10.
        Assert.Equal(Math.Sqrt(1.2), NestedRHat.Compute(chains.ToDraws(), [0, 1, 0, 1]), 1e-15);

        // One draw each: W = B-tilde. Means 1 3 | 5 7.
        double[][] single = [[1], [3], [5], [7]];
        Assert.Equal(Math.Sqrt(5), NestedRHat.Compute(single.ToDraws(), [0, 0, 1, 1]), 1e-15);

        // One chain each: W = W-tilde. Chain means 1, 3, variances 2: B = 2.
        double[][] pair = [[0, 2], [2, 4]];
        Assert.Equal(Math.Sqrt(2), NestedRHat.Compute(pair.ToDraws(), [1, 0]), 1e-15);
    }

    [Fact]
    public void ThresholdFollowsFromTheSizeOfASuperchain()
    {
        Assert.Equal(Math.Sqrt(1 + (1.0 / 64)), NestedRHat.Threshold(64, 1, 0), 1e-15);
        Assert.Equal(Math.Sqrt(1 + (1.0 / 80) + 0.01), NestedRHat.Threshold(8, 10, 0.01), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => NestedRHat.Threshold(0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NestedRHat.Threshold(1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NestedRHat.Threshold(1, 1, -1));
    }

    [Fact]
    public void RefusesGroupsThatDoNotFit()
    {
        double[][] chains = [[0, 2], [2, 4], [4, 6], [6, 8]];
        Assert.Throws<ArgumentException>(() => NestedRHat.Compute(chains.ToDraws(), [0, 0, 1]));
        Assert.Throws<ArgumentException>(() => NestedRHat.Compute(chains.ToDraws(), [0, 0, 0, 1]));
        Assert.Throws<ArgumentException>(() => NestedRHat.Compute(chains.ToDraws(), [0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => NestedRHat.Compute(chains.ToDraws(), [0, 0, 2, 2]));
        Assert.Throws<ArgumentException>(() => NestedRHat.Compute(chains.ToDraws(), [0, 0, -1, -1]));
        Assert.Throws<ArgumentException>(() => NestedRHat.ConsecutiveSuperchains(10, 3));
        double[][] single = [[1], [3]];
        Assert.Throws<ArgumentException>(() => NestedRHat.Compute(single.ToDraws(), [0, 1]));
    }
}
