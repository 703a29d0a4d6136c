using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GpuSampling.Interchange;

namespace GpuSampling.Cli.Tests;

public sealed class DiagnoseCommandTests
{
    [Theory]
    [InlineData("32", "hmc")]
    [InlineData("64", "hmc --thin 2")]
    [InlineData("32", "stretch --thin 2")]
    [InlineData("32", "slice")]
    [InlineData("32", "nuts --max-tree-depth 1")]
    [InlineData("32", "tempering")]
    [InlineData("32", "sgld")]
    public async Task AFolderOfSampleGivesTheSameTableAgain(string precision, string sampler)
    {
        using TemporaryFolder folder = new();
        CommandRun sampled = await CommandRun.Of(
            ["sample", "eight-schools", "--chains", "24", "--warmup", "60", "--draws", "50", "--engine", "simd", "--precision", precision, "--out", folder.Path, "--sampler", .. sampler.Split(' ')]);
        Assert.Equal(0, sampled.ExitCode);
        CommandRun diagnosed = await CommandRun.Of("diagnose", folder.Path);
        Assert.Equal(0, diagnosed.ExitCode);
        string[] table = [.. diagnosed.Output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
        Assert.Equal(sampled.Output.Contains("E-BFMI:", StringComparison.Ordinal), diagnosed.Output.Contains("E-BFMI:", StringComparison.Ordinal));
        Assert.Equal(
            sampled.Output.Split('\n').Count(line => line.StartsWith("warning: ", StringComparison.Ordinal)),
            table.Count(line => line.StartsWith("warning: ", StringComparison.Ordinal)));

        // The archive lists parameters in the same order; every line of the table, warnings among them, is printed by both.
        Assert.All(table, line => Assert.Contains(line, sampled.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CmdStanFilesLoseTheirWarmupAndKeepTheSamplersColumns()
    {
        using TemporaryFolder folder = new();
        double[][] kept = [Wave(0, 200), Wave(1, 200), Wave(2, 200)];
        for (int chain = 0; chain < kept.Length; chain++)
        {
            StringBuilder text = new("# model = m\n#     num_warmup = 40\n#     save_warmup = true\n#     thin = 2 (Default: 1)\n");
            text.Append("lp__,divergent__,energy__,mu,theta.1.2\n# Adaptation terminated\n");
            for (int warmup = 0; warmup < 20; warmup++)
            {
                text.Append("0,1,0,1e6,-inf\n");
            }

            for (int draw = 0; draw < 200; draw++)
            {
                double x = kept[chain][draw];
                text.Append(CultureInfo.InvariantCulture, $"-1,{(draw < 2 ? 1 : 0)},{-x:R},{x:R},{2 * x:R}\n");
            }

            folder.Write($"output_{chain + 1}.csv", text.ToString());
        }

        foreach (string[] paths in (string[][])[[folder.Path], [.. Directory.GetFiles(folder.Path).Order()]])
        {
            CommandRun run = await CommandRun.Of(["diagnose", .. paths, "--json"]);
            Assert.Equal(0, run.ExitCode);
            JsonElement root = JsonDocument.Parse(run.Output).RootElement;
            Assert.Equal(3, root.GetProperty("chains").GetInt32());
            Assert.Equal(200, root.GetProperty("draws").GetInt32());
            Assert.Equal(6, root.GetProperty("divergences").GetInt64());
            JsonElement mu = root.GetProperty("parameters")[0], theta = root.GetProperty("parameters")[1];
            Assert.Equal("mu", mu.GetProperty("parameter").GetString());
            Assert.Equal("theta[1,2]", theta.GetProperty("parameter").GetString());
            double mean = kept.SelectMany(chain => chain).Average();
            Assert.Equal(mean, mu.GetProperty("mean").GetDouble(), 1e-12);
            Assert.Equal(2 * mean, theta.GetProperty("mean").GetDouble(), 1e-12);

            // E-BFMI of the first chain by its definition.
            double squares = kept[0].Zip(kept[0].Skip(1), (a, b) => (a - b) * (a - b)).Sum();
            double average = kept[0].Average(), total = kept[0].Sum(x => (x - average) * (x - average));
            Assert.Equal(squares / total, root.GetProperty("e_bfmi")[0].GetDouble(), 1e-9);
        }
    }

    [Fact]
    public async Task JsonOfThreeFormsAndNumpyOfTwoOrdersHoldTheSameDraws()
    {
        using TemporaryFolder folder = new();
        double[][] a = [Wave(0, 60), Wave(1, 60)], b = [Wave(2, 60), Wave(3, 60)];
        string List(double[] values) => $"[{string.Join(",", values.Select(x => x.ToString("R", CultureInfo.InvariantCulture)))}]";
        string Pairs(double[] x, double[] y) => $"[{string.Join(",", x.Zip(y, (p, q) => $"[{p.ToString("R", CultureInfo.InvariantCulture)},{q.ToString("R", CultureInfo.InvariantCulture)}]"))}]";
        string plain = $"{{\"v\": [{Pairs(a[0], b[0])},{Pairs(a[1], b[1])}]}}";
        string diverging = $"[{string.Join(",", Enumerable.Repeat("false", 59))},true]";
        string[] files =
        [
            folder.Write("plain.json", plain),
            folder.Write("groups.json", $"{{\"posterior\": {plain}, \"sample_stats\": {{\"diverging\": [{diverging},{diverging}]}}, \"posterior_attrs\": {{}}}}"),
            folder.Write("chains.json", $"[{{\"v[1]\": {List(a[0])}, \"v[2]\": {List(b[0])}}}, {{\"v[1]\": {List(a[1])}, \"v[2]\": {List(b[1])}}}]"),
            WriteArchive(folder.File("last.npz"), a, b, firstIndexIsFastest: false),
            WriteArchive(folder.File("first.npz"), a, b, firstIndexIsFastest: true),
        ];
        List<string> tables = [];
        foreach (string file in files)
        {
            CommandRun run = await CommandRun.Of("diagnose", file);
            Assert.Equal(0, run.ExitCode);
            Assert.Equal(file.EndsWith("groups.json", StringComparison.Ordinal), run.Output.Contains("divergences: 2 of 120 transitions", StringComparison.Ordinal));
            tables.Add(string.Join('\n', run.Output.Split('\n').Where(line => line.StartsWith("v[", StringComparison.Ordinal))));
        }

        Assert.Equal(2, tables[0].Split('\n').Length);
        Assert.Single(tables.Distinct());
    }

    [Theory]
    [InlineData("[[1, NaN, 3, 4], [2, 3, -Infinity, 5]]")]
    [InlineData("[[1, \"NaN\", 3, 4], [2, 3, \"-Infinity\", 5]]")]
    [InlineData("[[1, null, 3, 4], [2, 3, \"-inf\", 5]]")]
    public async Task NumbersThatJsonCannotWriteAreReadAsPythonWritesThem(string array)
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of("diagnose", folder.Write("d.json", $"{{\"x NaN \\\" NaN\": {array}, \"y\": [[1, 2, 3, 4], [2, 1, 4, 3]]}}"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("x NaN \" NaN has 2 draws that are not finite", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASummaryOfOtherDrawsIsRefused()
    {
        using TemporaryFolder folder = new();
        string[] size = ["--chains", "8", "--warmup", "20", "--draws", "10", "--engine", "scalar", "--out"];
        Assert.Equal(0, (await CommandRun.Of(["sample", "eight-schools", .. size, folder.File("one")])).ExitCode);
        Assert.Equal(0, (await CommandRun.Of(["sample", "banana", .. size, folder.File("other")])).ExitCode);
        File.Copy(folder.File("other/summary.json"), folder.File("one/summary.json"), overwrite: true);
        CommandRun run = await CommandRun.Of("diagnose", folder.File("one"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the files are of different runs", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task DivergencesThatAreNotStoredAreUnknown()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("d.json", "{\"posterior\": {\"x\": [[1, 2, 3, 4], [2, 1, 4, 3]]}, \"sample_stats\": {\"energy\": [[1, 2, 1, 3], [2, 1, 2, 1]]}}");
        Assert.Contains("divergences: unknown", (await CommandRun.Of("diagnose", file)).Output, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse((await CommandRun.Of("diagnose", file, "--json")).Output).RootElement.GetProperty("divergences").ValueKind);
    }

    [Fact]
    public async Task SuperchainsAddNestedRHat()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("d.json", $"{{\"x\": [{string.Join(",", Enumerable.Range(0, 8).Select(chain => $"[{string.Join(",", Wave(chain, 20).Select(x => x.ToString("R", CultureInfo.InvariantCulture)))}]"))}]}}");
        Assert.DoesNotContain("nested", (await CommandRun.Of("diagnose", file)).Output, StringComparison.Ordinal);
        Assert.Contains("nested R-hat", (await CommandRun.Of("diagnose", file, "--superchains", "4")).Output, StringComparison.Ordinal);
        Assert.Contains("depend on one another", (await CommandRun.Of("diagnose", file, "--coupled")).Output, StringComparison.Ordinal);
        CommandRun bad = await CommandRun.Of("diagnose", file, "--superchains", "3");
        Assert.Equal(2, bad.ExitCode);
        Assert.Contains("--superchains is 3", bad.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ragged.json", "{\"x\": [[1,2],[3]]}", "x is ragged")]
    [InlineData("flat.json", "{\"x\": [1,2]}", "chain and draw must be its first two indices")]
    [InlineData("text.json", "{\"x\": [[\"a\"]]}", "'a', no number")]
    [InlineData("empty.json", "{}", "no draws of any parameter")]
    [InlineData("broken.json", "{\"x\": [[1,", "no JSON")]
    [InlineData("unequal.json", "{\"x\": [[1,2]], \"y\": [[1,2,3]]}", "1 chains of 3 draws")]
    [InlineData("short.csv", "a,b\n1\n", "line 2: 1 numbers; there are 2 columns")]
    [InlineData("words.csv", "a,b\n1,x\n", "b is 'x', no number")]
    [InlineData("nothing.csv", "# c\na,b\n", "has no draws")]
    [InlineData("warm.csv", "# save_warmup = 1\n# num_warmup = 5\na\n1\n2\n", "all of the warm-up")]
    [InlineData("broken.npz", "PK no archive", "broken.npz")]
    [InlineData("draws.txt", "1", "none of the formats")]
    public async Task ABadFileIsBadInputInOneSentence(string name, string text, string expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of("diagnose", folder.Write(name, text));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task MissingAndMixedPathsAreBadInput()
    {
        using TemporaryFolder folder = new();
        CommandRun missing = await CommandRun.Of("diagnose", folder.File("none.npz"));
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("There is no file or folder", missing.Error, StringComparison.Ordinal);
        CommandRun empty = await CommandRun.Of("diagnose", folder.Path);
        Assert.Equal(2, empty.ExitCode);
        Assert.Contains("neither draws.npz nor .csv", empty.Error, StringComparison.Ordinal);
        CommandRun mixed = await CommandRun.Of("diagnose", folder.Write("a.csv", "x\n1\n"), folder.Write("b.json", "{}"));
        Assert.Equal(2, mixed.ExitCode);
        Assert.Contains("several paths must be CmdStan's", mixed.Error, StringComparison.Ordinal);
        CommandRun uneven = await CommandRun.Of("diagnose", folder.Write("c.csv", "x\n1\n2\n"), folder.Write("d.csv", "x\n1\n"));
        Assert.Contains("chains must be equally long", uneven.Error, StringComparison.Ordinal);
        CommandRun other = await CommandRun.Of("diagnose", folder.Write("e.csv", "x\n1\n"), folder.Write("f.csv", "y\n1\n"));
        Assert.Contains("has other columns", other.Error, StringComparison.Ordinal);
    }

    /// <summary>A skewed, autocorrelated series that differs by chain.</summary>
    private static double[] Wave(int chain, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Math.Exp(Math.Sin((i * (0.7 + (0.01 * chain))) + chain) + (0.3 * Math.Cos(i * i))))];

    private static string WriteArchive(string path, double[][] a, double[][] b, bool firstIndexIsFastest)
    {
        int chains = a.Length, draws = a[0].Length;
        double[] values = new double[chains * draws * 2];
        for (int chain = 0; chain < chains; chain++)
        {
            for (int draw = 0; draw < draws; draw++)
            {
                for (int element = 0; element < 2; element++)
                {
                    int index = firstIndexIsFastest ? (((element * draws) + draw) * chains) + chain : (((chain * draws) + draw) * 2) + element;
                    values[index] = (element == 0 ? a : b)[chain][draw];
                }
            }
        }

        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using Stream entry = archive.CreateEntry("v.npy").Open();
        NumpyArrayFile.WriteHeader<double>(entry, [chains, draws, 2], firstIndexIsFastest);
        NumpyArrayFile.WriteValues<double>(entry, values);
        return path;
    }
}
