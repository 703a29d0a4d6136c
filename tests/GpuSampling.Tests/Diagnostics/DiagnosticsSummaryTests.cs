#pragma warning disable xUnit1051 // Cancellation is for long computations; each of these takes milliseconds.

using System.Globalization;
using System.Text.Json;
using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

public sealed class DiagnosticsSummaryTests
{
    [Fact]
    public void DoesNotDependOnTheNumberOfThreads()
    {
        const int Chains = 24;
        DrawArray<float> draws = Simulate(parameters: 9, Chains, draws: 333);
        DiagnosticsSummary one = DiagnosticsSummary.Compute(draws, options: new DiagnosticsOptions { Threads = 1 });
        DiagnosticsSummary many = DiagnosticsSummary.Compute(draws, options: new DiagnosticsOptions { Threads = 7 });
        Assert.Equal(one.Parameters, many.Parameters);
        Assert.Equal(SummaryCsv.Format(one), SummaryCsv.Format(many));
    }

    [Fact]
    public void AgreesWithTheSingleDiagnostics()
    {
        DrawArray<float> draws = Simulate(parameters: 2, chains: 70, draws: 41);
        ParameterSummary one = DiagnosticsSummary.Compute(draws).Parameters[1];
        var values = new ParameterDraws<float>(draws.Values(1), 70);
        Assert.Equal(RankNormalizedSplitRHat.Compute(values), one.RHat);
        Assert.Equal(EffectiveSampleSize.Bulk(values), one.BulkEffectiveSize);
        Assert.Equal(EffectiveSampleSize.Tail(values), one.TailEffectiveSize);
        Assert.Equal(EffectiveSampleSize.Mean(values), one.MeanEffectiveSize);
        Assert.Equal(EffectiveSampleSize.StandardDeviation(values), one.StandardDeviationEffectiveSize);
        Assert.Equal(MonteCarloStandardError.Mean(values), one.MeanError);
        Assert.Equal(MonteCarloStandardError.StandardDeviation(values), one.StandardDeviationError);
        Assert.Equal(MonteCarloStandardError.Quantile(values, 0.05), one.Quantile5Error);
        Assert.Equal(MonteCarloStandardError.Quantile(values, 0.5), one.MedianError);
        Assert.Equal(MonteCarloStandardError.Quantile(values, 0.95), one.Quantile95Error);
        CrossChainEffectiveSampleSize mean = CrossChainEffectiveSampleSize.OfMean(values);
        Assert.Equal(mean.StandardError, one.CrossChainMeanError, 1e-12 * mean.StandardError);
        Assert.Equal(mean.EffectiveSize, one.CrossChainMeanEffectiveSize, 1e-10 * mean.EffectiveSize);
        double lower = CrossChainEffectiveSampleSize.OfProbabilityAtMost(values, one.Quantile5).EffectiveSize;
        double upper = CrossChainEffectiveSampleSize.OfProbabilityAtMost(values, one.Quantile95).EffectiveSize;
        Assert.Equal(Math.Min(lower, upper), one.CrossChainTailEffectiveSize, 1e-9 * lower);
    }

    [Fact]
    public void ShortChainsAreJudgedByTheirMeansWhenThereAreMany()
    {
        DiagnosticsSummary many = DiagnosticsSummary.Compute(Simulate(parameters: 1, chains: 1000, draws: 3));
        Assert.True(many.HasCrossChain);
        Assert.Equal(double.NaN, many.Parameters[0].BulkEffectiveSize);
        Assert.InRange(many.Parameters[0].CrossChainMeanEffectiveSize, 1000, 3000);
        Assert.Empty(many.Warnings);

        DiagnosticsSummary single = DiagnosticsSummary.Compute(Simulate(parameters: 1, chains: 1000, draws: 1));
        Assert.Equal(1000, single.Parameters[0].CrossChainMeanEffectiveSize, 1e-9);
        Assert.Equal(0, single.Parameters[0].StuckChains);

        DiagnosticsSummary few = DiagnosticsSummary.Compute(Simulate(parameters: 1, chains: 10, draws: 3));
        Assert.False(few.HasCrossChain);
        Assert.Contains("too short", Assert.Single(few.Warnings), StringComparison.Ordinal);

        var coupled = new DiagnosticsOptions { ChainsAreCoupled = true };
        Assert.Equal(
            double.NaN,
            DiagnosticsSummary.Compute(Simulate(1, 1000, 20), options: coupled).Parameters[0].CrossChainMeanError);
    }

    [Fact]
    public void WarnsInWords()
    {
        double[][] good = SimulatedChains.Independent(8, 500, 1);
        double[][] shifted = [.. good.Select((chain, c) => chain.Select(x => x + (c == 3 ? 2 : 0)).ToArray())];
        double[][] slow = SimulatedChains.Autoregressive(8, 500, 0.99, 2);
        double[][] stuck = [.. good.Select((chain, c) => c == 1 ? [.. chain.Select(_ => 0.25)] : chain)];
        double[][] bad = [.. good.Select((chain, c) => chain.Select((x, i) => c == 0 && i < 3 ? double.NaN : x).ToArray())];
        var outcome = new SamplerOutcome { Divergences = 12, Transitions = 4000, EnergyFractions = new[] { 0.9, 0.12, 1.1, double.NaN } };
        DiagnosticsSummary summary = DiagnosticsSummary.Compute(
            Named(("fine", good), ("tau", shifted), ("slow", slow), ("stuck", stuck), ("bad", bad)), outcome);

        string all = string.Join('\n', summary.Warnings);
        Assert.Contains("bad has 3 draws that are not finite", all, StringComparison.Ordinal);
        Assert.DoesNotContain("never move", all, StringComparison.Ordinal); // for every chain moves in some parameter
        Assert.Matches(@"R-hat of (tau|slow|stuck) is \d\.\d+ \(above 1\.0198 also for 2 other parameters\): run longer", all);
        Assert.Matches(@"Bulk effective sample size of (slow|tau) is \d+", all);
        Assert.Contains("12 of 4000 (0.3 %) transitions diverged", all, StringComparison.Ordinal);
        Assert.Contains("E-BFMI of 1 of 4 chains is below 0.3 (the smallest is 0.12)", all, StringComparison.Ordinal);
        Assert.DoesNotContain("fine", all, StringComparison.Ordinal);

        DiagnosticsSummary clean = DiagnosticsSummary.Compute(Named(("fine", good)), new SamplerOutcome { Transitions = 4000 });
        Assert.Empty(clean.Warnings);
        Assert.Empty(Warnings(divergences: 20, transitions: 2_000_000));
        Assert.Single(Warnings(divergences: 21, transitions: 2_000_000));
        Assert.Single(Warnings(divergences: 1, transitions: 4000));
        Assert.Single(Warnings(divergences: 1, transitions: 0)); // how many there were is not known

        IEnumerable<string> Warnings(long divergences, long transitions) =>
            DiagnosticsSummary.Compute(Named(("fine", good)), new SamplerOutcome { Divergences = divergences, Transitions = transitions }).Warnings;
    }

    /// <summary>
    /// 64 stationary chains with about 7 effective draws each half: R-hat settles near 1.05 however long one waits for more chains,
    /// and is no reason for a warning, as it would be for four chains, or if the chains disagreed. Fixed seed, no false alarm.
    /// </summary>
    [Fact]
    public void ManyShortChainsAreNotHeldToTheRHatOfFourLongOnes()
    {
        static bool WarnsOfRHat(double[][] chains, DiagnosticsOptions? options = null) =>
            DiagnosticsSummary.Compute(Named(("x", chains)), options: options).Warnings.Any(
                warning => warning.StartsWith("R-hat of x is 1.", StringComparison.Ordinal));

        double[][] shortChains = SimulatedChains.Autoregressive(64, 40, 0.5, 7);
        double rHat = RankNormalizedSplitRHat.Compute(shortChains.ToDraws());
        Assert.InRange(rHat, 1.02, RankNormalizedSplitRHat.Threshold(64));
        Assert.False(WarnsOfRHat(shortChains));
        Assert.True(WarnsOfRHat(shortChains, new DiagnosticsOptions { LargestRHat = 1.01 }));
        Assert.True(WarnsOfRHat(shortChains[..4]));
        double[][] apart = [.. shortChains.Select((chain, c) => chain.Select(x => x + (c % 3)).ToArray())];
        Assert.True(WarnsOfRHat(apart));
    }

    [Fact]
    public void RHatThresholdAsksForFourHundredDrawsInAllAndFiveInEachHalf()
    {
        Assert.Equal(1.01, RankNormalizedSplitRHat.Threshold(1));
        Assert.Equal(1.01, RankNormalizedSplitRHat.Threshold(4));
        Assert.Equal(Math.Sqrt(1.08), RankNormalizedSplitRHat.Threshold(16), 12);
        Assert.Equal(Math.Sqrt(1.2), RankNormalizedSplitRHat.Threshold(40), 12);
        Assert.Equal(Math.Sqrt(1.2), RankNormalizedSplitRHat.Threshold(100_000), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => RankNormalizedSplitRHat.Threshold(0));
    }

    [Fact]
    public void WarnsOfSuperchainsThatRememberTheirStarts()
    {
        var options = new DiagnosticsOptions { Superchains = NestedRHat.ConsecutiveSuperchains(256, 16) };
        double[][] fresh = SimulatedChains.Independent(256, 5, 3);
        double[][] starting = [.. fresh.Select((chain, c) => chain.Select(x => x + (c / 16 * 0.3)).ToArray())];
        DiagnosticsSummary bad = DiagnosticsSummary.Compute(Named(("x", starting)), options: options);
        Assert.Contains(bad.Warnings, warning => warning.StartsWith("Nested R-hat of x is ", StringComparison.Ordinal));
        Assert.Contains("nested R-hat", bad.ToString(), StringComparison.Ordinal);
        DiagnosticsSummary good = DiagnosticsSummary.Compute(Named(("x", fresh)), options: options);
        Assert.DoesNotContain(good.Warnings, warning => warning.StartsWith("Nested", StringComparison.Ordinal));
    }

    [Fact]
    public void TableIsAlignedAndRoundsToTheError()
    {
        double[][] chains = NaiveDiagnostics.Map(SimulatedChains.Independent(4, 1000, 4), x => 123.456 + (10 * x));
        double[][] constant = NaiveDiagnostics.Map(chains, _ => 3.0);
        DiagnosticsSummary summary = DiagnosticsSummary.Compute(
            Named(("theta[1]", chains), ("c", constant)),
            new SamplerOutcome { Transitions = 4000, EnergyFractions = new[] { 0.9, 1.1 } });
        string[] lines = summary.ToString().Split('\n');

        Assert.StartsWith("parameter", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0].Length, lines[1].Length);
        Assert.Equal(lines[0].Length, lines[2].Length);

        // The error of the mean is 10 / sqrt(4000) = 0.16: two decimals.
        string[] cells = lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(summary.Parameters[0].Mean.ToString("F2", CultureInfo.InvariantCulture), cells[1]);
        Assert.Equal(summary.Parameters[0].MeanError.ToString("F2", CultureInfo.InvariantCulture), cells[2]);
        Assert.Equal(["c", "3", "-", "0", "-", "3", "3", "3", "-", "-", "-"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("4 chains x 1000 draws", lines);
        Assert.Contains("divergences: 0 of 4000 transitions", lines);
        Assert.Contains("E-BFMI: 0.90 to 1.10, median 1.00", lines);
    }

    [Fact]
    public void TableKeepsToTheInvariantCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        DiagnosticsSummary summary = DiagnosticsSummary.Compute(Simulate(1, 4, 100));
        string invariant = summary.ToString() + SummaryCsv.Format(summary) + SummaryJson.Format(summary);
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = ",";
            other.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = other;
            Assert.Equal(invariant, summary.ToString() + SummaryCsv.Format(summary) + SummaryJson.Format(summary));
            Assert.Equal(summary.Warnings, DiagnosticsSummary.Compute(Simulate(1, 4, 100)).Warnings);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void CsvKeepsEveryDigitAndQuotesNames()
    {
        double[][] chains = SimulatedChains.Independent(4, 100, 4);
        DiagnosticsSummary summary = DiagnosticsSummary.Compute(Named(("theta[1,2]", chains), ("say \"x\"", chains)));
        string[] lines = SummaryCsv.Format(summary).Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("parameter,mean,mcse_mean,sd,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("\"theta[1,2]\",", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"say \"\"x\"\"\",", lines[2], StringComparison.Ordinal);
        string[] header = lines[0].Split(',');
        string[] cells = lines[2].Split(',');
        Assert.Equal(header.Length, cells.Length);
        ParameterSummary one = summary.Parameters[1];
        double Cell(string name) => double.Parse(cells[Array.IndexOf(header, name)], CultureInfo.InvariantCulture);
        Assert.Equal(one.Mean, Cell("mean"));
        Assert.Equal(one.RHat, Cell("rhat"));
        Assert.Equal(one.TailEffectiveSize, Cell("ess_tail"));
        Assert.Equal(double.NaN, Cell("rhat_nested"));
    }

    [Fact]
    public void JsonHoldsTheSameNumbers()
    {
        double[][] chains = SimulatedChains.Independent(4, 100, 4);
        double[][] still = [.. Enumerable.Range(0, 4).Select(c => Enumerable.Repeat((double)c, 100).ToArray())];
        var outcome = new SamplerOutcome { Divergences = 3, Transitions = 400, EnergyFractions = new[] { 0.5, double.NaN } };
        DiagnosticsSummary summary = DiagnosticsSummary.Compute(Named(("x", chains), ("still", still)), outcome);
        using JsonDocument json = JsonDocument.Parse(SummaryJson.Format(summary));
        JsonElement root = json.RootElement;
        Assert.Equal(4, root.GetProperty("chains").GetInt32());
        Assert.Equal(100, root.GetProperty("draws").GetInt32());
        Assert.Equal(3, root.GetProperty("divergences").GetInt64());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("e_bfmi")[1].ValueKind);
        Assert.Equal(summary.Warnings.Count, root.GetProperty("warnings").GetArrayLength());
        JsonElement x = root.GetProperty("parameters")[0];
        Assert.Equal("x", x.GetProperty("parameter").GetString());
        Assert.Equal(summary.Parameters[0].Mean, x.GetProperty("mean").GetDouble());
        Assert.Equal(summary.Parameters[0].BulkEffectiveSize, x.GetProperty("ess_bulk").GetDouble());
        Assert.Equal(JsonValueKind.Null, x.GetProperty("rhat_nested").ValueKind);
        Assert.Equal("Infinity", root.GetProperty("parameters")[1].GetProperty("rhat").GetString());
        Assert.Equal(4, root.GetProperty("parameters")[1].GetProperty("stuck_chains").GetInt32());
    }

    [Fact]
    public void ReportsProgressAndStopsWhenAsked()
    {
        DrawArray<float> draws = Simulate(parameters: 6, chains: 4, draws: 100);
        var seen = new System.Collections.Concurrent.ConcurrentBag<int>();
        DiagnosticsSummary.Compute(draws, progress: new Recorder(seen));
        Assert.Equal([1, 2, 3, 4, 5, 6], seen.Order());

        using var source = new CancellationTokenSource();
        var stopping = new Recorder([], () => source.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() => DiagnosticsSummary.Compute(
            draws, options: new DiagnosticsOptions { Threads = 1 }, progress: stopping, cancellationToken: source.Token));
    }

    [Fact]
    public void RefusesWrongShapes()
    {
        Assert.Throws<ArgumentException>(() => new DrawArray<float>(new float[7], ["a", "b"], 2));
        Assert.Throws<ArgumentException>(() => new DrawArray<float>(new float[8], [], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DrawArray<float>(new float[8], ["a"], 0));
        Assert.Throws<ArgumentException>(() => new ParameterDraws<float>(new float[7], 2).Draws);
        Assert.Throws<ArgumentException>(() => new ParameterDraws<float>([], 2).Draws);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterDraws<float>(new float[7], 0).Draws);
        Assert.Throws<NotSupportedException>(() => new ParameterDraws<int>(new int[8], 2).Draws);
        Assert.Throws<ArgumentException>(() => ParameterDraws<float>.FromChainMajor(new float[8], 2, new float[7]));
        Assert.Throws<ArgumentException>(() => DiagnosticsSummary.Compute(
            Simulate(1, 4, 10), options: new DiagnosticsOptions { Superchains = new[] { 0, 0, 1 } }));
        Assert.Throws<ArgumentException>(() => DiagnosticsSummary.Compute(new Ragged()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiagnosticsOptions { LargestRHat = 0.9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiagnosticsOptions { SmallestEffectiveSize = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiagnosticsOptions { NestedRHatTolerance = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiagnosticsOptions { Threads = -1 });
    }

    [Fact]
    public void ChainMajorDrawsAreTransposed()
    {
        float[] chainMajor = [.. Enumerable.Range(0, 70 * 41).Select(i => (float)i)];
        ParameterDraws<float> draws = ParameterDraws<float>.FromChainMajor(chainMajor, 70);
        Assert.Equal(41, draws.Draws);
        Assert.Equal(0, draws[0, 0]);
        Assert.Equal((69 * 41) + 40, draws[40, 69]);
        Assert.Equal((33 * 41) + 7, draws.Values[(7 * 70) + 33]);
    }

    private static DrawArray<float> Simulate(int parameters, int chains, int draws)
    {
        float[] values = [.. Enumerable.Range(0, parameters).SelectMany(p =>
            SimulatedChains.Autoregressive(chains, draws, 0.1 * p, p).ToSingleDraws().Values.ToArray())];
        return new DrawArray<float>(values, Enumerable.Range(0, parameters).Select(p => $"x[{p}]"), chains);
    }

    private static DrawArray<double> Named(params (string Name, double[][] Chains)[] parameters)
    {
        double[] values = [.. parameters.SelectMany(one => one.Chains.ToDraws().Values.ToArray())];
        return new DrawArray<double>(values, parameters.Select(one => one.Name), parameters[0].Chains.Length);
    }

    private sealed class Recorder(System.Collections.Concurrent.ConcurrentBag<int> seen, Action? then = null) : IProgress<int>
    {
        public void Report(int value)
        {
            seen.Add(value);
            then?.Invoke();
        }
    }

    private sealed class Ragged : IDrawSource<double>
    {
        public int Parameters => 2;

        public int Chains => 2;

        public string Name(int parameter) => "x";

        public ReadOnlySpan<double> Values(int parameter) => new double[4 + (2 * parameter)];
    }
}
