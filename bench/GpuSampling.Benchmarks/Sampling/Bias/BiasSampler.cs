using System.Globalization;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling.Bias;

/// <summary>
/// A sampler and options of it in words: a name, then, after colons, a metric (<c>dense</c>, <c>low-rank</c>, <c>fisher</c>, <c>identity</c>),
/// <c>accept=</c>, <c>length=</c> (of trajectories), <c>factor=</c> (of MEADS's steps), <c>levels=</c> and <c>scale=</c> (of tempering),
/// <c>thin=</c>.
/// </summary>
internal sealed class BiasSampler
{
    private readonly Dictionary<string, string> settings;
    private readonly MetricKind metric;

    /// <summary>Reads the words.</summary>
    public BiasSampler(string words)
    {
        string[] parts = words.Split(':');
        Words = words.Replace(":", ", ", StringComparison.Ordinal).Replace("low-rank", "low-rank metric", StringComparison.Ordinal).Replace("dense", "dense metric", StringComparison.Ordinal);
        settings = parts.Skip(1).Where(part => part.Contains('=', StringComparison.Ordinal)).ToDictionary(part => part.Split('=')[0], part => part.Split('=')[1]);
        metric = parts.Contains("dense") ? MetricKind.Dense : parts.Contains("low-rank") ? MetricKind.LowRank : parts.Contains("fisher") ? MetricKind.Fisher : parts.Contains("identity") ? MetricKind.Identity : MetricKind.Diagonal;
        Thinning = (int)(Number("thin") ?? 1);
        double? length = Number("length");
        Sampler = parts[0] switch
        {
            "nuts" => new NoUTurnSampler(With(new NoUTurnOptions())),
            "hmc" => new HamiltonianMonteCarloSampler(With(new HamiltonianMonteCarloOptions { PathLength = length ?? 2 })),
            "mams" => new MicrocanonicalSampler(With(new MicrocanonicalOptions { TrajectoryLength = length })),
            "snaper" => new SnaperSampler(With(new SnaperOptions { TrajectoryLength = length })),
            "chees" => new CheesSampler(With(new CheesOptions { TrajectoryLength = length })),
            "meads" => new MeadsSampler(new MeadsOptions { StepSizeFactor = Number("factor") ?? 0.5 }),
            "slice" => new SliceSampler(),
            "tempering" => new TemperingSampler(new TemperingOptions
            {
                LevelCount = (int)(Number("levels") ?? 8), ReferenceScale = Number("scale") ?? 10, PathLength = length ?? 2, TargetAcceptance = Number("accept") ?? 0.8,
            }),
            _ => throw new ArgumentException($"There is no sampler {parts[0]} here."),
        };
    }

    /// <summary>What stands in the table.</summary>
    public string Words { get; }

    /// <summary>The sampler.</summary>
    public Sampler Sampler { get; }

    /// <summary>Transitions for each draw.</summary>
    public int Thinning { get; }

    private double? Number(string name) => settings.TryGetValue(name, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private T With<T>(T options)
        where T : AdaptiveOptions =>
        (T)((AdaptiveOptions)options with { Metric = metric, TargetAcceptance = Number("accept") ?? options.TargetAcceptance });
}
