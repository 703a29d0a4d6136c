using GpuSampling.Sampling;

namespace GpuSampling.TestSupport.EngineSuite;

/// <summary>Every sampler, by name, with options that keep a test short.</summary>
internal static class SuiteSamplers
{
    /// <summary>The names.</summary>
    public static string[] Names { get; } = ["hmc-dense", "rwm", "rwm-diagonal", "chees", "snaper", "nuts", "nuts-dense", "mala", "barker", "mams", "nuts-fisher", "hmc-low-rank", "meads", "stretch", "walk", "de", "slice", "elliptical-slice", "tempering", "sgld", "sghmc", "snooker", "ensemble-slice", "mams-low-rank", "meads-diagonal"];

    /// <summary>A number of chains that fills no pack evenly, or for ensembles a number of whole ones.</summary>
    public static int ChainCount(string name) => name is "stretch" or "walk" or "de" or "snooker" or "ensemble-slice" ? 72 : 45;

    /// <summary>The sampler of a name.</summary>
    public static Sampler Find(string name) => name switch
    {
        "hmc-dense" => new HamiltonianMonteCarloSampler(new() { MaximumLeapfrogCount = 50, Metric = MetricKind.Dense }),
        "rwm" => new RandomWalkMetropolisSampler(),
        "rwm-diagonal" => new RandomWalkMetropolisSampler(new() { Metric = MetricKind.Diagonal }),
        "chees" => new CheesSampler(new() { MaximumLeapfrogCount = 50, Metric = MetricKind.Diagonal }),
        "snaper" => new SnaperSampler(new() { MaximumLeapfrogCount = 50 }),
        "mams-low-rank" => new MicrocanonicalSampler(new() { MaximumLeapfrogCount = 50, Metric = MetricKind.LowRank }),
        "nuts" => new NoUTurnSampler(new() { MaximumTreeDepth = 6, Metric = MetricKind.Diagonal }),
        "nuts-dense" => new NoUTurnSampler(new() { MaximumTreeDepth = 6, Metric = MetricKind.Dense }),
        "mala" => new LangevinSampler(new() { Metric = MetricKind.Diagonal }),
        "barker" => new BarkerSampler(),
        "mams" => new MicrocanonicalSampler(new() { MaximumLeapfrogCount = 50 }),
        "nuts-fisher" => new NoUTurnSampler(new() { MaximumTreeDepth = 6, Metric = MetricKind.Fisher }),
        "hmc-low-rank" => new HamiltonianMonteCarloSampler(new() { MaximumLeapfrogCount = 50, Metric = MetricKind.LowRank }),
        "meads" => new MeadsSampler(),
        "meads-diagonal" => new MeadsSampler(new() { Metric = MetricKind.Diagonal }),
        "stretch" => new StretchSampler(new() { WalkersPerEnsemble = 24 }),
        "walk" => new WalkSampler(new() { SubsetSize = 5 }),
        "de" => new DifferentialEvolutionSampler(new() { WalkersPerEnsemble = 24, SnookerProbability = 0.3 }),
        "slice" => new SliceSampler(),
        "elliptical-slice" => new EllipticalSliceSampler(),
        "tempering" => new TemperingSampler(new() { LevelCount = 5, MaximumLeapfrogCount = 20 }),
        "sgld" => new StochasticLangevinSampler(new() { MinibatchSize = 10, BlockLength = 3, StepSizeDecay = 0.4, UsesControlVariates = false }),
        "sghmc" => new StochasticHamiltonianSampler(new() { MinibatchSize = 10, BlockLength = 4 }),
        "snooker" => new SnookerSampler(new() { WalkersPerEnsemble = 24 }),
        "ensemble-slice" => new EnsembleSliceSampler(new() { WalkersPerEnsemble = 24 }),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"Allowed: {string.Join(", ", Names)}."),
    };
}
