using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using GpuSampling.Diagnostics;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Diagnostics;

/// <summary>Diagnostics of posteriordb's reference draws (10 chains of 1,000) against what the R package posterior found for them.</summary>
public sealed class PosteriordbGoldenTests
{
    public static TheoryData<string> Posteriors =>
    [
        "arK-arK",
        "eight_schools-eight_schools_noncentered",
        "garch-garch11",
        "hmm_example-hmm_example",
        "kilpisjarvi_mod-kilpisjarvi",
        "low_dim_gauss_mix-low_dim_gauss_mix",
    ];

    [Theory]
    [MemberData(nameof(Posteriors))]
    public void AgreeWithTheStoredDiagnostics(string posterior)
    {
        string folder = ReferenceData.PathOrSkip("posteriordb/" + posterior);
        Dictionary<string, double[]> expected = ReadReference(Path.Combine(folder, "reference.csv"));
        Dictionary<string, double[][]> chains = ReadDraws(Path.Combine(folder, "draws.json.zip"));
        string[] names = [.. expected.Keys];
        Assert.True(names.Length >= 3);

        double[] values = [.. names.SelectMany(name => Interleave(chains[name]))];
        var draws = new DrawArray<double>(values, names, chains[names[0]].Length);
        DiagnosticsSummary summary = DiagnosticsSummary.Compute(draws, cancellationToken: TestContext.Current.CancellationToken);

        foreach (ParameterSummary one in summary.Parameters)
        {
            double[] reference = expected[one.Name];
            AssertRelative(reference[0], one.Mean, 1e-12);
            AssertRelative(reference[1], one.StandardDeviation, 1e-9);
            AssertRelative(reference[2], one.MeanError, 1e-9);
            Assert.Equal(reference[3], one.RHat, 1e-5);
            AssertRelative(reference[4], one.BulkEffectiveSize, 1e-9);
            AssertRelative(reference[5], one.TailEffectiveSize, 1e-9);
        }
    }

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.Equal(expected, actual, tolerance * Math.Abs(expected));

    private static Dictionary<string, double[]> ReadReference(string path)
    {
        string[] lines = File.ReadAllLines(path);
        Assert.Equal("parameter,mean,sd,mcse_mean,rhat,ess_bulk,ess_tail", lines[0]);
        return lines.Skip(1).Select(line => line.Split(',')).ToDictionary(
            cells => cells[0],
            cells => cells[1..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray());
    }

    private static Dictionary<string, double[][]> ReadDraws(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        using Stream stream = archive.Entries[0].Open();
        Dictionary<string, double[]>[] chains = JsonSerializer.Deserialize<Dictionary<string, double[]>[]>(stream)!;
        return chains[0].Keys.ToDictionary(name => name, name => chains.Select(chain => chain[name]).ToArray());
    }

    private static double[] Interleave(double[][] chains) => chains.ToDraws().Values.ToArray();
}
