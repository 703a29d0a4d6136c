using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

public sealed class CrossChainTests
{
    [Fact]
    public void ShortAutoregressiveChainsHaveTheirExactSize()
    {
        // AR(.8), 1,024 chains of 20 draws: Var(chain mean) = (1 + 2 sum (1 - t/20) .8^t) / 20 gives 2,916 effective draws.
        // One run's relative error is sqrt(2 / 1023) = 4.4 %; over 25 runs 0.9 %: a bound of 4 % is 4.5 of it (1 in 100,000).
        const int Runs = 25;
        double weights = Enumerable.Range(1, 19).Sum(lag => (1 - (lag / 20.0)) * Math.Pow(0.8, lag));
        double exact = 1024 * 20 / (1 + (2 * weights));
        Assert.Equal(2916, exact, 1.0);
        double sum = 0;
        for (int run = 0; run < Runs; run++)
        {
            sum += CrossChainEffectiveSampleSize.OfMean(SimulatedChains.Autoregressive(1024, 20, 0.8, run).ToDraws()).EffectiveSize;
        }

        Assert.Equal(exact, sum / Runs, 0.04 * exact);
    }

    [Fact]
    public void WorksForProbabilitiesAndSingleDraws()
    {
        // Independent draws: as many effective as there are. 4,096 chains: relative error 2.2 %, bound 10 %.
        ParameterDraws<double> draws = SimulatedChains.Independent(4096, 1, 6).ToDraws();
        CrossChainEffectiveSampleSize tail = CrossChainEffectiveSampleSize.OfProbabilityAtMost(draws, -1.0);
        Assert.Equal(4096, tail.EffectiveSize, 410.0);
        Assert.Equal(Math.Sqrt(0.1587 * 0.8413 / 4096), tail.StandardError, 5e-4);
        Assert.Equal(4096, CrossChainEffectiveSampleSize.OfMean(draws).EffectiveSize, 1e-6);
    }

    [Fact]
    public void SmallCaseByHand()
    {
        // Chain means 1, 3, 5: variance 4, squared error 4/3. Draws 0 2 2 4 4 6: variance 22/5.
        double[][] chains = [[0, 2], [2, 4], [4, 6]];
        CrossChainEffectiveSampleSize size = CrossChainEffectiveSampleSize.OfMean(chains.ToDraws());
        Assert.Equal(3, size.Chains);
        Assert.Equal(Math.Sqrt(4.0 / 3), size.StandardError, 1e-15);
        Assert.Equal(4.4 / (4.0 / 3), size.EffectiveSize, 1e-14);
    }

    [Fact]
    public void NeedsTwoChainsThatMoveAndFiniteDraws()
    {
        double[] one = [1, 2, 3];
        Assert.Equal(double.NaN, CrossChainEffectiveSampleSize.OfMean(new ParameterDraws<double>(one, 1)).EffectiveSize);
        double[] constant = [1, 1, 1, 1];
        Assert.Equal(double.NaN, CrossChainEffectiveSampleSize.OfMean(new ParameterDraws<double>(constant, 2)).EffectiveSize);
        double[] bad = [1, 2, double.NaN, 4];
        Assert.Equal(double.NaN, CrossChainEffectiveSampleSize.OfMean(new ParameterDraws<double>(bad, 2)).EffectiveSize);
        Assert.Equal(double.NaN, CrossChainEffectiveSampleSize.OfProbabilityAtMost(new ParameterDraws<double>(bad, 2), 2).EffectiveSize);
    }
}
