using System.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Models;
using GpuSampling.Optimization;
using GpuSampling.Sampling;

namespace GpuSampling.Cli.Tests;

/// <summary>The command killed outright, at whatever moment, and started again.</summary>
public sealed class CheckpointCommandTests
{
    private static readonly string[] Arguments =
        ["sample", "funnel", "--chains", "300", "--warmup", "60", "--draws", "400", "--seed", "3", "--precision", "64"];

    [Fact]
    public async Task KilledAndStartedAgainOnOtherEnginesItDrawsTheSameBits()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        CommandRun whole = await CommandRun.Of([.. Arguments, "--engine", "simd", "--out", folder.File("whole")]);
        Assert.Equal(0, whole.ExitCode);

        string checkpoint = folder.File("checkpoint");
        Assert.True(await KillAgainAndAgain(Arguments, checkpoint, 12, cancellation) > 0);
        if (!Directory.Exists(checkpoint))
        {
            return; // the last one killed had everything done but its farewell
        }

        CommandRun resumed = await CommandRun.Of(
            [.. Arguments, "--engine", "simd", "--checkpoint", checkpoint, "--out", folder.File("resumed")]);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("Went on from the checkpoint after", resumed.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(checkpoint));
        Assert.Equal(
            await File.ReadAllBytesAsync(folder.File("whole/draws.npz"), cancellation),
            await File.ReadAllBytesAsync(folder.File("resumed/draws.npz"), cancellation));
    }

    [Fact]
    public async Task ASearchForModesEndsInTheSameModes()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        string[] arguments = ["modes", "banana", "--chains", "300", "--transitions", "12000", "--seed", "3"];
        CommandRun whole = await CommandRun.Of([.. arguments, "--engine", "simd"]);
        Assert.Equal(0, whole.ExitCode);
        string checkpoint = folder.File("checkpoint");
        Assert.True(await KillAgainAndAgain(arguments, checkpoint, 4, cancellation) > 0);
        CommandRun resumed = await CommandRun.Of([.. arguments, "--engine", "simd", "--checkpoint", checkpoint]);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(whole.Output, resumed.Output);
        Assert.False(Directory.Exists(checkpoint));

        Directory.CreateDirectory(checkpoint);
        await File.WriteAllBytesAsync(Path.Combine(checkpoint, "checkpoint.bin"), new byte[100], cancellation);
        CommandRun damaged = await CommandRun.Of([.. arguments, "--checkpoint", checkpoint]);
        Assert.Equal(2, damaged.ExitCode);
        Assert.Contains("is damaged", damaged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheCheckpointOfAnotherRunIsBadInput()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["sample", "banana", "--chains", "16", "--warmup", "20", "--draws", "5", "--checkpoint", folder.File("c")];
        Assert.Equal(0, (await CommandRun.Of(arguments)).ExitCode);
        Directory.CreateDirectory(folder.File("c"));
        await File.WriteAllBytesAsync(folder.File("c/checkpoint.bin"), new byte[100], TestContext.Current.CancellationToken);
        CommandRun damaged = await CommandRun.Of(arguments);
        Assert.Equal(2, damaged.ExitCode);
        Assert.Contains("is no checkpoint", damaged.Error, StringComparison.Ordinal);
        CommandRun negative = await CommandRun.Of([.. arguments, "--checkpoint-interval", "-1"]);
        Assert.Equal(2, negative.ExitCode);
        Assert.Contains("--checkpoint-interval is -1", negative.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> OtherRuns => new()
    {
        { "--chains 17", "--chains was 16 and is 17. Give" },
        { "--thin 2 --seed 5", "--seed was 0 and is 5; --thin was 1 and is 2. Give" },
        { "--warmup 30 --draws 4", "--draws was 5 and is 4; --warmup was 20 and is 30. Give" },
        { "--step-size 0.25", "--step-size was not given and is 0.25. Give" },
        { "--metric diagonal --target-acceptance 0.9", "--metric was automatic and is diagonal; --target-acceptance was 0.8 and is 0.9. Give" },
        { "--path-length 3 --path-jitter 0.25", "; --path-length was " },
        { "--initial-radius 1", "--initial-radius was 2 and is 1. Give" },
        { "--sampler nuts", ": --sampler was hmc and is nuts. Give" },
        { "--precision 64", ": --precision was 32 and is 64. Give" },
        { "--keep quantiles", ": --keep was draws and is quantiles. Give" },
        { "--init adam", ": --init was uniform and is adam. Give" },
    };

    [Theory]
    [MemberData(nameof(OtherRuns))]
    public async Task WhatDiffersFromTheRunOfACheckpointIsNamedByTheOptionsThatSetIt(string options, string difference)
    {
        using TemporaryFolder folder = new();
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        Posterior banana = ReadyModels.Find("banana")!.Create(null);
        RunOptions run = new() { ChainCount = 16, WarmupCount = 20, DrawCount = 5, Checkpoint = new CheckpointOptions(folder.File("c")) };
        new HamiltonianMonteCarloSampler().Sample<float>(banana, run, engine, cancellationToken: TestContext.Current.CancellationToken);
        CommandRun refused = await CommandRun.Of(
            ["sample", "banana", "--checkpoint", folder.File("c"), .. Options("--sampler hmc --chains 16 --warmup 20 --draws 5", options)]);
        Assert.Equal((2, string.Empty), (refused.ExitCode, refused.Output));
        Assert.StartsWith($"gpusampling: --checkpoint {folder.File("c")} holds the checkpoint of another run: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains(difference, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch("[A-Z][a-z]+[A-Z]", refused.Error[refused.Error.IndexOf("another run", StringComparison.Ordinal)..]);
    }

    /// <summary>Options with some of them replaced.</summary>
    private static string[] Options(string usual, string others)
    {
        string[] replaced = others.Split(' ');
        return [.. usual.Split(' ').Chunk(2).Where(pair => !replaced.Contains(pair[0])).SelectMany(pair => pair), .. replaced];
    }

    [Fact]
    public async Task SoItIsForSearchesAndForOtherModels()
    {
        using TemporaryFolder folder = new();
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        SimulatedAnnealingOptions search = new() { ChainCount = 4, TransitionCount = 8, Checkpoint = new CheckpointOptions(folder.File("c")) };
        SimulatedAnnealing.FindModes(ReadyModels.Find("banana")!.Create(null), search, engine, cancellationToken: TestContext.Current.CancellationToken);
        string[] same = ["--chains", "4", "--checkpoint", folder.File("c")];
        CommandRun longer = await CommandRun.Of(["modes", "banana", "--transitions", "9", "--precision", "32", .. same]);
        Assert.Contains("--precision was 64 and is 32; --transitions was 8 and is 9;", longer.Error, StringComparison.Ordinal);
        CommandRun other = await CommandRun.Of(["modes", "funnel", "--transitions", "8", .. same]);
        Assert.Contains("the model was banana and is funnel", other.Error, StringComparison.Ordinal);
        Assert.Contains("(--data)", other.Error, StringComparison.Ordinal);
    }

    /// <summary>Starts a command on one engine after another, and kills it; returns how often.</summary>
    private static async Task<int> KillAgainAndAgain(string[] arguments, string checkpoint, int attempts, CancellationToken cancellation)
    {
        string[] engines = [.. VectorWidths.Present.Select(SimdEngine.NameOf)];
        int killed = 0;
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            string[] again = [.. arguments, "--engine", engines[attempt % engines.Length], "--checkpoint", checkpoint, "--checkpoint-interval", "0"];
            using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. again])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation), error = process.StandardError.ReadToEndAsync(cancellation);

            // Once there is something to go on from, at an odd moment soon after.
            string state = Path.Combine(checkpoint, "checkpoint.bin");
            DateTime before = File.Exists(state) ? File.GetLastWriteTimeUtc(state) : DateTime.MinValue;
            while (!process.HasExited && !(File.Exists(state) && File.GetLastWriteTimeUtc(state) > before))
            {
                await Task.Delay(1, cancellation);
            }

            await Task.Delay(attempt * 3, cancellation);
            process.Kill();
            await process.WaitForExitAsync(cancellation);
            await Task.WhenAll(output, error);
            if (process.ExitCode == 0)
            {
                break; // it was done before it could be killed
            }

            killed++;
        }

        return killed;
    }
}
