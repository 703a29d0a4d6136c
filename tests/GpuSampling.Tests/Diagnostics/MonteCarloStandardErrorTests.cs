#pragma warning disable xUnit1051 // Cancellation is for long computations; each of these takes milliseconds.

using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

public sealed class MonteCarloStandardErrorTests
{
    [Fact]
    public void MatchesTheSpreadOfEstimatesOverManyRuns()
    {
        // The spread of each estimate over 400 runs has itself an error of 3.5 %, and the claims, of a quantile in particular, are
        // biased by up to 6 % at this size: over three other sets of seeds the ratios lay between 0.95 and 1.14. Bounds of 25 %
        // leave more than five standard errors.
        const int Runs = 400;
        double[][] estimates = [new double[Runs], new double[Runs], new double[Runs]];
        double[] claims = new double[3];
        for (int run = 0; run < Runs; run++)
        {
            double[][] chains = SimulatedChains.Autoregressive(4, 500, 0.6, 9_000 + run);
            ParameterDraws<double> draws = chains.ToDraws();
            double[] pool = NaiveDiagnostics.Pool(chains);
            estimates[0][run] = pool.Average();
            estimates[1][run] = Math.Sqrt(NaiveDiagnostics.Variance(pool));
            estimates[2][run] = NaiveDiagnostics.Quantile(pool, 0.9);
            claims[0] += MonteCarloStandardError.Mean(draws) / Runs;
            claims[1] += MonteCarloStandardError.StandardDeviation(draws) / Runs;
            claims[2] += MonteCarloStandardError.Quantile(draws, 0.9) / Runs;
        }

        for (int k = 0; k < 3; k++)
        {
            double spread = Math.Sqrt(NaiveDiagnostics.Variance(estimates[k]));
            Assert.Equal(1, claims[k] / spread, 0.25);

            // Negative control: treating the 2,000 draws as independent would be off by a factor of two in the mean.
            if (k == 0)
            {
                Assert.True(spread * Math.Sqrt(2000) > 1.6);
            }
        }
    }

    [Fact]
    public void OfIndependentDrawsIsTheTextbookValue()
    {
        double[][] chains = NaiveDiagnostics.Map(SimulatedChains.Independent(10, 10_000, 4), x => 5 + (2 * x));
        ParameterDraws<double> draws = chains.ToDraws();
        const double Draws = 100_000;
        Assert.Equal(2 / Math.Sqrt(Draws), MonteCarloStandardError.Mean(draws), 0.1 * 2 / Math.Sqrt(Draws));
        Assert.Equal(2 / Math.Sqrt(2 * Draws), MonteCarloStandardError.StandardDeviation(draws), 0.1 * 2 / Math.Sqrt(2 * Draws));

        // Of the median: sd sqrt(pi / 2) / sqrt(S).
        double median = 2 * Math.Sqrt(Math.PI / 2) / Math.Sqrt(Draws);
        Assert.Equal(median, MonteCarloStandardError.Quantile(draws, 0.5), 0.15 * median);
    }
}
