using GpuSampling.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>What the moments of a run tell, against what its draws do.</summary>
public sealed class MomentsSummaryTests
{
    public static TheoryData<string> Cases => ["divergent", "cut off", "coupled", "plain"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Moments_warn_as_draws_do(string name)
    {
        (Sampler sampler, string expected) = name switch
        {
            "divergent" => ((Sampler)new HamiltonianMonteCarloSampler(new() { DivergenceThreshold = 0.05 }), "transitions diverged"),
            "cut off" => (new NoUTurnSampler(new() { MaximumTreeDepth = 1 }), "cut off at the greatest tree depth"),
            "coupled" => (new StretchSampler(), "depend on one another"),
            _ => (new NoUTurnSampler(), string.Empty),
        };
        (DiagnosticsSummary draws, MomentsSummary moments) = Summaries(sampler, 1);
        Assert.Equal(draws.Warnings.Where(IsOfBoth), moments.Warnings.Where(IsOfBoth));
        Assert.Contains(expected, string.Join('\n', moments.Warnings), StringComparison.Ordinal);
        Assert.True(name != "plain" || moments.Warnings.Count == 0);
        foreach ((ParameterSummary one, ParameterSummary other) in draws.Parameters.Zip(moments.Parameters))
        {
            Assert.Equal(one.Name, other.Name);
            Assert.Equal(one.Mean, other.Mean, 1e-12);
            Assert.Equal(one.StandardDeviation, other.StandardDeviation, 1e-12);
            if (name == "coupled")
            {
                Assert.Equal((double.NaN, double.NaN), (one.CrossChainMeanEffectiveSize, other.CrossChainMeanEffectiveSize));
            }
            else
            {
                Assert.Equal(1, other.CrossChainMeanEffectiveSize / one.CrossChainMeanEffectiveSize, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(4096, false)]
    [InlineData(16, true)]
    public void Quantiles_are_summarized_with_moments_and_alone(int bufferLength, bool isRough)
    {
        KeptDraws<double> draws = new();
        KeptMoments<double> moments = new();
        KeptQuantiles<double> quantiles = new(bufferLength);
        RunOptions run = new() { ChainCount = 20, WarmupCount = 50, DrawCount = 150, Seed = 2 };
        using SimdEngine engine = new();
        Sampler sampler = new HamiltonianMonteCarloSampler(new() { StepSize = 1, DivergenceThreshold = 0.05 });
        SamplingResult result = sampler.Sample(
            GumbelModel.Posterior(2), run, engine, new CombinedSinks<double>(draws, moments, quantiles), cancellationToken: TestContext.Current.CancellationToken);
        MomentsSummary both = result.Summarize(moments, quantiles: quantiles), without = result.Summarize(moments);
        QuantilesSummary alone = result.Summarize(quantiles);
        Assert.Equal(double.NaN, without.RankErrorBound);
        Assert.Equal(double.NaN, without.Parameters[0].Median);
        Assert.Equal(both.RankErrorBound, alone.RankErrorBound);
        Assert.Equal(isRough, both.RankErrorBound > 0.01);
        double slack = both.RankErrorBound + (1.0 / 3000);
        for (int parameter = 0; parameter < draws.Labels.Count; parameter++)
        {
            double[] sorted = [.. draws[draws.Labels[parameter]].ToArray().Order()];
            foreach (ParameterSummary one in (ParameterSummary[])[both.Parameters[parameter], alone.Parameters[parameter]])
            {
                Assert.Equal(draws.Labels[parameter], one.Name);
                AssertQuantile(sorted, 0.05, slack, one.Quantile5);
                AssertQuantile(sorted, 0.5, slack, one.Median);
                AssertQuantile(sorted, 0.95, slack, one.Quantile95);
            }

            Assert.Equal(without.Parameters[parameter].Mean, both.Parameters[parameter].Mean);
            Assert.Equal(double.NaN, alone.Parameters[parameter].Mean);
        }

        // Alone they know what the sampler reports, and not whether the chains agree.
        Assert.Equal(both.Warnings, without.Warnings);
        Assert.Contains("transitions diverged", alone.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("keep moments", alone.Warnings[^1], StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("quantiles", () => result.Summarize(new KeptQuantiles<double>()));
        Assert.Throws<ArgumentException>("quantiles", () => result.Summarize(moments, quantiles: new KeptQuantiles<double>()));
        Assert.Throws<ArgumentException>("quantiles", () => (result with { Options = run with { ChainCount = 21 } }).Summarize(quantiles));

        string[] table = SummaryTable.Format(both).Split('\n'), plain = SummaryTable.Format(without).Split('\n'), brief = SummaryTable.Format(alone).Split('\n');
        Assert.Equal("parameter mean chain MCSE sd 5 % 50 % 95 % chain R-hat chain ESS", Words(table[0]));
        Assert.Equal("parameter mean chain MCSE sd chain R-hat chain ESS", Words(plain[0]));
        Assert.Equal("parameter 5 % 50 % 95 %", Words(brief[0]));
        string[] row = Words(brief[1]).Split(' ');
        Assert.Equal(draws.Labels[0], row[0]);
        Assert.Equal(alone.Parameters[0].Median, double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture), 1e-4 * Math.Abs(alone.Parameters[0].Median));
        const string rank = "of the ranks: the 5 % one is between";
        Assert.Contains(table, line => line.Contains(rank, StringComparison.Ordinal));
        Assert.Contains(brief, line => line.Contains(rank, StringComparison.Ordinal));
        Assert.DoesNotContain(plain, line => line.Contains("quantiles", StringComparison.Ordinal));

        static string Words(string line) => System.Text.RegularExpressions.Regex.Replace(line, " +", " ");

        static void AssertQuantile(double[] sorted, double probability, double slack, double value) => Assert.InRange(
            value, sorted[Math.Max(0, (int)(sorted.Length * (probability - slack)) - 1)], sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * (probability + slack)))]);
    }

    [Fact]
    public void Energies_of_thinned_draws_are_not_judged()
    {
        (DiagnosticsSummary draws, MomentsSummary moments) = Summaries(new HamiltonianMonteCarloSampler(), 1);
        Assert.Equal(128, draws.Outcome!.EnergyFractions.Length);
        foreach ((double one, double other) in draws.Outcome.EnergyFractions.ToArray().Zip(moments.Outcome.EnergyFractions.ToArray()))
        {
            Assert.Equal(one, other, 1e-9);
        }

        (draws, moments) = Summaries(new HamiltonianMonteCarloSampler(), 2);
        Assert.True(draws.Outcome!.EnergyFractions.IsEmpty && moments.Outcome.EnergyFractions.IsEmpty);
    }

    [Fact]
    public void Outputs_that_are_not_finite_and_chains_that_never_move_are_warned_of()
    {
        StreamingMoments moments = new(2, 80);
        double[] draw = new double[160];
        for (int i = 0; i < 50; i++)
        {
            for (int place = 0; place < draw.Length; place++)
            {
                draw[place] = place % 80 < 3 ? 0 : Math.Sin((i * i) + place);
            }

            moments.Add<double>(draw);
        }

        long[] nonFinite = [0, 4];
        MomentsSummary summary = new(moments, ["x", "y"], nonFinite, 3 * 49, new SamplerOutcome(), new DiagnosticsOptions());
        Assert.Contains("y has 4 draws that are not finite", summary.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("3 of 80 chains never move", summary.Warnings[1], StringComparison.Ordinal);
        Assert.Equal(double.NaN, summary.Parameters[1].Mean);
        Assert.Equal(3, summary.Parameters[0].StuckChains);
    }

    [Fact]
    public void What_helps_against_divergences_is_something_that_the_sampler_has()
    {
        Assert.All(
            (Sampler[])[new HamiltonianMonteCarloSampler(), new NoUTurnSampler(), new CheesSampler(), new SnaperSampler(), new MicrocanonicalSampler(), new LangevinSampler(), new TemperingSampler()],
            sampler => Assert.Contains("target acceptance", sampler.DivergenceAdvice, StringComparison.Ordinal));
        Assert.All(
            (Sampler[])[new MeadsSampler(), new StochasticLangevinSampler(), new StochasticHamiltonianSampler()],
            sampler => Assert.DoesNotContain("target acceptance", sampler.DivergenceAdvice, StringComparison.Ordinal));
        (DiagnosticsSummary draws, MomentsSummary moments) = Summaries(new MeadsSampler(new() { DivergenceThreshold = 0.01 }), 1);
        Assert.Contains("lower StepSizeFactor", string.Join('\n', draws.Warnings), StringComparison.Ordinal);
        Assert.Contains("lower StepSizeFactor", string.Join('\n', moments.Warnings), StringComparison.Ordinal);
    }

    private static bool IsOfBoth(string warning) =>
        !warning.StartsWith("R-hat", StringComparison.Ordinal) && !warning.Contains("effective sample size of", StringComparison.Ordinal);

    private static (DiagnosticsSummary Draws, MomentsSummary Moments) Summaries(Sampler sampler, int thinning)
    {
        KeptDraws<double> draws = new();
        KeptMoments<double> moments = new();
        RunOptions run = new() { ChainCount = 128, WarmupCount = 50, DrawCount = 60, Thinning = thinning, Seed = 2 };
        using SimdEngine engine = new();
        SamplingResult result = sampler.Sample(
            GumbelModel.Posterior(2), run, engine, new CombinedSinks<double>(draws, moments), cancellationToken: TestContext.Current.CancellationToken);
        return (result.Summarize(draws, cancellationToken: TestContext.Current.CancellationToken), result.Summarize(moments));
    }
}
