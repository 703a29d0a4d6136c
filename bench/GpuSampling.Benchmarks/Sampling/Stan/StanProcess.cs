using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using GpuSampling.Diagnostics;

namespace GpuSampling.Benchmarks.Sampling.Stan;

/// <summary>What a run came to, of either side.</summary>
/// <param name="Summary">The draws' diagnostics, by this library's code for both.</param>
/// <param name="WarmupSeconds">The time of the warm-up.</param>
/// <param name="SamplingSeconds">The time of the draws after it.</param>
internal sealed record MeasuredRun(DiagnosticsSummary Summary, double WarmupSeconds, double SamplingSeconds)
{
    public double EffectiveSize => Summary.SmallestBulkEffectiveSize;

    public double PerSecond => EffectiveSize / SamplingSeconds;

    public double PerSecondWithWarmup => EffectiveSize / (WarmupSeconds + SamplingSeconds);
}

/// <summary>Runs stan.R in a process of its own.</summary>
internal sealed class StanProcess(string script, string folder)
{
    /// <summary>Compiles a model unless that was done before; returns Stan's version.</summary>
    public string Compile(string model) => Run("compile", model, folder).Trim();

    /// <summary>Samples with Stan's defaults: NUTS, a diagonal metric, target acceptance 0.8.</summary>
    /// <remarks>
    /// Times are those that Stan itself states for its chains, without starting R, reading data or storing draws; chains that share
    /// a core follow each other, so that a run takes as long as its cores on average.
    /// </remarks>
    public MeasuredRun Sample(StanCase one, int chains, int cores, int warmup, int draws, int seed)
    {
        one.WriteData(Path.Combine(folder, one.Name + ".data.bin"));
        Run([
            "sample", one.StanModel, folder, one.Name,
            .. ((int[])[chains, cores, warmup, draws, seed]).Select(value => value.ToString(CultureInfo.InvariantCulture)),
        ]);
        string[] lines = File.ReadAllLines(Path.Combine(folder, one.Name + ".draws.txt"));
        double[][] times =
        [
            .. lines.Skip(1).Take(chains).Select(line => line.Split(' ').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
        ];
        string[] names = lines[(1 + chains)..];
        double[] values = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(folder, one.Name + ".draws.bin"))).ToArray();
        DiagnosticsSummary summary = DiagnosticsSummary.Compute(new DrawArray<double>(values, names, chains));

        // All cores get equally many chains.
        return new MeasuredRun(summary, times.Sum(time => time[0]) / cores, times.Sum(time => time[1]) / cores);
    }

    private string Run(params string[] arguments)
    {
        ProcessStartInfo start = new("Rscript", [script, .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"Rscript {string.Join(' ', start.ArgumentList)} ended with code {process.ExitCode}.");
    }
}
