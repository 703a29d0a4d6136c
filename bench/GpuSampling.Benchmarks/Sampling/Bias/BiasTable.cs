using System.Globalization;
using GpuSampling.Engines;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling.Bias;

/// <summary>
/// Gradients that a chain takes, after its warm-up, until its estimates of second moments are good: the requirement's table beside the
/// numbers that sampler-benchmarks publishes.
/// </summary>
internal static class BiasTable
{
    /// <param name="chosen">Only targets whose name has this; null or <c>all</c>: all.</param>
    /// <param name="samplers">Samplers instead of the targets' own, separated by commas; null or <c>all</c>: the targets' own.</param>
    /// <param name="folder">The data and moments that are not computed here: see <see cref="BiasTarget"/>.</param>
    /// <param name="minutes">How long a run may take, the warm-up included; null: as long as it takes.</param>
    public static int Run(string? chosen, string? samplers, string? folder, string? minutes)
    {
        Console.WriteLine("| target | sampler | gradients a chain, worst parameter | average parameter | warm-up | gradients a transition | mean acceptance | divergent, % | hardest parameter | error of the mean over chains, sd |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach ((string name, Func<BiasTarget?> make) in BiasTarget.All(folder))
        {
            if (chosen is not null and not "all" && !name.Contains(chosen, StringComparison.Ordinal))
            {
                continue;
            }

            if (make() is not { } target)
            {
                Console.WriteLine($"| {name} | skipped: its data or moments are not in the folder named after the command | | | | | | | | |");
                continue;
            }

            foreach (string words in samplers is null or "all" ? target.Samplers : samplers.Split(','))
            {
                Console.WriteLine(Row(target, new BiasSampler(words), minutes));
            }
        }

        return 0;
    }

    private static string Row(BiasTarget target, BiasSampler sampler, string? minutes)
    {
        BiasErrors errors = new(target.Squares, target.Variances, target.ChainCount);
        using CancellationTokenSource settled = minutes is null ? new() : new(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)));
        using SimdEngine engine = new();
        RunOptions run = new()
        {
            ChainCount = target.ChainCount,
            WarmupCount = target.WarmupCount * sampler.Thinning,
            DrawCount = target.DrawCount,
            Thinning = sampler.Thinning,
            Seed = 1,
            Starts = target.Starts,
        };
        SamplingResult result = sampler.Sampler.Sample(
            target.Posterior,
            run,
            engine,
            new DrawCallback<float>(view =>
            {
                errors.Add(view);
                if (errors.IsSettled)
                {
                    settled.Cancel();
                }
            }),
            cancellationToken: settled.Token);
        double gradients = result.GradientCount / ((double)target.ChainCount * result.DrawCount);
        (int hardest, double pooled) = errors.Pooled();
        string label = target.Posterior.OutputLabels[target.Posterior.OutputLabels.Length - target.Squares.Length + hardest];
        double divergent = 100.0 * result.DivergenceCount / ((double)target.ChainCount * result.DrawCount * sampler.Thinning);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {target.Name} | {sampler.Words} | {Count(errors.Worst)} | {Count(errors.Average)} | {result.WarmupGradientCount / target.ChainCount:N0} | {gradients / sampler.Thinning:0.0} | {result.MeanAcceptance:0.00} | {divergent:0.##} | {label} | {pooled:0.000} |");

        string Count(int draw) => draw == 0
            ? string.Create(CultureInfo.InvariantCulture, $"not within {result.DrawCount * gradients:N0} (b² {errors.Final:0.0000})")
            : (draw * gradients).ToString("N0", CultureInfo.InvariantCulture);
    }
}
