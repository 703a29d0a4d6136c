namespace GpuSampling.Cli.Tests;

/// <summary><c>--init</c> and what it reads.</summary>
public sealed class StartCommandTests
{
    private static readonly string[] Still = ["sample", "eight-schools", "--sampler", "hmc", "--step-size", "1e-30", "--max-leapfrogs", "1", "--chains", "3", "--warmup", "0", "--draws", "2", "--precision", "64"];

    [Theory]
    [InlineData("""{"theta": [1, 2, 3, 4, 5, 6, 7, 8], "mu": 4.5, "tau": 2}""", "4.5 4.5 4.5")]
    [InlineData("""[{"theta": [1, 2, 3, 4, 5, 6, 7, 8], "mu": 1, "tau": 2}, {"theta": [1, 2, 3, 4, 5, 6, 7, 9], "mu": 2, "tau": 2}, {"theta": [1, 2, 3, 4, 5, 6, 7, 8], "mu": 3, "tau": 1}]""", "1 2 3")]
    [InlineData("[0, 0, 0, 0, 0, 0, 0, 0, 7.25, 0]", "7.25 7.25 7.25")]
    [InlineData("[[0, 0, 0, 0, 0, 0, 0, 0, 5, 0], [0, 0, 0, 0, 0, 0, 0, 0, 6, 0], [0, 0, 0, 0, 0, 0, 0, 0, 7, 0]]", "5 6 7")]
    public async Task ValuesOfAFileAreWhereChainsStart(string json, string expected)
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of([.. Still, "--init", folder.Write("start.json", json), "--out", folder.Path]);
        Assert.Equal(string.Empty, run.Error);
        double[] mu = SampleCommandTests.ReadArchive<double>(folder.File("draws.npz"))["mu"].Values;
        Assert.Equal(expected.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)), mu[..3]);
    }

    [Fact]
    public async Task ChainsGoOnFromTheFolderOfAnEarlierRun()
    {
        using TemporaryFolder first = new(), second = new();
        await CommandRun.Of("sample", "eight-schools", "--chains", "3", "--warmup", "20", "--draws", "5", "--precision", "64", "--out", first.Path);
        CommandRun run = await CommandRun.Of([.. Still, "--init", first.Path, "--out", second.Path]);
        Assert.Equal(string.Empty, run.Error);
        double[] earlier = SampleCommandTests.ReadArchive<double>(first.File("draws.npz"))["tau"].Values;
        double[] later = SampleCommandTests.ReadArchive<double>(second.File("draws.npz"))["tau"].Values;
        Assert.All(earlier[12..].Zip(later), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * pair.First));
    }

    [Theory]
    [InlineData("prior")]
    [InlineData("adam", "--adam-steps", "5", "--adam-rate", "0.1")]
    [InlineData("pathfinder", "--pathfinder-paths", "2")]
    public async Task EveryWayToStartRuns(params string[] init)
    {
        CommandRun run = await CommandRun.Of(["sample", "eight-schools", "--chains", "20", "--warmup", "20", "--draws", "5", "--init", .. init]);
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        CommandRun uniform = await CommandRun.Of("sample", "eight-schools", "--chains", "20", "--warmup", "20", "--draws", "5");
        Assert.NotEqual(Hash(uniform), Hash(run));

        static string Hash(CommandRun one) => one.Output.Split('\n').Single(line => line.StartsWith("draws sha256", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("{}", "no values")]
    [InlineData("7", "holds no starts")]
    [InlineData("""{"theta": [1, 2, 3, 4, 5, 6, 7, 8], "mu": 4.5, "tau": -2}""", "The value of tau is -2; allowed are finite numbers above 0")]
    [InlineData("""{"theta": [1, 2, 3, 4, 5, 6, 7, 8], "tau": 2}""", "There are no values of mu to start from")]
    [InlineData("""{"theta": [1, 2], "mu": 4.5, "tau": 2}""", "2 values of theta")]
    [InlineData("""{"theta": [1, 2, 3, 4, 5, 6, 7, 8], "mu": 4.5, "tau": 2, "nu": 3}""", "no parameter nu")]
    [InlineData("[1, 2]", "2 unconstrained numbers")]
    [InlineData("""[{"mu": 1}, {"tau": 2}]""", "the start of chain 2 has no mu")]
    public async Task BadValuesAreRefused(string json, string culprit)
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of([.. Still, "--init", folder.Write("start.json", json)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(culprit, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
