using System.Globalization;
using System.Text;

namespace GpuSampling.Diagnostics;

/// <summary>Prints a summary as an aligned table, with as many digits as the Monte Carlo errors warrant, and the run's lines below it.</summary>
public static class SummaryTable
{
    private const string Undefined = "-";

    /// <summary>The table and the run's lines, in the invariant culture; lines end with a line feed.</summary>
    /// <param name="summary">The summary.</param>
    public static string Format(DiagnosticsSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        List<string> header = ["parameter", "mean", "MCSE", "sd", "MCSE sd", "5 %", "50 %", "95 %", "R-hat", "bulk ESS", "tail ESS"];
        if (summary.HasSuperchains)
        {
            header.Add("nested R-hat");
        }

        if (summary.HasCrossChain)
        {
            header.AddRange(["chain MCSE", "chain ESS"]);
        }

        List<IReadOnlyList<string>> rows = [header];
        rows.AddRange(summary.Parameters.Select(one => Row(one, summary)));
        var text = new StringBuilder();
        AppendAligned(text, rows);
        AppendRun(text, summary);
        return text.ToString();
    }

    /// <summary>Writes what <see cref="Format(DiagnosticsSummary)"/> gives.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="writer">Receives it.</param>
    public static void Write(DiagnosticsSummary summary, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Format(summary));
    }

    /// <summary>The table of a run whose draws were not kept, and the run's lines, in the invariant culture; lines end with a line feed.</summary>
    /// <param name="summary">The summary; quantiles have columns where they were kept.</param>
    public static string Format(MomentsSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        string[] quantiles = double.IsNaN(summary.RankErrorBound) ? [] : ["5 %", "50 %", "95 %"];
        List<IReadOnlyList<string>> rows = [["parameter", "mean", "chain MCSE", "sd", .. quantiles, "chain R-hat", "chain ESS"]];
        rows.AddRange(summary.Parameters.Select(one => (string[])
        [
            one.Name,
            Estimate(one.Mean, one.CrossChainMeanError),
            Error(one.CrossChainMeanError),
            Estimate(one.StandardDeviation, double.NaN),
            .. quantiles.Length == 0 ? [] : Quantiles(one),
            Fixed(one.RHat, 3),
            Fixed(one.CrossChainMeanEffectiveSize, 0),
        ]));
        StringBuilder text = new();
        AppendAligned(text, rows);
        text.Append(CultureInfo.InvariantCulture, $"\n{summary.Chains} chains x {summary.Draws} draws, of which none were kept: R-hat is that of whole chains' means and variances\n");
        AppendRankError(text, summary.RankErrorBound);
        AppendOutcome(text, summary.Outcome);
        AppendWarnings(text, summary.Warnings);
        return text.ToString();
    }

    /// <summary>The table of a run of which quantiles alone were kept, and the run's lines, in the invariant culture; lines end with a line feed.</summary>
    /// <param name="summary">The summary.</param>
    public static string Format(QuantilesSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        List<IReadOnlyList<string>> rows = [["parameter", "5 %", "50 %", "95 %"]];
        rows.AddRange(summary.Parameters.Select(one => (string[])[one.Name, .. Quantiles(one)]));
        StringBuilder text = new();
        AppendAligned(text, rows);
        text.Append(CultureInfo.InvariantCulture, $"\n{summary.Chains} chains x {summary.Draws} draws, of which none were kept\n");
        AppendRankError(text, summary.RankErrorBound);
        AppendOutcome(text, summary.Outcome);
        AppendWarnings(text, summary.Warnings);
        return text.ToString();
    }

    private static string[] Quantiles(ParameterSummary one) =>
        [Estimate(one.Quantile5, double.NaN), Estimate(one.Median, double.NaN), Estimate(one.Quantile95, double.NaN)];

    private static void AppendRankError(StringBuilder text, double bound)
    {
        if (!double.IsNaN(bound))
        {
            text.Append(CultureInfo.InvariantCulture, $"quantiles are right to {bound:0.##E+0} of the ranks: the 5 % one is between those of {Math.Max(0, 5 - (100 * bound)):0.##} % and {Math.Min(100, 5 + (100 * bound)):0.##} %\n");
        }
    }

    private static List<string> Row(ParameterSummary one, DiagnosticsSummary summary)
    {
        List<string> row =
        [
            one.Name,
            Estimate(one.Mean, one.MeanError),
            Error(one.MeanError),
            Estimate(one.StandardDeviation, one.StandardDeviationError),
            Error(one.StandardDeviationError),
            Estimate(one.Quantile5, one.Quantile5Error),
            Estimate(one.Median, one.MedianError),
            Estimate(one.Quantile95, one.Quantile95Error),
            Fixed(one.RHat, 3),
            Fixed(one.BulkEffectiveSize, 0),
            Fixed(one.TailEffectiveSize, 0),
        ];
        if (summary.HasSuperchains)
        {
            row.Add(Fixed(one.NestedRHat, 3));
        }

        if (summary.HasCrossChain)
        {
            row.Add(Error(one.CrossChainMeanError));
            row.Add(Fixed(one.CrossChainMeanEffectiveSize, 0));
        }

        return row;
    }

    private static void AppendRun(StringBuilder text, DiagnosticsSummary summary)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{summary.Chains} chains x {summary.Draws} draws\n");
        AppendOutcome(text, summary.Outcome);
        AppendWarnings(text, summary.Warnings);
    }

    private static void AppendOutcome(StringBuilder text, SamplerOutcome? outcome)
    {
        if (outcome is null)
        {
            return;
        }

        text.Append(outcome.KnowsDivergences
            ? string.Create(CultureInfo.InvariantCulture, $"divergences: {outcome.Divergences} of {outcome.Transitions} transitions\n")
            : "divergences: unknown\n");
        if (!outcome.EnergyFractions.IsEmpty)
        {
            double[] sorted = [.. outcome.EnergyFractions.ToArray().Order()];
            double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
            text.Append(CultureInfo.InvariantCulture, $"E-BFMI: {sorted[0]:0.00} to {sorted[^1]:0.00}, median {median:0.00}\n");
        }
    }

    private static void AppendWarnings(StringBuilder text, IReadOnlyList<string> warnings)
    {
        foreach (string warning in warnings)
        {
            text.Append("warning: ").Append(warning).Append('\n');
        }
    }

    private static void AppendAligned(StringBuilder text, List<IReadOnlyList<string>> rows)
    {
        int columns = rows[0].Count;
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => rows.Max(row => row[column].Length))];
        foreach (IReadOnlyList<string> row in rows)
        {
            text.Append(row[0].PadRight(widths[0]));
            for (int column = 1; column < columns; column++)
            {
                text.Append("  ").Append(row[column].PadLeft(widths[column]));
            }

            text.Append('\n');
        }
    }

    // As many decimals as show two significant digits of the error.
    private static string Estimate(double value, double error)
    {
        if (!double.IsFinite(value))
        {
            return NotFinite(value);
        }

        if (!(error > 0) || double.IsInfinity(error))
        {
            return value.ToString("G5", CultureInfo.InvariantCulture);
        }

        int decimals = 1 - (int)Math.Floor(Math.Log10(error));
        int digits = decimals + (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(value), error))) + 1;
        return decimals is >= 0 and <= 7 && Math.Abs(value) < 1e9
            ? Fixed(value, decimals)
            : value.ToString("G" + Math.Clamp(digits, 2, 15).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Error(double error) => Estimate(error, error);

    private static string Fixed(double value, int decimals) => double.IsFinite(value)
        ? value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : NotFinite(value);

    private static string NotFinite(double value) =>
        double.IsNaN(value) ? Undefined : value > 0 ? "inf" : "-inf";
}
