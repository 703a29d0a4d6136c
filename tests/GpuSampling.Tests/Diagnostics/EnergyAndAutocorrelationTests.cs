using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

public sealed class EnergyAndAutocorrelationTests
{
    [Fact]
    public void EnergyFractionByHand()
    {
        // Energies 1 3 2 6: changes 2, -1, 4: mean square 7; mean 3, variance (4 + 0 + 1 + 9) / 3.
        double[][] chains = [[1, 3, 2, 6], [0, 0, 0, 0], [1, 2, double.NaN, 4]];
        var fractions = new double[3];
        EnergyBayesianFractionOfMissingInformation.Compute(chains.ToDraws(), fractions);
        Assert.Equal(7 / (14.0 / 3), fractions[0], 1e-14);
        Assert.Equal(double.NaN, fractions[1]);
        Assert.Equal(double.NaN, fractions[2]);
    }

    [Fact]
    public void EnergyFractionOfAutoregressiveEnergies()
    {
        // E (E_t - E_t-1)^2 / Var E = 2 (1 - r). Its error for 20,000 draws is about 2 %.
        foreach (double correlation in (double[])[0, 0.5, 0.95])
        {
            var fractions = new double[2];
            EnergyBayesianFractionOfMissingInformation.Compute(SimulatedChains.Autoregressive(2, 20_000, correlation, 8).ToSingleDraws(), fractions);
            Assert.All(fractions, fraction => Assert.Equal(2 * (1 - correlation), fraction, 0.1 * 2 * (1 - correlation)));
        }
    }

    [Fact]
    public void EnergyFractionNeedsTwoDrawsAndRoom()
    {
        var fractions = new double[2];
        double[][] single = [[1], [2]];
        EnergyBayesianFractionOfMissingInformation.Compute(single.ToDraws(), fractions);
        Assert.Equal([double.NaN, double.NaN], fractions);
        Assert.Throws<ArgumentException>(() => EnergyBayesianFractionOfMissingInformation.Compute(single.ToDraws(), new double[3]));
    }

    [Fact]
    public void AutocorrelationByHand()
    {
        // Deviations -1 0 1 | -2 0 2: lag 0: 2 + 8, lag 1: 0, lag 2: -1 - 4.
        double[][] chains = [[1, 2, 3], [0, 2, 4]];
        var correlations = new double[3];
        Autocorrelation.Compute(chains.ToDraws(), correlations);
        Assert.Equal([1.0, 0.0, -0.5], correlations);
        Assert.Throws<ArgumentException>(() => Autocorrelation.Compute(chains.ToDraws(), new double[4]));
        double[][] still = [[1, 1], [2, 2]];
        Autocorrelation.Compute(still.ToDraws(), correlations.AsSpan(0, 1));
        Assert.Equal(double.NaN, correlations[0]);
    }

    [Fact]
    public void AutocorrelationOfAnAutoregressiveChain()
    {
        var correlations = new double[6];
        Autocorrelation.Compute(SimulatedChains.Autoregressive(4, 50_000, 0.7, 12).ToDraws(), correlations);
        for (int lag = 0; lag < 6; lag++)
        {
            Assert.Equal(Math.Pow(0.7, lag), correlations[lag], 0.02);
        }
    }
}
