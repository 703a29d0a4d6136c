using System.Globalization;
using System.Text.Json;
using GpuSampling.Diagnostics;
using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary>A run whose draws are not kept: moments of every chain, sketches of quantiles and the positions of divergences, in memory that does not grow with its length.</summary>
internal sealed class StreamedSummary<TElement>
    where TElement : unmanaged
{
    private static readonly string[] Columns = ["parameter", "mean", "chain MCSE", "sd", "5 %", "50 %", "95 %", "chain R-hat", "chain ESS"];

    private readonly KeptMoments<TElement> moments = new();
    private readonly KeptQuantiles<TElement> quantiles = new();
    private readonly KeptDivergences<TElement> divergences = new();

    public StreamedSummary() => Sink = new CombinedSinks<TElement>(moments, quantiles, divergences);

    /// <summary>What the run is sampled into.</summary>
    public DrawSink<TElement> Sink { get; }

    /// <summary>Prints the table, and writes it to a folder if there is one.</summary>
    public void Report(SamplingResult result, OutputFolder? folder, TextWriter output)
    {
        MomentsSummary summary = result.Summarize(moments);
        double[][] rows = [.. summary.Parameters.Select(Row)];
        string[][] table = [Columns, .. rows.Select((row, parameter) => (string[])[moments.Labels[parameter], .. row.Select(Text)])];
        int[] widths = [.. Enumerable.Range(0, Columns.Length).Select(column => table.Max(row => row[column].Length))];
        foreach (string[] row in table)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))));
        }

        Line(output, $"\n{moments.ChainCount} chains x {moments.DrawCount} draws, of which none were kept: R-hat is that of whole chains' means and variances");
        Line(output, $"quantiles are right to {quantiles[moments.Labels[0]].RankErrorBound:0.##E+0} of the ranks");
        Line(output, $"divergences: {result.DivergenceCount} of {result.TransitionCount} transitions");
        foreach (string warning in summary.Warnings)
        {
            Line(output, $"warning: {warning}");
        }

        if (folder is not null)
        {
            folder.WriteStreamed<TElement>(result, divergences.Labels, divergences.Draws, writer => WriteRows(rows, summary.Warnings, writer));
            output.WriteLine($"Written to {folder.Path}");
        }
    }

    /// <summary>What the columns say of a parameter.</summary>
    private double[] Row(ParameterSummary known)
    {
        QuantileSketch sketch = quantiles[known.Name];
        return
        [
            known.Mean, known.CrossChainMeanError, known.StandardDeviation,
            sketch.Quantile(0.05), sketch.Quantile(0.5), sketch.Quantile(0.95), known.RHat, known.CrossChainMeanEffectiveSize,
        ];
    }

    private void WriteRows(double[][] rows, IReadOnlyList<string> warnings, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("warnings");
        foreach (string warning in warnings)
        {
            writer.WriteStringValue(warning);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("parameters");
        for (int parameter = 0; parameter < rows.Length; parameter++)
        {
            writer.WriteStartObject();
            writer.WriteString("parameter", moments.Labels[parameter]);
            for (int column = 0; column < rows[parameter].Length; column++)
            {
                string name = ((string[])["mean", "mcse_mean_chains", "sd", "q5", "median", "q95", "rhat_whole_chains", "ess_mean_chains"])[column];
                if (double.IsFinite(rows[parameter][column]))
                {
                    writer.WriteNumber(name, rows[parameter][column]);
                }
                else
                {
                    writer.WriteNull(name);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Text(double value) => double.IsNaN(value) ? "-" : value.ToString("G5", CultureInfo.InvariantCulture);

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
