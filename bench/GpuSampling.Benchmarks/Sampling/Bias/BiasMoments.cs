using System.Globalization;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling.Bias;

/// <summary>
/// Moments of a target by a long run in 64 bits: writes <c>NAME.moments.txt</c> with E x², Var x², E x, and the standard error of E x²
/// in standard deviations of x², from the spread of the means of 128 chains.
/// </summary>
internal static class BiasMoments
{
    private const int ChainCount = 128;

    /// <param name="name">The target.</param>
    /// <param name="folder">The folder of its data, where the file is written.</param>
    /// <param name="draws">Draws of each chain; null: 4000.</param>
    public static int Run(string? name, string? folder, string? draws)
    {
        if (name is null || folder is null || BiasTarget.PosteriorOf(name, folder) is not { } posterior)
        {
            Console.Error.WriteLine("bias-moments TARGET FOLDER [DRAWS]: there is no such target, or its data are missing.");
            return 2;
        }

        int count = posterior.OutputLabels.Length;
        double[] first = new double[count], second = new double[count * ChainCount], fourth = new double[count];
        RunOptions run = new() { ChainCount = ChainCount, WarmupCount = 1000, DrawCount = int.Parse(draws ?? "4000", CultureInfo.InvariantCulture), Seed = 2 };
        using SimdEngine engine = new();
        new NoUTurnSampler(new() { TargetAcceptance = 0.9 }).Sample(posterior, run, engine, new DrawCallback<double>(view =>
        {
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> row = view[DrawRows.Outputs + i];
                for (int chain = 0; chain < ChainCount; chain++)
                {
                    double square = row[chain] * row[chain];
                    first[i] += row[chain];
                    second[(i * ChainCount) + chain] += square;
                    fourth[i] += square * square;
                }
            }
        }));
        double size = (double)run.DrawCount * ChainCount;
        using StreamWriter file = new(Path.Combine(folder, $"{name}.moments.txt"));
        for (int i = 0; i < count; i++)
        {
            double[] means = [.. second.AsSpan(i * ChainCount, ChainCount).ToArray().Select(sum => sum / run.DrawCount)];
            double mean = means.Average(), variance = (fourth[i] / size) - (mean * mean);
            double error = Math.Sqrt(means.Sum(one => (one - mean) * (one - mean)) / (ChainCount * (ChainCount - 1.0)) / variance);
            file.WriteLine(FormattableString.Invariant($"{mean:R} {variance:R} {first[i] / size:R} {error:0.00000}"));
        }

        return 0;
    }
}
