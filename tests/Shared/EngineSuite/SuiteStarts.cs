using GpuSampling.Sampling;

namespace GpuSampling.TestSupport.EngineSuite;

/// <summary>Every way to start a chain of eight schools.</summary>
internal static class SuiteStarts
{
    public static string[] Names { get; } = ["given", "adam", "prior", "pathfinder"];

    public static ChainStarts Find(string name) => name switch
    {
        "given" => GivenStarts.At(new Dictionary<string, double[]> { ["theta"] = [28, 8, -3, 7, -1, 1, 18, 12], ["mu"] = [4], ["tau"] = [3] }) with { Jitter = 0.5 },
        "adam" => new AdamStarts { StepCount = 20 },
        "prior" => new PriorStarts(),
        "pathfinder" => new PathfinderStarts { Options = new() { PathCount = 3, DrawsPerPath = 20, EvidenceDraws = 5 } },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"Allowed: {string.Join(", ", Names)}."),
    };
}
