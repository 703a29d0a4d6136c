using System.Globalization;
using GpuSampling.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling.Stan;

/// <summary>
/// Stan (rstan) and this library on the same posteriors in the same run, by turns, each on both cores: the smallest bulk effective
/// sample size of all parameters per second, both by this library's code. Compiling is left out on both sides.
/// </summary>
internal static class StanComparison
{
    private const int Repetitions = 3;

    public static int Run(string? chosen)
    {
        string folder = Path.Combine(Path.GetTempPath(), "gpusampling-stan");
        Directory.CreateDirectory(folder);
        string? script = FindUpwards(Path.Combine("bench", "stan.R"));
        if (script is null)
        {
            Console.WriteLine("bench/stan.R was not found above the program's folder: run this from a checkout.");
            return 1;
        }

        StanProcess stan = new(script, folder);
        StanCase[] cases =
        [
            .. StanCase.All(FindUpwards(Path.Combine("shared", "reference", "inference-gym", "german.data-numeric")))
                .Where(one => chosen is null || one.Name.StartsWith(chosen, StringComparison.Ordinal)),
        ];
        string version = cases.Select(one => stan.Compile(one.StanModel)).ToArray()[^1];
        Console.WriteLine($"Stan {version}; {Environment.ProcessorCount} cores; medians of {Repetitions} runs by turns, seeds 1 to {Repetitions}");
        foreach (StanCase one in cases)
        {
            Console.WriteLine();
            Console.WriteLine($"{one.Name}, {one.Posterior.Dimension} parameters");
            Console.WriteLine();
            Console.WriteLine("| program | bits | chains | warm-up + draws | smallest bulk ESS | worst R-hat | warm-up, s | sampling, s | ESS/s | times Stan | ESS/s with warm-up | times Stan | largest z of means |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
            Compare(one, stan, chains: 4, cores: 2, Contenders(one));
            Compare(one, stan, chains: 1, cores: 1, OneChain());
        }

        return 0;
    }

    /// <summary>The default for many chains, and Stan's own algorithm.</summary>
    private static IEnumerable<Contender> Contenders(StanCase one)
    {
        RunOptions run = new() { ChainCount = one.ChainCount, WarmupCount = 300, DrawCount = one.DrawCount };
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double])
        {
            yield return new("snaper", new SnaperSampler(), precision, run, 2);
            yield return new("nuts", new NoUTurnSampler(), precision, run, 2);
        }
    }

    private static IEnumerable<Contender> OneChain()
    {
        RunOptions one = new() { ChainCount = 1, WarmupCount = 1000, DrawCount = 1000 };
        yield return new("nuts", new NoUTurnSampler(), Precision.Single, one, 1);
        yield return new("nuts", new NoUTurnSampler(), Precision.Double, one, 1);
    }

    private static void Compare(StanCase one, StanProcess stan, int chains, int cores, IEnumerable<Contender> contenders)
    {
        Contender[] ours = [.. contenders];
        List<MeasuredRun> theirs = [];
        List<MeasuredRun>[] runs = [.. ours.Select(_ => new List<MeasuredRun>())];
        foreach (Contender contender in ours)
        {
            // The first run of a kernel compiles it.
            contender.Sample(one, seed: 99, shortened: true);
        }

        for (int seed = 1; seed <= Repetitions; seed++)
        {
            theirs.Add(stan.Sample(one, chains, cores, 1000, 1000, seed));
            for (int i = 0; i < ours.Length; i++)
            {
                runs[i].Add(ours[i].Sample(one, (ulong)seed));
            }
        }

        Print("stan nuts", 64, chains, "1000 + 1000", theirs, theirs);
        for (int i = 0; i < ours.Length; i++)
        {
            RunOptions run = ours[i].Run;
            Print(ours[i].Name, (int)ours[i].Precision, run.ChainCount, $"{run.WarmupCount} + {run.DrawCount}", runs[i], theirs);
        }
    }

    private static void Print(string name, int bits, int chains, string length, List<MeasuredRun> runs, List<MeasuredRun> stan)
    {
        double rate = Median(runs, run => run.PerSecond), withWarmup = Median(runs, run => run.PerSecondWithWarmup);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {bits} | {chains} | {length} | {Median(runs, run => run.EffectiveSize):N0} | {runs.Max(run => run.Summary.LargestRHat):0.000} | {Median(runs, run => run.WarmupSeconds):0.000} | {Median(runs, run => run.SamplingSeconds):0.000} | {rate:N0} | {rate / Median(stan, run => run.PerSecond):0.0} | {withWarmup:N0} | {withWarmup / Median(stan, run => run.PerSecondWithWarmup):0.0} | {LargestDifference(runs[0].Summary, stan[0].Summary):0.0} |"));
    }

    private static double Median(List<MeasuredRun> runs, Func<MeasuredRun, double> value) => runs.Select(value).Order().ElementAt(runs.Count / 2);

    /// <summary>The largest difference of two runs' means in standard errors: that both sample the same posterior.</summary>
    private static double LargestDifference(DiagnosticsSummary one, DiagnosticsSummary other) => one.Parameters.Max(
        parameter => other.Parameters.Where(theirs => theirs.Name == parameter.Name).Max(
            theirs => Math.Abs(parameter.Mean - theirs.Mean) / double.Hypot(parameter.MeanError, theirs.MeanError)));

    private static string? FindUpwards(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>One of this library's runs.</summary>
    private sealed record Contender(string Name, Sampler Sampler, Precision Precision, RunOptions Run, int ThreadCount)
    {
        public MeasuredRun Sample(StanCase one, ulong seed, bool shortened = false)
        {
            RunOptions run = (shortened ? Run with { WarmupCount = 60, DrawCount = 30 } : Run) with { Seed = seed };
            return Precision == Precision.Single ? Sample<float>(one, run) : Sample<double>(one, run);
        }

        private MeasuredRun Sample<TElement>(StanCase one, RunOptions run)
            where TElement : unmanaged
        {
            using SimdEngine engine = new(threadCount: ThreadCount);
            (KeptDraws<TElement> draws, SamplingResult result) = Sampler.Sample<TElement>(one.Posterior, run, engine);
            return new MeasuredRun(result.Summarize(draws), result.WarmupTime.TotalSeconds, result.SamplingTime.TotalSeconds);
        }
    }
}
