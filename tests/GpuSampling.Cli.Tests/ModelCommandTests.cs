namespace GpuSampling.Cli.Tests;

/// <summary>Models of the user's: a project from <c>new model</c>, built, checked and sampled; and what is wrong with input.</summary>
public sealed class ModelCommandTests
{
    // This assembly is one with models: the one below.
    private static string OwnAssembly => typeof(ModelCommandTests).Assembly.Location;

    [Fact]
    public async Task ANewModelBuildsAndSamples()
    {
        using TemporaryFolder folder = new();
        string project = folder.File("CoinFlips");
        CommandRun written = await CommandRun.Of("new", "model", "CoinFlips", "--out", project);
        Assert.Equal(0, written.ExitCode);

        // As it stands: from a clone it refers to the clone's projects. PackageTests does the same with packages.
        Assert.Contains("src/GpuSampling.Cli", written.Output, StringComparison.Ordinal);
        (int exitCode, string output) = await DotnetRun.Of("run -c Release", project);
        Assert.True(exitCode == 0, output);
        Assert.Contains("theta[8]", output, StringComparison.Ordinal);

        string assembly = Path.Combine(project, "bin", "Release", "net10.0", "CoinFlips.dll"), data = Path.Combine(project, "data.json");
        CommandRun check = await CommandRun.Of("model", "check", assembly, "--data", data, "--points", "5");
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Contains("parameter, above 0, by exp", check.Output, StringComparison.Ordinal);
        Assert.Contains("gradient: passed at 5 points", check.Output, StringComparison.Ordinal);
        CommandRun sampled = await CommandRun.Of(
            "sample", assembly, "--model", "coin-flips", "--data", data, "--chains", "32", "--warmup", "100", "--draws", "20", "--engine", "simd");
        Assert.True(sampled.ExitCode == 0, sampled.Error);
        Assert.Contains("theta[8]", sampled.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coinFlips")]
    [InlineData("Coin Flips")]
    [InlineData("1Coin")]
    [InlineData("Program")]
    [InlineData("Density")]
    [InlineData("../Coin")]
    public async Task ANameThatIsNoClassIsRefused(string name)
    {
        CommandRun run = await CommandRun.Of("new", "model", name);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{name}'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderWithFilesIsRefused()
    {
        using TemporaryFolder folder = new();
        folder.Write("something", "here");
        CommandRun run = await CommandRun.Of("new", "model", "CoinFlips", "--out", folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not empty", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadyModelsAreChecked()
    {
        CommandRun run = await CommandRun.Of("model", "check", "dental-growth", "--points", "3");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("62 unconstrained parameters, 108 data terms", run.Output, StringComparison.Ordinal);
        Assert.Contains("Cholesky factor of a correlation matrix", run.Output, StringComparison.Ordinal);
        Assert.Contains("bytes a chain", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nope.dll", null, null, "nope.dll; build the project")]
    [InlineData("OWN", "Nothing", null, "has no model Nothing; it has ")]
    [InlineData("OWN", null, null, "choose with --model one of ")]
    [InlineData("OWN", "HalfNormalOfData", null, "needs data")]
    [InlineData("OWN", "HalfNormalOfData", "{\"scale\": \"wide\"}", "'scale' is a JSON string")]
    [InlineData("KERNELS", null, null, "has no model: a class marked [Model]")]
    [InlineData("TEXT", null, null, "is not a .NET assembly")]
    [InlineData("nile", "Nile", null, "--model Nile")]
    [InlineData("nothing", null, null, "There is no model nothing")]
    public async Task BadModelsAreRefused(string model, string? type, string? json, string culprit)
    {
        using TemporaryFolder folder = new();
        string path = model switch
        {
            "OWN" => OwnAssembly,
            "KERNELS" => Path.Combine(AppContext.BaseDirectory, "GpuSampling.Kernels.dll"),
            "TEXT" => folder.Write("text.dll", "no assembly"),
            _ => model,
        };
        foreach (string[] command in new string[][] { ["sample"], ["model", "check"] })
        {
            CommandRun run = await CommandRun.Of(
                [.. command, path, .. type is null ? Array.Empty<string>() : ["--model", type], .. json is null ? Array.Empty<string>() : ["--data", folder.Write("data.json", json)]]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(culprit, run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.TrimEnd().Split('\n'));
            Assert.Empty(run.Output);
        }
    }

    [Fact]
    public async Task ADensityThatIsNeverFiniteFailsTheCheck()
    {
        CommandRun run = await CommandRun.Of("model", "check", OwnAssembly, "--model", "NowhereFinite");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAILED", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandRun.Of("model", "check", "nile", "--points", "0")).ExitCode);
    }

    [Fact]
    public async Task AGradientThatIsWrongFailsTheCheck()
    {
        CommandRun run = await CommandRun.Of("model", "check", OwnAssembly, "--model", "WithoutSlope");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("gradient: FAILED", run.Output, StringComparison.Ordinal);
    }
}
