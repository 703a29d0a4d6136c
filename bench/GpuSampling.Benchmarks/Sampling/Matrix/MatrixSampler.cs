using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling.Matrix;

/// <summary>A sampler of the matrix: its options and the size of its runs for a target, or why it does not apply.</summary>
/// <param name="Name">The column.</param>
/// <param name="Make">The sampler, the size of its run, and the chains that depend on one another; or the reason.</param>
internal sealed record MatrixSampler(string Name, Func<ReferenceTarget, MatrixRun> Make)
{
    private const int MostEnsembleParameters = 12;
    private const int TrajectoryCount = 5;

    // Beyond, the metric is diagonal by default, and trajectories and warm-ups are longer.
    private const int FewParameters = 32;

    /// <summary>The columns, the most valuable first.</summary>
    public static MatrixSampler[] All { get; } =
    [
        new("snaper", target => Trajectories(new SnaperSampler(Adapted(new SnaperOptions(), target)), target)),
        new("nuts", target => Trajectories(new NoUTurnSampler(Adapted(new NoUTurnOptions(), target)), target)),
        new("hmc", target => Trajectories(new HamiltonianMonteCarloSampler(Adapted(new HamiltonianMonteCarloOptions(), target)), target)),
        new("chees", target => Trajectories(new CheesSampler(Adapted(new CheesOptions(), target)), target)),
        new("mams", target => Trajectories(new MicrocanonicalSampler(Adapted(new MicrocanonicalOptions(), target)), target)),
        new("meads", target => Steps(new MeadsSampler(), target)),
        new("mala", target => Steps(new LangevinSampler(Adapted(new LangevinOptions(), target)), target)),
        new("barker", target => Steps(new BarkerSampler(Adapted(new BarkerOptions(), target)), target)),
        new("rwm", target => Steps(new RandomWalkMetropolisSampler(), target)),
        new("stretch", target => Ensemble(target, walkers => new StretchSampler(new() { WalkersPerEnsemble = walkers }))),
        new("walk", target => Ensemble(target, walkers => new WalkSampler(new() { WalkersPerEnsemble = walkers }))),
        new("de", target => Ensemble(target, walkers => new DifferentialEvolutionSampler(new() { WalkersPerEnsemble = walkers }))),
        new("ensemble-slice", target => Ensemble(target, walkers => new EnsembleSliceSampler(new() { WalkersPerEnsemble = walkers }))),
        new("snooker", target => Ensemble(target, walkers => new SnookerSampler(new() { WalkersPerEnsemble = walkers }))),
        new("slice", Slice),
        new("elliptical-slice", Elliptical),
        new("tempering", Tempered),
    ];

    /// <summary>The runs of a target in the order of their worth: trajectories in both precisions, the others in 32 bits and then in 64.</summary>
    public static IEnumerable<(MatrixSampler Sampler, int Bits)> InOrder =>
    [
        .. All.Take(TrajectoryCount).SelectMany(sampler => new[] { (sampler, 32), (sampler, 64) }),
        .. All.Skip(TrajectoryCount).Select(sampler => (sampler, 32)),
        .. All.Skip(TrajectoryCount).Select(sampler => (sampler, 64)),
    ];

    /// <summary>
    /// The defaults; where those report divergences, a higher acceptance, as their warning advises: a third of the refusals, or a tenth
    /// for MAMS, as its authors take on the funnel.
    /// </summary>
    private static T Adapted<T>(T options, ReferenceTarget target)
        where T : AdaptiveOptions =>
        target.IsNarrowInItsTails ? (T)((AdaptiveOptions)options with { TargetAcceptance = 1 - ((1 - options.TargetAcceptance) / (options is MicrocanonicalOptions ? 10 : 3)) }) : options;

    private static MatrixRun Trajectories(Sampler sampler, ReferenceTarget target)
    {
        bool isLong = target.Posterior.Dimension > FewParameters;
        return new(sampler, new RunOptions
        {
            ChainCount = 128, WarmupCount = isLong ? 1200 : 400, DrawCount = 100, Thinning = isLong ? 10 : 1, Seed = 1,
        });
    }

    /// <summary>A step or so of a random walk for each draw: many are needed, the more the more parameters there are.</summary>
    private static MatrixRun Steps(Sampler sampler, ReferenceTarget target)
    {
        int dimension = target.Posterior.Dimension, patience = target.IsNarrowInItsTails ? 4 : 1;
        return new(sampler, new RunOptions
        {
            ChainCount = 128, WarmupCount = Math.Max(2000, 150 * dimension), DrawCount = 100, Thinning = patience * Math.Max(20, dimension), Seed = 1,
        });
    }

    private static MatrixRun Ensemble(ReferenceTarget target, Func<int, Sampler> make) =>
        target.Posterior.Dimension > MostEnsembleParameters
            ? new("more than 12 parameters")
            : new(make(32), new RunOptions { ChainCount = 64 * 32, WarmupCount = 2000, DrawCount = 50, Thinning = 20, Seed = 1 }) { Coupled = 32 };

    private static MatrixRun Slice(ReferenceTarget target) =>
        target.Posterior.Dimension > 2 * MostEnsembleParameters
            ? new("more than 24 parameters: each costs several densities")
            : new(new SliceSampler(), new RunOptions { ChainCount = 128, WarmupCount = 1000, DrawCount = 100, Thinning = 10, Seed = 1 });

    private static MatrixRun Elliptical(ReferenceTarget target) => target.NormalPrior is not { } prior
        ? new("no normal prior")
        : new(
            new EllipticalSliceSampler(new() { Mean = [.. prior.Mean], Cholesky = [.. prior.Cholesky] }),
            new RunOptions { ChainCount = 128, WarmupCount = 4000, DrawCount = 100, Thinning = 40, Seed = 1 });

    private static MatrixRun Tempered(ReferenceTarget target) => target.Posterior.Dimension > MostEnsembleParameters
        ? new("one mode and more than 12 parameters")
        : new(new TemperingSampler(), new RunOptions { ChainCount = 128, WarmupCount = 600, DrawCount = 100, Thinning = 2, Seed = 1 });
}

/// <summary>What to run for a cell.</summary>
internal sealed record MatrixRun(Sampler? Sampler, RunOptions Options)
{
    /// <summary>A cell that stays empty.</summary>
    /// <param name="reason">Why.</param>
    public MatrixRun(string reason)
        : this(null, new RunOptions()) => Reason = reason;

    /// <summary>Chains in a row that depend on one another.</summary>
    public int Coupled { get; init; } = 1;

    /// <summary>Why the sampler does not apply.</summary>
    public string Reason { get; } = "";
}
