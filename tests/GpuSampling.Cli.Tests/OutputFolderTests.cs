namespace GpuSampling.Cli.Tests;

/// <summary>A folder of results tells of one run only.</summary>
public sealed class OutputFolderTests
{
    [Fact]
    public async Task ARunReplacesWhatAnEarlierOneLeft()
    {
        using TemporaryFolder folder = new();
        folder.Write("notes.txt", "the user's own");
        string[] size = ["--chains", "8", "--warmup", "60", "--draws", "40", "--engine", "scalar", "--out", folder.Path];
        Assert.Equal(0, (await CommandRun.Of(["sample", "eight-schools", .. size])).ExitCode);
        Assert.True(File.Exists(folder.File("draws.npz")));

        // No draws are kept of the second: none of the first may stay beside its summary.
        Assert.Equal(0, (await CommandRun.Of(["sample", "banana", "--keep", "quantiles", .. size])).ExitCode);
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), file => Path.GetExtension(file) is ".npz" or ".sha256" || Path.GetFileName(file) == "summary.csv");
        Assert.Contains("banana", await File.ReadAllTextAsync(folder.File("summary.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("notes.txt")));
        CommandRun diagnosed = await CommandRun.Of("diagnose", folder.Path);
        Assert.Equal(2, diagnosed.ExitCode);
        Assert.Contains("--keep quantiles", diagnosed.Error, StringComparison.Ordinal);

        // And a whole run over it has all files again.
        Assert.Equal(0, (await CommandRun.Of(["sample", "eight-schools", .. size])).ExitCode);
        Assert.Equal(0, (await CommandRun.Of("diagnose", folder.Path)).ExitCode);
    }
}
