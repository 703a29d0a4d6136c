using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using GpuSampling.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling;

/// <summary>
/// The posteriors of posteriordb with several samplers, in 32 and 64 bits: the largest difference of any mean or standard deviation from
/// the reference draws, in standard errors. Errors of our side come from the spread of independent chains, of the other from
/// effective sample sizes.
/// </summary>
internal static class PosteriorTable
{
    private const double Bound = 4;

    public static int Run(string? chosen)
    {
        string? root = GeneratedModels.FindReferences();
        if (root is null)
        {
            Console.WriteLine("The posteriors of posteriordb were not found in ../shared/reference/posteriordb.");
            return 0;
        }

        int rows = 0, numbers = 0, beyond = 0;
        Console.WriteLine("| posterior | sampler | bits | numbers | largest abs z | of | divergences | worst R-hat | density error | s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach ((string data, Func<JsonElement, IModelDefinition> read) in GeneratedModels.Definitions)
        {
            if (!File.Exists(Path.Combine(root, data, "draws.json.zip")) || (chosen is not null && !data.Contains(chosen, StringComparison.Ordinal)))
            {
                continue;
            }

            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, data, "data.json")));
            Posterior posterior = read(json.RootElement).ToPosterior();
            DiagnosticsSummary reference = Reference(Path.Combine(root, data, "draws.json.zip"));
            foreach (Sampler sampler in (Sampler[])[new HamiltonianMonteCarloSampler(), new NoUTurnSampler(), new CheesSampler(), new SnaperSampler(), new MicrocanonicalSampler()])
            {
                Row<float>(data, posterior, sampler, reference);
                Row<double>(data, posterior, sampler, reference);
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{rows} runs, {numbers} numbers, {beyond} beyond {Bound}");
        return 0;

        void Row<TElement>(string data, Posterior posterior, Sampler sampler, DiagnosticsSummary reference)
            where TElement : unmanaged, IConvertible
        {
            long began = Stopwatch.GetTimestamp();
            using SimdEngine engine = new();
            RunOptions run = new() { ChainCount = 128, WarmupCount = 400, DrawCount = 100, Seed = 1 };
            (KeptDraws<TElement> draws, SamplingResult result) = sampler.Sample<TElement>(posterior, run, engine);
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            (double Score, string Name)[] scores = [.. reference.Parameters.Where(one => draws.Labels.Contains(one.Name)).SelectMany(one => Scores(one, draws[one.Name], 128))];
            (double score, string name) = scores.MaxBy(one => one.Score);
            rows++;
            numbers += scores.Length;
            beyond += scores.Count(one => !(one.Score < Bound));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {data} | {sampler.Name} | {8 * System.Runtime.CompilerServices.Unsafe.SizeOf<TElement>()} | {scores.Length} | {score:0.0} | {name} | {result.DivergenceCount} | {result.Summarize(draws).LargestRHat:0.000} | {result.DensityError:G2} | {seconds:0.0} |"));
        }
    }

    /// <summary>Ten chains of a thousand draws of each parameter.</summary>
    private static DiagnosticsSummary Reference(string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(file);
        using Stream stream = archive.Entries[0].Open();
        Dictionary<string, double[]>[] chains = JsonSerializer.Deserialize<Dictionary<string, double[]>[]>(stream)!;
        string[] names = [.. chains[0].Keys];
        double[] values =
        [
            .. names.SelectMany(name => ParameterDraws<double>.FromChainMajor([.. chains.SelectMany(chain => chain[name])], chains.Length).Values.ToArray()),
        ];
        return DiagnosticsSummary.Compute(new DrawArray<double>(values, names, chains.Length));
    }

    private static IEnumerable<(double Score, string Name)> Scores<TElement>(ParameterSummary reference, ReadOnlySpan<TElement> draws, int chainCount)
        where TElement : unmanaged, IConvertible
    {
        double[] values = new double[draws.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = draws[i].ToDouble(CultureInfo.InvariantCulture);
        }

        (double mean, double meanError) = OfChains(values, chainCount);
        (double variance, double varianceError) = OfChains([.. values.Select(value => (value - mean) * (value - mean))], chainCount);
        double deviation = Math.Sqrt(variance);
        return
        [
            (Math.Abs(mean - reference.Mean) / double.Hypot(meanError, reference.MeanError), $"mean of {reference.Name}"),
            (Math.Abs(deviation - reference.StandardDeviation) / double.Hypot(varianceError / (2 * deviation), reference.StandardDeviationError), $"sd of {reference.Name}"),
        ];
    }

    /// <summary>The mean and its standard error, by the means of the chains.</summary>
    private static (double Mean, double Error) OfChains(double[] values, int chainCount)
    {
        double[] means = new double[chainCount];
        for (int i = 0; i < values.Length; i++)
        {
            means[i % chainCount] += values[i] * chainCount / values.Length;
        }

        double mean = means.Average();
        return (mean, Math.Sqrt(means.Sum(one => (one - mean) * (one - mean)) / (chainCount - 1) / chainCount));
    }
}
