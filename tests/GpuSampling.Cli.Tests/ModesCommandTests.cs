namespace GpuSampling.Cli.Tests;

/// <summary>The search for modes.</summary>
public sealed class ModesCommandTests
{
    [Fact]
    public async Task TheModeOfTheBananaIsPrinted()
    {
        CommandRun run = await CommandRun.Of("modes", "banana", "--chains", "16", "--engine", "simd");
        Assert.True(run.ExitCode == 0, run.Error);
        string[] lines = run.Output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.StartsWith("mode 1: log density 0, found by ", lines[1], StringComparison.Ordinal);

        // x₁ ~ N(0, 10), x₂ ~ N(0.03 (x₁² − 100), 1): the mode is (0, −3).
        Assert.Equal(0, Value(lines[2]), 0.1);
        Assert.Equal(-3, Value(lines[3]), 0.02);

        static double Value(string line) => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("--chains", "0")]
    [InlineData("--precision", "16")]
    [InlineData("--most", "0")]
    public async Task WrongOptionsAreRefused(string option, string value)
    {
        CommandRun run = await CommandRun.Of("modes", "banana", option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AStopSaysWhatIsKept(bool hasCheckpoint)
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(2));
        string[] search = ["modes", "eight-schools", "--chains", "4096", "--transitions", "2000000", "--engine", "simd"];
        CommandRun run = await CommandRun.Of(stop.Token, hasCheckpoint ? [.. search, "--checkpoint", folder.Path] : search);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains(hasCheckpoint ? $"goes on from the checkpoint in {folder.Path}" : "no modes to tell", run.Error, StringComparison.Ordinal);
        Assert.Equal(hasCheckpoint, File.Exists(folder.File("checkpoint.bin")));
    }
}
