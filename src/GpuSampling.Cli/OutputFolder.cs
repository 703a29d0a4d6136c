using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GpuSampling.Diagnostics;
using GpuSampling.Interchange;
using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary>The folder that a run's results go to, proven writable before the run begins.</summary>
internal sealed class OutputFolder
{
    // The summary first: a folder without one is no finished run's.
    private static readonly string[] Files = ["summary.json", "summary.csv", "draws.npz", "statistics.npz", "draws.sha256", "divergences.csv"];

    private OutputFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Creates the folder if need be and tries to write in it.</summary>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public static OutputFolder Prepare(DirectoryInfo directory)
    {
        try
        {
            directory.Create();
            string trial = System.IO.Path.Combine(directory.FullName, System.IO.Path.GetRandomFileName());
            File.WriteAllBytes(trial, []);
            File.Delete(trial);
            return new OutputFolder(directory.FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The output folder {directory.FullName} cannot be written: {fault.Message}");
        }
    }

    /// <summary>Writes everything. Files of an earlier run are replaced or removed, so that the folder tells of one run only.</summary>
    public void Write<TElement>(SamplingResult result, DiagnosticsSummary summary, RunReport report, KeptDraws<TElement> draws)
        where TElement : unmanaged
    {
        RemoveEarlier();
        ReplacedFile.Write(Name("draws.npz"), file => NumpyArchive.WriteDraws(file, draws, result.Posterior.Outputs));
        ReplacedFile.Write(Name("statistics.npz"), file => NumpyArchive.WriteStatistics(file, draws));
        WriteDivergences([.. draws.Labels], KeptDivergences<TElement>.Of(draws));
        File.WriteAllText(Name("draws.sha256"), report.DrawHash + "\n");
        File.WriteAllText(Name("summary.csv"), SummaryCsv.Format(summary));
        WriteSummary<TElement>(result, writer =>
        {
            writer.WriteNumber("warmup_seconds", report.WarmupSeconds);
            writer.WriteNumber("sampling_seconds", report.SamplingSeconds);
            writer.WriteString("draws_sha256", report.DrawHash);
            writer.WritePropertyName("summary");
            SummaryJson.Write(summary, writer);
        });
    }

    /// <summary>Writes what there is of a run whose draws were not kept, in place of whatever an earlier run left.</summary>
    public void WriteStreamed<TElement>(
        SamplingResult result, ImmutableArray<string> labels, IReadOnlyList<DivergentDraw> divergences, Action<Utf8JsonWriter> writeParameters)
    {
        RemoveEarlier();
        WriteDivergences(labels, divergences);
        WriteSummary<TElement>(result, writeParameters);
    }

    /// <summary>All that a run may write; nothing else in the folder is touched.</summary>
    private void RemoveEarlier()
    {
        foreach (string name in Files)
        {
            File.Delete(Name(name));
        }
    }

    /// <summary>Where transitions diverged: a line each, or no file.</summary>
    private void WriteDivergences(ImmutableArray<string> labels, IReadOnlyList<DivergentDraw> divergences)
    {
        if (divergences.Count == 0)
        {
            return;
        }

        string header = string.Join(',', (string[])["chain", "draw", .. labels.Select(label => label.Contains(',', StringComparison.Ordinal) ? $"\"{label}\"" : label)]);
        IEnumerable<string> lines = divergences.Select(one => string.Create(
            CultureInfo.InvariantCulture, $"{one.Chain},{one.Draw},{string.Join(',', one.Outputs.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}"));
        File.WriteAllLines(Name("divergences.csv"), lines.Prepend(header));
    }

    private void WriteSummary<TElement>(SamplingResult result, Action<Utf8JsonWriter> writeRest) => ReplacedFile.Write(Name("summary.json"), file =>
    {
        using Utf8JsonWriter writer = new(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("model", result.Posterior.Name);
        writer.WriteString("sampler", result.Sampler);
        writer.WriteString("engine", result.Engine);
        writer.WriteNumber("precision", typeof(TElement) == typeof(float) ? 32 : 64);
        writer.WriteNumber("seed", result.Options.Seed);
        writer.WriteNumber("chains", result.Options.ChainCount);
        writer.WriteNumber("warmup", result.Options.WarmupCount);
        writer.WriteNumber("draws", result.DrawCount);
        writer.WriteNumber("thinning", result.Options.Thinning);
        writer.WriteBoolean("complete", result.IsComplete);
        writer.WriteBoolean("chains_are_coupled", result.ChainsAreCoupled);
        writer.WriteNumber("step_size", result.StepSize);
        if (result.Metric is { } metric)
        {
            writer.WriteString("metric", metric.ToString().ToLowerInvariant());
        }

        writer.WriteStartArray("scales");
        foreach (double scale in result.Scales)
        {
            writer.WriteNumberValue(scale);
        }

        writer.WriteEndArray();
        foreach ((string name, double value) in result.Adapted)
        {
            writer.WriteNumber(name, value);
        }

        writer.WriteNumber("mean_acceptance", result.MeanAcceptance);
        writer.WriteNumber("divergences", result.DivergenceCount);
        writer.WriteNumber("gradients", result.GradientCount);
        writer.WriteNumber("warmup_gradients", result.WarmupGradientCount);
        writer.WriteNumber("batches", result.BatchCount);
        writeRest(writer);
        writer.WriteEndObject();
    });

    private string Name(string file) => System.IO.Path.Combine(Path, file);
}
