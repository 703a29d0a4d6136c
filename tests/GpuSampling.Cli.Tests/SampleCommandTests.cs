using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using GpuSampling.Engines;

namespace GpuSampling.Cli.Tests;

public sealed class SampleCommandTests
{
    private static readonly string[] Small = ["sample", "eight-schools", "--chains", "33", "--warmup", "40", "--draws", "12", "--seed", "6"];

    [Fact]
    public async Task AFolderGetsEverythingAndTheFilesAgree()
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of([.. Small, "--engine", "simd", "--out", folder.Path]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("theta[8]", run.Output, StringComparison.Ordinal);
        Assert.Contains("gradients/s", run.Output, StringComparison.Ordinal);

        Dictionary<string, NumpyFile<float>> arrays = ReadArchive<float>(folder.File("draws.npz"));
        Assert.Equal(["mu", "tau", "theta"], arrays.Keys.Order());
        Assert.Equal([33, 12, 8], arrays["theta"].Shape);
        Assert.Equal([33, 12], arrays["mu"].Shape);
        Assert.All(arrays.Values, array => Assert.True(array.FirstIndexIsFastest));
        Assert.All(arrays["tau"].Values, value => Assert.True(value > 0));

        // The hash is that of the bits in the file, in the order theta, mu, tau.
        byte[] bits = [.. Bytes(arrays["theta"].Values), .. Bytes(arrays["mu"].Values), .. Bytes(arrays["tau"].Values)];
        string hash = Convert.ToHexStringLower(SHA256.HashData(bits));
        Assert.Equal(hash, (await File.ReadAllTextAsync(folder.File("draws.sha256"), TestContext.Current.CancellationToken)).Trim());
        Assert.Contains(hash, run.Output, StringComparison.Ordinal);

        using JsonDocument summary = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("summary.json"), TestContext.Current.CancellationToken));
        Assert.Equal(33, summary.RootElement.GetProperty("chains").GetInt32());
        Assert.Equal(hash, summary.RootElement.GetProperty("draws_sha256").GetString());
        Assert.True(summary.RootElement.GetProperty("complete").GetBoolean());

        string[] rows = await File.ReadAllLinesAsync(folder.File("summary.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(1 + 10, rows.Length);

        // The mean in the table is the mean of the file's numbers.
        double mean = arrays["mu"].Values.Average(value => (double)value);
        string row = rows.Single(line => line.StartsWith("mu,", StringComparison.Ordinal));
        Assert.Equal(mean, double.Parse(row.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture), 1e-6);

        Dictionary<string, NumpyFile<float>> statistics = ReadArchive<float>(folder.File("statistics.npz"));
        Assert.Equal(["acceptance_rate", "diverging", "energy", "lp"], statistics.Keys.Order());
        Assert.All(statistics["acceptance_rate"].Values, value => Assert.InRange(value, 0f, 1f));
    }

    [Theory]
    [InlineData("32")]
    [InlineData("64")]
    public async Task EveryEngineAndThreadCountDrawsTheSameBits(string precision)
    {
        HashSet<string> hashes = [];
        foreach (string engine in VectorWidths.Present.Select(SimdEngine.NameOf))
        {
            foreach (string threads in new[] { "1", "2" })
            {
                CommandRun run = await CommandRun.Of([.. Small, "--engine", engine, "--threads", threads, "--precision", precision]);
                hashes.Add(run.Output.Split('\n').Single(line => line.StartsWith("draws sha256", StringComparison.Ordinal)));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(Assert.Single(hashes));
    }

    [Theory]
    [InlineData("barker")]
    [InlineData("chees")]
    [InlineData("de")]
    [InlineData("elliptical-slice")]
    [InlineData("ensemble-slice")]
    [InlineData("hmc")]
    [InlineData("mala")]
    [InlineData("mams")]
    [InlineData("meads")]
    [InlineData("nuts")]
    [InlineData("rwm")]
    [InlineData("sghmc")]
    [InlineData("sgld")]
    [InlineData("slice")]
    [InlineData("snaper")]
    [InlineData("snooker")]
    [InlineData("stretch")]
    [InlineData("tempering")]
    [InlineData("walk")]
    public async Task EverySamplerIsThereByItsName(string sampler)
    {
        CommandRun run = await CommandRun.Of("sample", "eight-schools", "--sampler", sampler, "--chains", "64", "--warmup", "20", "--draws", "5", "--engine", "simd");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"transitions, {sampler}, ", run.Output, StringComparison.Ordinal);
        Assert.Equal(sampler is "sgld" or "sghmc", run.Output.Contains("are biased", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnotherSeedDrawsOtherBits()
    {
        CommandRun one = await CommandRun.Of([.. Small, "--engine", "simd"]);
        CommandRun other = await CommandRun.Of([.. Small[..^1], "7", "--engine", "simd"]);
        Assert.NotEqual(one.Output.Split("sha256")[1], other.Output.Split("sha256")[1]);
    }

    [Fact]
    public async Task AStopKeepsWhatWasDrawnAndSaysSo()
    {
        using TemporaryFolder folder = new();
        // A minute's work. Where the machine is so busy that nothing is drawn before the stop, wait longer.
        string data = folder.Write("data.json", "{\"dimension\": 1000}");
        CommandRun run = new(0, string.Empty, string.Empty);
        for (int seconds = 2; seconds <= 32 && !run.Output.Contains("were kept", StringComparison.Ordinal); seconds *= 2)
        {
            using CancellationTokenSource stop = new(TimeSpan.FromSeconds(seconds));
            run = await CommandRun.Of(
                stop.Token, "sample", "correlated-gaussian", "--data", data, "--chains", "64", "--warmup", "0", "--draws", "4000", "--engine", "simd", "--out", folder.Path);
        }

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("of 4000 draws per chain: these were kept", run.Output, StringComparison.Ordinal);
        using JsonDocument summary = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("summary.json"), TestContext.Current.CancellationToken));
        Assert.False(summary.RootElement.GetProperty("complete").GetBoolean());
        int kept = summary.RootElement.GetProperty("draws").GetInt32();
        Assert.Equal([64, kept, 1000], ReadArchive<float>(folder.File("draws.npz"))["x"].Shape);
    }

    [Fact]
    public async Task OwnDataReplaceTheModels()
    {
        using TemporaryFolder folder = new();
        string data = folder.Write("data.json", "{\"y\": [100, 101, 99], \"sigma\": [1, 1, 1]}");
        CommandRun run = await CommandRun.Of("sample", "eight-schools", "--data", data, "--chains", "16", "--warmup", "50", "--draws", "5", "--engine", "simd");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("theta[3]", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("theta[4]", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--sampler", "gibbs-hmc", "--path-length", "1.5")]
    public async Task DiscreteParametersAreSampled(params string[] sampler)
    {
        using TemporaryFolder folder = new();
        string data = folder.Write("data.json", """{"y": [-2.6, -0.8, 0.4, 1.1, 2.3], "share": 0.3, "sigma": [1.2, 0.8], "prior_mean": [-1, 2], "prior_sd": [1.5, 2]}""");
        CommandRun run = await CommandRun.Of(["sample", "mixture-assignments", "--data", data, "--chains", "40", "--warmup", "100", "--draws", "50", "--out", folder.Path, .. sampler]);
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("gibbs-hmc", run.Output, StringComparison.Ordinal);
        float[] components = ReadArchive<float>(folder.File("draws.npz"))["z"].Values;
        Assert.All(components, value => Assert.True(value is 0 or 1));
        Assert.Equal(2, components.Distinct().Count());
    }

    [Fact]
    public async Task ARunWithoutDrawsTellsTheSameOfThem()
    {
        using TemporaryFolder kept = new(), streamed = new();
        string[] command = ["sample", "funnel", "--sampler", "hmc", "--chains", "100", "--warmup", "50", "--draws", "40", "--seed", "3", "--target-acceptance", "0.4"];
        await CommandRun.Of([.. command, "--out", kept.Path]);
        CommandRun run = await CommandRun.Of([.. command, "--keep", "quantiles", "--out", streamed.Path]);
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("none were kept", run.Output, StringComparison.Ordinal);
        Assert.Contains("of the ranks", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nstep size ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(streamed.File("draws.npz")));
        using JsonDocument all = JsonDocument.Parse(await File.ReadAllTextAsync(kept.File("summary.json"), TestContext.Current.CancellationToken));
        using JsonDocument some = JsonDocument.Parse(await File.ReadAllTextAsync(streamed.File("summary.json"), TestContext.Current.CancellationToken));
        JsonElement expected = all.RootElement.GetProperty("summary").GetProperty("parameters")[0], actual = some.RootElement.GetProperty("parameters")[0];
        Assert.Equal("v", actual.GetProperty("parameter").GetString());
        Assert.Equal(expected.GetProperty("mean").GetDouble(), actual.GetProperty("mean").GetDouble(), 1e-9);
        Assert.Equal(expected.GetProperty("sd").GetDouble(), actual.GetProperty("sd").GetDouble(), 1e-9);
        Assert.InRange(some.RootElement.GetProperty("rank_error_bound").GetDouble(), 0, 0.01);
        Assert.Equal(expected.GetProperty("median").GetDouble(), actual.GetProperty("median").GetDouble(), 0.05);

        // The same warnings, but of what needs draws.
        string[] warnings = Warnings(all.RootElement.GetProperty("summary"));
        Assert.Contains(warnings, warning => warning.StartsWith("E-BFMI", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("diverged", StringComparison.Ordinal));
        Assert.Equal(warnings, Warnings(some.RootElement));
        Assert.All(warnings, warning => Assert.Contains($"warning: {warning}", run.Output, StringComparison.Ordinal));

        // Divergences with their positions, the same in both.
        string[] lines = await File.ReadAllLinesAsync(kept.File("divergences.csv"), TestContext.Current.CancellationToken);
        Assert.StartsWith("chain,draw,v,x[1]", lines[0], StringComparison.Ordinal);
        Assert.Equal(all.RootElement.GetProperty("divergences").GetInt32(), lines.Length - 1);
        Assert.True(lines.Length > 1);
        Assert.Equal(lines, await File.ReadAllLinesAsync(streamed.File("divergences.csv"), TestContext.Current.CancellationToken));

        // What else the run knows of itself is in the summary, too.
        JsonElement summary = all.RootElement.GetProperty("summary");
        Assert.True(summary.GetProperty("density_error").GetDouble() < 0.1);
        Assert.Equal(0, summary.GetProperty("saturated_trees").GetInt32());
        Assert.Equal(JsonValueKind.Null, summary.GetProperty("round_trips").ValueKind);
    }

    /// <summary>Those that do not depend on the kind of R-hat and effective sample size.</summary>
    private static string[] Warnings(JsonElement summary) =>
    [
        .. summary.GetProperty("warnings").EnumerateArray().Select(one => one.GetString()!).Where(
            text => !text.StartsWith("R-hat", StringComparison.Ordinal) && !text.Contains("effective sample size of", StringComparison.Ordinal)),
    ];

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    internal static Dictionary<string, NumpyFile<T>> ReadArchive<T>(string path)
        where T : unmanaged
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        Dictionary<string, NumpyFile<T>> arrays = [];
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            arrays[Path.GetFileNameWithoutExtension(entry.Name)] = NumpyFile<T>.Read(bytes.ToArray());
        }

        return arrays;
    }
}
