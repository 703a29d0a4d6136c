using System.Diagnostics;
using System.Globalization;
using GpuSampling.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Models;
using GpuSampling.Random;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling;

/// <summary>
/// What a transition of one chain costs as chains grow in number, and how long the diagnostics of very many draws take. Best of
/// several runs by turns.
/// </summary>
internal static class ManyChains
{
    private const int Repetitions = 5;

    public static int Run(string? part)
    {
        if (part == "diagnostics")
        {
            Diagnose();
            return 0;
        }

        int[] counts = [.. Enumerable.Range(0, 7).Select(power => 16 << (2 * power))];
        Console.WriteLine($"| posterior | sampler | bits | {string.Join(" | ", counts.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)))} |");
        Console.WriteLine($"|---|---|---|{string.Concat(counts.Select(_ => "---|"))}");
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double])
        {
            // Fixed settings, so that every run does the same for each chain.
            Ladder("hmc", new HamiltonianMonteCarloSampler(new() { StepSize = 0.3, Scales = [.. Enumerable.Repeat(1.0, 10)], PathLength = 2.4 }), precision, counts);
            Ladder("nuts", new NoUTurnSampler(new() { StepSize = 0.3, Scales = [.. Enumerable.Repeat(1.0, 10)] }), precision, counts);
        }

        Console.WriteLine();
        Diagnose();
        return 0;
    }

    private static void Ladder(string name, Sampler sampler, Precision precision, int[] counts)
    {
        double[] best = [.. counts.Select(_ => double.PositiveInfinity)];
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            for (int i = 0; i < counts.Length; i++)
            {
                // About two million transitions, and so many of each chain that what comes once a run or draw does not count.
                int draws = Math.Clamp((1 << 21) / counts[i], 256, 1 << 14);
                double seconds = precision == Precision.Single
                    ? Seconds(new DrawCallback<float>(_ => { }), draws)
                    : Seconds(new DrawCallback<double>(_ => { }), draws);
                best[i] = Math.Min(best[i], seconds / ((double)draws * counts[i]));

                double Seconds<TElement>(DrawSink<TElement> sink, int drawCount)
                    where TElement : unmanaged
                {
                    using SimdEngine engine = new();
                    RunOptions run = new() { ChainCount = counts[i], WarmupCount = 20, DrawCount = 1, Thinning = drawCount, Seed = 1 };
                    return sampler.Sample(EightSchools.Posterior(), run, engine, sink).SamplingTime.TotalSeconds;
                }
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| eight schools | {name} | {(int)precision} | {string.Join(" | ", best.Select(seconds => (1e9 * seconds).ToString("N0", CultureInfo.InvariantCulture)))} |"));
    }

    /// <summary>4,096 chains of 1,000 draws of 25 parameters, autocorrelated 0.5.</summary>
    private static void Diagnose()
    {
        const int chains = 4096, draws = 1000, parameters = 25;
        float[] values = new float[chains * draws * parameters];
        new RandomStream(3).FillNormal(values);
        for (int i = chains; i < values.Length; i++)
        {
            if (i / chains % draws != 0)
            {
                values[i] = (0.5f * values[i - chains]) + (0.8660254f * values[i]);
            }
        }

        DrawArray<float> array = new(values, Enumerable.Range(1, parameters).Select(i => $"x[{i}]"), chains);
        double best = double.PositiveInfinity;
        DiagnosticsSummary? summary = null;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            long began = Stopwatch.GetTimestamp();
            summary = DiagnosticsSummary.Compute(array);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Diagnostics of {chains:N0} chains x {draws:N0} draws x {parameters} parameters: {best:0.00} s; smallest bulk ESS {summary!.SmallestBulkEffectiveSize:N0}, largest R-hat {summary.LargestRHat:0.0000}"));
    }
}
