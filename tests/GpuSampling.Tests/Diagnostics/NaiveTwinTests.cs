#pragma warning disable xUnit1051 // Cancellation is for long computations; each of these takes milliseconds.

using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

/// <summary>The fast code against <see cref="NaiveDiagnostics"/> on random chains of all shapes.</summary>
public sealed class NaiveTwinTests
{
    private const double Tolerance = 1e-10;

    // chains, draws, autocorrelation, decimals kept (fewer make more ties)
    public static TheoryData<int, int, double, int> Shapes => new()
    {
        { 4, 100, 0.5, 15 },
        { 1, 200, 0.9, 15 },
        { 1, 37, 0.0, 15 },
        { 2, 12, 0.3, 15 },
        { 3, 13, 0.3, 15 },
        { 5, 51, -0.6, 15 },
        { 7, 40, 0.7, 1 },
        { 8, 30, 0.2, 0 },
        { 9, 31, 0.2, 0 },
        { 12, 64, 0.95, 2 },
        { 16, 20, -0.9, 1 },
        { 33, 15, 0.4, 15 },
        { 64, 16, 0.4, 1 },
        { 100, 18, 0.8, 15 },
        { 65, 17, 0.8, 0 },
        { 3, 333, 0.99, 15 },
        { 2, 900, 0.97, 2 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AgreesOnRandomChains(int chains, int draws, double correlation, int decimals)
    {
        // Off centre and skewed, so that no symmetry hides a mistake.
        double[][] sample = SimulatedChains.Autoregressive(chains, draws, correlation, (1000 * chains) + draws);
        sample = NaiveDiagnostics.Map(sample, x => Math.Round(3 + Math.Exp(0.6 * x), decimals));
        ParameterDraws<double> fast = sample.ToDraws();

        AssertClose(NaiveDiagnostics.RHatBulk(sample), RankNormalizedSplitRHat.Bulk(fast), "bulk R-hat");
        AssertClose(NaiveDiagnostics.RHatFolded(sample), RankNormalizedSplitRHat.Folded(fast), "folded R-hat");
        AssertClose(NaiveDiagnostics.RHat(sample), RankNormalizedSplitRHat.Compute(fast), "R-hat");
        AssertClose(NaiveDiagnostics.EssBulk(sample), EffectiveSampleSize.Bulk(fast), "bulk ESS");
        AssertClose(NaiveDiagnostics.EssTail(sample), EffectiveSampleSize.Tail(fast), "tail ESS");
        AssertClose(NaiveDiagnostics.EssMean(sample), EffectiveSampleSize.Mean(fast), "mean ESS");
        AssertClose(NaiveDiagnostics.EssSd(sample), EffectiveSampleSize.StandardDeviation(fast), "sd ESS");
        AssertClose(NaiveDiagnostics.McseMean(sample), MonteCarloStandardError.Mean(fast), "MCSE mean");
        AssertClose(NaiveDiagnostics.McseSd(sample), MonteCarloStandardError.StandardDeviation(fast), "MCSE sd");
        foreach (double p in (double[])[0, 0.05, 0.31, 0.5, 0.95, 1])
        {
            AssertClose(NaiveDiagnostics.EssQuantile(sample, p), EffectiveSampleSize.Quantile(fast, p), $"ESS of quantile {p}");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SummaryAgreesOnRandomChainsInSinglePrecision(int chains, int draws, double correlation, int decimals)
    {
        double[][] sample = SimulatedChains.Autoregressive(chains, draws, correlation, (2000 * chains) + draws);
        sample = NaiveDiagnostics.Map(sample, x => (float)Math.Round(x - 0.7, decimals));
        double[] pool = NaiveDiagnostics.Pool(sample);
        var source = new DrawArray<float>(sample.ToSingleDraws().Values.ToArray(), ["x"], chains);
        ParameterSummary fast = DiagnosticsSummary.Compute(source, cancellationToken: TestContext.Current.CancellationToken).Parameters[0];

        AssertClose(pool.Average(), fast.Mean, "mean");
        AssertClose(Math.Sqrt(NaiveDiagnostics.Variance(pool)), fast.StandardDeviation, "sd");
        AssertClose(NaiveDiagnostics.Quantile(pool, 0.05), fast.Quantile5, "5 %");
        AssertClose(NaiveDiagnostics.Median(pool), fast.Median, "median");
        AssertClose(NaiveDiagnostics.Quantile(pool, 0.95), fast.Quantile95, "95 %");
        AssertClose(NaiveDiagnostics.RHat(sample), fast.RHat, "R-hat");
        AssertClose(NaiveDiagnostics.EssBulk(sample), fast.BulkEffectiveSize, "bulk ESS");
        AssertClose(NaiveDiagnostics.EssTail(sample), fast.TailEffectiveSize, "tail ESS");
        AssertClose(NaiveDiagnostics.EssMean(sample), fast.MeanEffectiveSize, "mean ESS");
        AssertClose(NaiveDiagnostics.EssSd(sample), fast.StandardDeviationEffectiveSize, "sd ESS");
        AssertClose(NaiveDiagnostics.McseMean(sample), fast.MeanError, "MCSE mean");
        AssertClose(NaiveDiagnostics.McseSd(sample), fast.StandardDeviationError, "MCSE sd");
        Assert.Equal(0, fast.NonFiniteDraws);
        Assert.Equal(0, fast.StuckChains);
    }

    [Theory]
    [InlineData(2, 6000, 0.9995)]
    [InlineData(3, 5001, 0.999)]
    public void AgreesWhereTheSequenceOutlastsDirectLags(int chains, int draws, double correlation)
    {
        // Beyond 1,024 lags the autocovariances come from a Fourier transform.
        double[][] sample = SimulatedChains.Autoregressive(chains, draws, correlation, 5);
        double naive = NaiveDiagnostics.EssMean(sample);
        Assert.True(naive < 20);
        Assert.Equal(naive, EffectiveSampleSize.Mean(sample.ToDraws()), 1e-9 * naive);
    }

    [Fact]
    public void NestedRHatAgrees()
    {
        double[][] sample = SimulatedChains.Autoregressive(24, 9, 0.5, 77);
        int[] superchains = [.. Enumerable.Range(0, 24).Select(chain => chain * 5 % 6)];
        sample = [.. sample.Select((chain, c) => chain.Select(x => x + (0.3 * superchains[c])).ToArray())];
        Assert.Equal(NaiveDiagnostics.NestedRHat(sample, superchains), NestedRHat.Compute(sample.ToDraws(), superchains), 1e-12);
    }

    private static void AssertClose(double expected, double actual, string what)
    {
        bool close = double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(actual - expected) <= Tolerance * Math.Abs(expected);
        Assert.True(close, $"{what}: {expected:R} expected, {actual:R} found");
    }
}
