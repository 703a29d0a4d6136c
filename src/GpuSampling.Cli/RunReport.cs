using System.Globalization;
using GpuSampling.Diagnostics;
using GpuSampling.Interchange;
using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary>The run's figures below the table: times, rates, what was adapted, and the hash of the draws where they were kept.</summary>
internal sealed record RunReport
{
    public string? DrawHash { get; init; }

    public required double WarmupSeconds { get; init; }

    public required double SamplingSeconds { get; init; }

    public required double GradientsPerSecond { get; init; }

    public double SmallestEffectiveSizePerSecond { get; init; } = double.NaN;

    public required double StepSize { get; init; }

    public required MetricKind? Metric { get; init; }

    public required double MeanAcceptance { get; init; }

    public required double EvaluationsPerTransition { get; init; }

    public required IReadOnlyList<KeyValuePair<string, double>> Adapted { get; init; }

    public required int BatchCount { get; init; }

    public static RunReport Of<TElement>(SamplingResult result, DiagnosticsSummary summary, KeptDraws<TElement> draws)
        where TElement : unmanaged => Of(result) with
        {
            DrawHash = Interchange.DrawHash.Of(draws),
            SmallestEffectiveSizePerSecond =
                Math.Min(summary.SmallestBulkEffectiveSize, summary.SmallestTailEffectiveSize) / result.SamplingTime.TotalSeconds,
        };

    /// <summary>Of a run whose draws were not kept.</summary>
    public static RunReport Of(SamplingResult result) => new()
    {
        WarmupSeconds = result.WarmupTime.TotalSeconds,
        SamplingSeconds = result.SamplingTime.TotalSeconds,
        GradientsPerSecond = result.GradientCount / result.SamplingTime.TotalSeconds,
        StepSize = result.StepSize,
        Metric = result.Metric,
        MeanAcceptance = result.MeanAcceptance,
        EvaluationsPerTransition = (double)result.GradientCount / result.TransitionCount,
        Adapted = result.Adapted,
        BatchCount = result.BatchCount,
    };

    public void Write(TextWriter output)
    {
        Line(output, $"warm-up {WarmupSeconds:0.00} s, sampling {SamplingSeconds:0.00} s; {GradientsPerSecond:0.000E+0} gradients/s{(double.IsNaN(SmallestEffectiveSizePerSecond) ? "" : FormattableString.Invariant($", smallest ESS/s {SmallestEffectiveSizePerSecond:0.000E+0}"))}");
        Line(output, $"step size {StepSize:0.####}{(Metric is { } metric ? $", {metric.ToString().ToLowerInvariant()} metric" : "")}, {EvaluationsPerTransition:0.0} evaluations per transition, mean acceptance {MeanAcceptance:0.000}");
        foreach ((string name, double value) in Adapted)
        {
            Line(output, $"{name.Replace('_', ' ')} {value:0.####}");
        }

        if (BatchCount > 1)
        {
            Line(output, $"the chains did not fit the engine's memory and ran in {BatchCount} batches; the draws are the same");
        }

        if (DrawHash is not null)
        {
            Line(output, $"draws sha256 {DrawHash}");
        }
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
