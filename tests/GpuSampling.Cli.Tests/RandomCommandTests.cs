using System.Globalization;
using GpuSampling.Engines;

namespace GpuSampling.Cli.Tests;

public sealed class RandomCommandTests
{
    public static TheoryData<string> PresentEngines
    {
        get
        {
            TheoryData<string> engines = [.. VectorWidths.Present.Select(SimdEngine.NameOf), "auto", "simd"];
#if ILGPU
            engines.Add("ilgpu-cpu");
#endif
            return engines;
        }
    }

    // Philox4x32-10 of key 0 and counter 0: Random123's known answer.
    [Theory]
    [MemberData(nameof(PresentEngines))]
    public async Task BitsAreRandom123sOnEveryEngine(string engine)
    {
        CommandRun run = await CommandRun.Of("random", "bits", "--count", "4", "--seed", "0", "--hex", "--engine", engine);
        Assert.Equal("6627e8d5 e169c58d bc57ac4c 9b00dbd8", run.Output.TrimEnd());
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("uniform", "32")]
    [InlineData("uniform", "64")]
    [InlineData("normal 3 2", "32")]
    [InlineData("normal 3 2", "64")]
    [InlineData("exponential 0.5", "32")]
    [InlineData("exponential 0.5", "64")]
    [InlineData("integers -5 100", "32")]
    [InlineData("bits", "64")]
    public async Task EveryEngineGivesTheSameNumbers(string distribution, string precision)
    {
        HashSet<string> outputs = [];
        foreach (string engine in PresentEngines.Select(row => row.Data))
        {
            CommandRun run = await CommandRun.Of(
                ["random", .. distribution.Split(' '), "--count", "1003", "--seed", "77", "--stream", "5", "--precision", precision, "--engine", engine]);
            Assert.Equal(0, run.ExitCode);
            outputs.Add(run.Output);
        }

        string only = Assert.Single(outputs);
        Assert.Equal(1003, only.TrimEnd().Split('\n').Distinct().Count(), tolerance: distribution.StartsWith("int", StringComparison.Ordinal) ? 1000 : 5);
    }

    [Fact]
    public async Task PositionSeeks()
    {
        CommandRun whole = await CommandRun.Of("random", "normal", "--count", "20", "--seed", "9");
        CommandRun rest = await CommandRun.Of("random", "normal", "--count", "7", "--seed", "9", "--position", "13");
        Assert.Equal(whole.Output.Split('\n')[13..20], rest.Output.TrimEnd().Split('\n').Select(line => line));
    }

    [Fact]
    public async Task FilesHoldWhatIsPrinted()
    {
        using TemporaryFolder folder = new();
        string[] request = ["random", "normal", "3", "2", "--count", "257", "--seed", "4"];
        CommandRun printed = await CommandRun.Of(request);
        float[] expected = [.. printed.Output.TrimEnd().Split('\n').Select(line => float.Parse(line, CultureInfo.InvariantCulture))];

        CommandRun npy = await CommandRun.Of([.. request, "--out", folder.File("numbers.npy")]);
        Assert.Equal(0, npy.ExitCode);
        NumpyFile<float> file = NumpyFile<float>.Read(await File.ReadAllBytesAsync(folder.File("numbers.npy"), TestContext.Current.CancellationToken));
        Assert.Equal([257], file.Shape);
        Assert.Equal(expected, file.Values);

        await CommandRun.Of([.. request, "--out", folder.File("numbers.csv")]);
        Assert.Equal(printed.Output, await File.ReadAllTextAsync(folder.File("numbers.csv"), TestContext.Current.CancellationToken));
        Assert.Equal(3, expected.Average(), 0.6f); // 4.8 standard errors: a false alarm in 600,000 seeds, and the seed is fixed
    }

    [Theory]
    [InlineData("normal 0 -1")]
    [InlineData("integers 0 5 --precision 64")]
    [InlineData("integers 0 1.5")]
    [InlineData("exponential 0")]
    [InlineData("bits --hex")]
    public async Task BadArgumentsLeaveAnEarlierFileAsItIs(string arguments)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("keep.npy", "earlier");
        CommandRun run = await CommandRun.Of(["random", .. arguments.Split(' '), "--count", "10", "--out", file]);
        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Equal("earlier", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("keep.npy", true)]
    [InlineData("new.npy", false)]
    [InlineData("keep.csv", true)]
    public async Task AStopLeavesNoHalfFileAndSaysSo(string name, bool isThere)
    {
        using TemporaryFolder folder = new();
        string file = folder.File(name);
        if (isThere)
        {
            folder.Write(name, "earlier");
        }

        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(300));
        CommandRun run = await CommandRun.Of(stop.Token, "random", "uniform", "--count", "3000000000", "--out", file);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("of 3000000000 numbers", run.Error, StringComparison.Ordinal);
        Assert.Contains(isThere ? "is as it was before" : "was not written", run.Error, StringComparison.Ordinal);
        Assert.Equal(isThere ? [file] : [], Directory.GetFiles(folder.Path));
        if (isThere)
        {
            Assert.Equal("earlier", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
    }
}
