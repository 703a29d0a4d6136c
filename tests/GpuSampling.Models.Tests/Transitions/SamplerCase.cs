using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>
/// A sampler with fixed settings under which it rejects often, for tests of one transition, and with its defaults, for whole runs.
/// </summary>
internal sealed record SamplerCase(Sampler Fixed, Sampler Adaptive)
{
    /// <summary>The names, as the command has them.</summary>
    public static TheoryData<string> Names => ["rwm", "chees", "snaper", "nuts", "mala", "barker", "mams", "meads"];

    /// <summary>Those that are in detailed balance.</summary>
    public static TheoryData<string> Reversible => [.. Names.Where(row => row.Data != "meads")];

    /// <summary>The sampler of a name.</summary>
    public static SamplerCase Find(string name) => name switch
    {
        "rwm" => new(
            new RandomWalkMetropolisSampler(new() { StepSize = 2.2, Scales = [1.0] }),
            new RandomWalkMetropolisSampler()),
        "chees" => new(
            new CheesSampler(new() { StepSize = 1.5, Scales = [1.0], TrajectoryLength = 6 }),
            new CheesSampler()),
        "snaper" => new(
            new SnaperSampler(new() { StepSize = 1.2, Scales = [1.0], TrajectoryLength = 5 }),
            new SnaperSampler()),
        "nuts" => new(
            new NoUTurnSampler(new() { StepSize = 1.2, Scales = [1.0] }),
            new NoUTurnSampler()),
        "mala" => new(
            new LangevinSampler(new() { StepSize = 1.4, Scales = [1.0] }),
            new LangevinSampler()),
        "barker" => new(
            new BarkerSampler(new() { StepSize = 2, Scales = [1.0] }),
            new BarkerSampler()),
        "mams" => new(
            new MicrocanonicalSampler(new() { StepSize = 2.2, Scales = [1.0, 1.0], TrajectoryLength = 6 }),
            new MicrocanonicalSampler()),
        "meads" => new(new MeadsSampler(), new MeadsSampler()),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Allowed: those of Names."),
    };
}
