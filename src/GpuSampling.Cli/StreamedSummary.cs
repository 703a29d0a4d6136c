using System.Text.Json;
using GpuSampling.Diagnostics;
using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary>A run whose draws are not kept: moments of every chain, sketches of quantiles and the positions of divergences, in memory that does not grow with its length.</summary>
internal sealed class StreamedSummary<TElement>
    where TElement : unmanaged
{
    private static readonly (string Name, Func<ParameterSummary, double> Value)[] Fields =
    [
        ("mean", one => one.Mean),
        ("mcse_mean_chains", one => one.CrossChainMeanError),
        ("sd", one => one.StandardDeviation),
        ("q5", one => one.Quantile5),
        ("median", one => one.Median),
        ("q95", one => one.Quantile95),
        ("rhat_whole_chains", one => one.RHat),
        ("ess_mean_chains", one => one.CrossChainMeanEffectiveSize),
    ];

    private readonly KeptMoments<TElement> moments = new();
    private readonly KeptQuantiles<TElement> quantiles = new();
    private readonly KeptDivergences<TElement> divergences = new();

    public StreamedSummary() => Sink = new CombinedSinks<TElement>(moments, quantiles, divergences);

    /// <summary>What the run is sampled into.</summary>
    public DrawSink<TElement> Sink { get; }

    /// <summary>Prints the table, and writes it to a folder if there is one.</summary>
    public void Report(SamplingResult result, OutputFolder? folder, TextWriter output)
    {
        MomentsSummary summary = result.Summarize(moments, quantiles: quantiles);
        output.Write(SummaryTable.Format(summary));
        output.WriteLine();
        RunReport report = RunReport.Of(result);
        report.Write(output);
        if (folder is not null)
        {
            folder.WriteStreamed<TElement>(result, divergences.Labels, divergences.Draws, writer =>
            {
                writer.WriteNumber("warmup_seconds", report.WarmupSeconds);
                writer.WriteNumber("sampling_seconds", report.SamplingSeconds);
                WriteParameters(summary, writer);
            });
            output.WriteLine($"Written to {folder.Path}");
        }
    }

    private static void WriteParameters(MomentsSummary summary, Utf8JsonWriter writer)
    {
        writer.WriteNumber("rank_error_bound", summary.RankErrorBound);
        writer.WriteStartArray("warnings");
        foreach (string warning in summary.Warnings)
        {
            writer.WriteStringValue(warning);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("parameters");
        foreach (ParameterSummary parameter in summary.Parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("parameter", parameter.Name);
            foreach ((string name, Func<ParameterSummary, double> value) in Fields)
            {
                if (double.IsFinite(value(parameter)))
                {
                    writer.WriteNumber(name, value(parameter));
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
}
