using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using GpuSampling.Diagnostics;
using GpuSampling.TestSupport;

namespace GpuSampling.Models.Tests.References;

/// <summary>A parameter's mean and standard deviation, each with its standard error; errors of 0 where they are known exactly.</summary>
internal sealed record Moments(string Name, double Mean, double MeanError, double Deviation, double DeviationError)
{
    /// <summary>Moments known exactly.</summary>
    public static Moments Exact(string name, double mean, double deviation) => new(name, mean, 0, deviation, 0);
}

/// <summary>Third-party answers.</summary>
internal static class ReferenceTable
{
    /// <summary>The reference draws of posteriordb, summarized: ten chains of 1,000 for each parameter.</summary>
    public static Moments[] Posteriordb(string posterior)
    {
        using ZipArchive archive = ZipFile.OpenRead(ReferenceData.PathOrSkip($"posteriordb/{posterior}/draws.json.zip"));
        using Stream stream = archive.Entries[0].Open();
        Dictionary<string, double[]>[] chains = JsonSerializer.Deserialize<Dictionary<string, double[]>[]>(stream)!;
        string[] names = [.. chains[0].Keys];
        double[] values =
        [
            .. names.SelectMany(name => ParameterDraws<double>.FromChainMajor([.. chains.SelectMany(chain => chain[name])], chains.Length).Values.ToArray()),
        ];
        DiagnosticsSummary summary = DiagnosticsSummary.Compute(
            new DrawArray<double>(values, names, chains.Length), cancellationToken: TestContext.Current.CancellationToken);
        return
        [
            .. summary.Parameters.Select(one =>
                new Moments(one.Name, one.Mean, one.MeanError, one.StandardDeviation, one.StandardDeviationError)),
        ];
    }

    /// <summary>
    /// The inference gym's moments of a target's parameters, in order. It states no error of the deviations; those of the means
    /// serve, which for densities near normal are √2 times as large.
    /// </summary>
    public static Moments[] InferenceGym(string target, Func<int, string> nameOf) =>
    [
        .. File.ReadLines(ReferenceData.PathOrSkip("inference-gym/reference.csv"))
            .Select(line => line.Split(','))
            .Where(cells => cells[0] == target && cells[1] == "IDENTITY")
            .Select(cells => new Moments(
                nameOf(int.Parse(cells[2], CultureInfo.InvariantCulture)), Number(cells[3]), Number(cells[4]), Number(cells[5]), Number(cells[4]))),
    ];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
