namespace GpuSampling.Cli.Tests;

/// <summary>Bad input gets one sentence on standard error that names the culprit, nothing on standard output, and exit code 2.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "sample nope", "nope" },
        { "sample eight-schools --engine warp-drive", "warp-drive" },
        { "sample eight-schools --engine cuda:99", "cuda" },
        { "sample eight-schools --chains 0", "--chains is 0. Allowed: 1 to 2147483647" },
        { "sample eight-schools --chains -3", "-3" },
        { "sample eight-schools --draws 0", "--draws is 0" },
        { "sample eight-schools --warmup -1", "--warmup is -1. Allowed: 0" },
        { "sample eight-schools --thin 0", "--thin is 0" },
        { "sample eight-schools --precision 16", "16" },
        { "sample eight-schools --threads 5000", "5000" },
        { "sample eight-schools --sampler gibbs", "gibbs" },
        { "sample eight-schools --sampler gibbs-hmc", "no discrete parameters" },
        { "sample eight-schools --sampler nuts --path-length 2", "--path-length" },
        { "sample eight-schools --sampler slice --step-size 2", "--step-size" },
        { "sample eight-schools --sampler chees --chains 1", "at least 2" },
        { "sample eight-schools --sampler rwm --metric fisher", "Fisher" },
        { "sample eight-schools --target-acceptance 1.5", "1.5" },
        { "sample eight-schools --path-length -1", "-1" },
        { "sample eight-schools --chains many", "--chains is many; allowed are integers from 1 to 2147483647." },
        { "sample eight-schools --seed -1", "--seed is -1; allowed are integers from 0 to 18446744073709551615." },
        { "sample eight-schools --metric foo", "--metric is foo; allowed are diagonal, identity," },
        { "sample eight-schools --step-size wide", "--step-size is wide; allowed are numbers." },
        { "sample eight-schools --step-size 0", "--step-size is 0. Allowed: finite numbers above 0; or leave it out." },
        { "sample eight-schools --target-acceptance 2", "--target-acceptance is 2" },
        { "sample eight-schools --sampler stretch --walkers 5", "--walkers is 5" },
        { "sample eight-schools --sampler stretch --chains 10000000 --walkers 64", "at most" },
        { "sample eight-schools --warmup 2147483647 --draws 5", "--warmup 2147483647" },
        { "sample eight-schools --frobnicate", "'gpusampling sample --help' lists the options" },
        { "sample eight-schools --chains", "--chains" },
        { "sample banana --sampler sgld", "model banana has no data terms" },
        { "modes banana --transitions 0", "--transitions is 0" },
        { "random normal x --count 1", "x is not understood" },
        { "random normal --count 5.5", "--count is 5.5" },
        { "random integers 0 5 --precision 64 --count 1", "--precision is 64" },
        { "random bits --count 1 --hex --out n.npy", "--hex" },
        { "new model Density", "would hide the type GpuSampling.Modeling.Density" },
        { "new model File", "would hide the type System.IO.File" },
        { "new model J", "which the project needs" },
        { "sample eight-schools --chains 2147483647 --draws 2147483647", "--draws" },
        { "sample eight-schools --keep everything", "--keep is everything" },
        { "sample eight-schools --init nowhere.json", "nowhere.json" },
        { "sample eight-schools --init adam --adam-steps 0", "--adam-steps is 0" },
        { "sample eight-schools --init prior --adam-steps 5", "--adam-steps" },
        { "sample eight-schools --adam-steps 5", "--init" },
        { "sample eight-schools --sampler meads --metric fisher", "Fisher" },
        { "sample eight-schools --init adam --init-jitter 1", "--init-jitter" },
        { "sample banana --init prior", "DrawPrior" },
        { "sample logistic-regression", "--data" },
        { "sample eight-schools --data does-not-exist.json", "does-not-exist.json" },
        { "random nope --count 1", "nope" },
        { "random normal 0 1 2 --count 1", "3 parameters" },
        { "random normal 0 -1 --count 1", "standardDeviation is -1" },
        { "random exponential 0 --count 1", "rate" },
        { "random exponential 1e-45 --count 1", "Allowed: from 1.33E-37 on, with which no number overflows" },
        { "random normal 0 1e38 --count 1", "with which no number overflows" },
        { "random integers 5 5 --count 1", "5" },
        { "random bits --count 0", "--count is 0" },
        { "random bits", "--count" },
        { "random bits --count 1 --stream 72057594037927936", "--stream is 72057594037927936" },
        { "random bits --count 1 --out numbers.xyz", "numbers.xyz" },
        { "frobnicate", "frobnicate" },
        { "model", "'gpusampling model' needs one of its commands: check" },
        { "new", "'gpusampling new' needs one of its commands: model" },
        { "random uniform 0 1 --count 1", "allowed are none" },
        { "modes banana --chains 2147483647", "--chains is 2147483647" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task OneSentenceNamesTheCulprit(string commandLine, string culprit)
    {
        CommandRun run = await CommandRun.Of(commandLine.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(culprit, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("gpusampling: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    public static TheoryData<string, string> BadData => new()
    {
        { "{", "not valid JSON" },
        { "[1, 2]", "object" },
        { "{\"y\": [1, 2]}", "\"sigma\"" },
        { "{\"y\": [1, 2], \"sigma\": [1]}", "2 effects and 1 standard errors" },
        { "{\"y\": [1, \"NaN\"], \"sigma\": [1, 1]}", "y[2] is NaN" },
        { "{\"y\": [1, 2], \"sigma\": [1, 0]}", "[2] is 0" },
        { "{\"y\": [1, true], \"sigma\": [1, 1]}", "y[2] must be a number" },
        { "{\"y\": 5, \"sigma\": [1, 1]}", "y must be an array" },
        { "{\"y\": [], \"sigma\": []}", "at least 1" },
    };

    [Theory]
    [MemberData(nameof(BadData))]
    public async Task BadDataIsRefused(string json, string culprit)
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of("sample", "eight-schools", "--data", folder.Write("data.json", json));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(culprit, run.Error, StringComparison.Ordinal);
        Assert.Contains("data.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsRefusedBeforeTheRun()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("occupied", "a file, not a folder");
        CommandRun run = await CommandRun.Of("sample", "eight-schools", "--out", Path.Combine(file, "below"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task AModelWithoutAFiniteStartFailsWithExitCode1()
    {
        // The quadratic form of precision 1e38 overflows float at every start.
        using TemporaryFolder folder = new();
        string data = folder.Write("data.json", "{\"mean\": [1e30], \"precision\": [[1e38]]}");
        CommandRun run = await CommandRun.Of("sample", "correlated-gaussian", "--data", data, "--chains", "8", "--engine", "scalar");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no start", run.Error, StringComparison.Ordinal);
    }
}
