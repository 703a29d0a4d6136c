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
        double[][] rows = [.. Enumerable.Range(0, moments.Labels.Count).Select(parameter => Row(parameter, result.ChainsAreCoupled))];
        string[][] table = [Columns, .. rows.Select((row, parameter) => (string[])[moments.Labels[parameter], .. row.Select(Text)])];
        int[] widths = [.. Enumerable.Range(0, Columns.Length).Select(column => table.Max(row => row[column].Length))];
        foreach (string[] row in table)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))));
        }

        Line(output, $"\n{moments.ChainCount} chains x {moments.DrawCount} draws, of which none were kept: R-hat is that of whole chains' means and variances");
        Line(output, $"quantiles are right to {quantiles[moments.Labels[0]].RankErrorBound:0.##E+0} of the ranks");
        Line(output, $"divergences: {result.DivergenceCount} of {(long)result.DrawCount * result.Options.Thinning * result.Options.ChainCount} transitions");
        int worst = Enumerable.Range(0, rows.Length).MaxBy(parameter => rows[parameter][6]);
        if (rows[worst][6] > RankNormalizedSplitRHat.Threshold(moments.ChainCount))
        {
            Line(output, $"warning: R-hat of {moments.Labels[worst]} is {rows[worst][6]:0.###}: run longer, or, if that does not help, reparameterise the model; the chains do not agree yet.");
        }

        if (folder is not null)
        {
            folder.WriteStreamed<TElement>(result, divergences.Labels, divergences.Draws, writer => WriteRows(rows, writer));
            output.WriteLine($"Written to {folder.Path}");
        }
    }

    /// <summary>What the columns say of a parameter.</summary>
    private double[] Row(int parameter, bool areCoupled)
    {
        StreamingMoments known = moments.Moments!;
        QuantileSketch sketch = quantiles[moments.Labels[parameter]];
        CrossChainEffectiveSampleSize size = known.CrossChain(parameter);
        return
        [
            known.Mean(parameter), areCoupled ? double.NaN : size.StandardError, Math.Sqrt(known.Variance(parameter)),
            sketch.Quantile(0.05), sketch.Quantile(0.5), sketch.Quantile(0.95), RHat(known, parameter), areCoupled ? double.NaN : size.EffectiveSize,
        ];
    }

    /// <summary>√((B/W + n − 1)/n), over chains that are not split.</summary>
    private static double RHat(StreamingMoments known, int parameter)
    {
        double within = Enumerable.Range(0, known.Chains).Average(chain => known.ChainVariance(parameter, chain));
        double[] means = known.ChainMeans(parameter).ToArray();
        double mean = means.Average(), between = means.Sum(one => (one - mean) * (one - mean)) / (means.Length - 1);
        return Math.Sqrt((between / within) + ((known.Draws - 1.0) / known.Draws));
    }

    private void WriteRows(double[][] rows, Utf8JsonWriter writer)
    {
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
