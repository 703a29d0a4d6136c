using System.Collections.Immutable;
using GpuSampling.Engines;
using GpuSampling.Kernels.Ensembles;
using GpuSampling.Kernels.Models;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// A sampler whose chains are walkers that propose by one another's positions: no gradient, and nothing to tune, for a change of
/// variables that is linear changes nothing. Best for few parameters, about twenty at most.
/// </summary>
/// <remarks>
/// The two halves of an ensemble move in turn, each given the other. An ensemble is one unit of work: a run whose walkers do not fit the
/// engine's memory together is refused, with <see cref="InsufficientEngineMemoryException"/>, rather than split.
/// </remarks>
public abstract class EnsembleSampler : Sampler
{
    private protected EnsembleSampler()
    {
    }

    /// <summary>What ensembles have in common.</summary>
    private protected abstract EnsembleOptions Common { get; }

    internal override bool ChainsAreCoupled => true;

    internal override bool NeedsDistinctStarts => true;

    // Walkers that start at one point, or in a plane, never leave it.
    internal override ChainStarts DefaultStarts => new PathfinderStarts { IsOptional = true, AreApart = true };

    /// <summary>The fewest walkers of an ensemble.</summary>
    private protected virtual int LeastWalkers(int dimension) => 2 * (dimension + 1);

    internal override void Check(Posterior posterior, RunOptions run)
    {
        int walkers = Common.WalkersPerEnsemble ?? run.ChainCount;
        int least = LeastWalkers(posterior.Dimension);
        if (walkers < least || walkers % 2 != 0 || run.ChainCount % walkers != 0 || run.ChainCount > EnsembleRows.MostChains)
        {
            throw new ArgumentException(
                $"An ensemble of {walkers} walkers in a run of {run.ChainCount} chains was asked for; allowed with the {posterior.Dimension} parameters of {posterior.Name} are even numbers from {least} on that divide the number of chains, and at most {EnsembleRows.MostChains} chains.",
                nameof(run));
        }
    }

    /// <summary>The program of a move.</summary>
    private protected SamplerProgram With<TModel, TMove>(
        Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision, TMove move, double scale)
        where TModel : struct, IModel
        where TMove : struct, IEnsembleMove => With(
            new EnsembleMoveChains<TModel, TMove>(posterior, run, engine, precision, move, Common.WalkersPerEnsemble ?? run.ChainCount),
            engine,
            scale);

    /// <summary>The program of walkers.</summary>
    private protected SamplerProgram With(EnsembleChains chains, Engine engine, double scale) => new Program(chains, engine, Common.InitialRadius, scale);

    private sealed class Program(EnsembleChains chains, Engine engine, double initialRadius, double scale) : SamplerProgram(chains)
    {
        public override double InitialRadius => initialRadius;

        public override double StepSize => scale;

        public override ImmutableArray<double> Scales { get; } = [.. Enumerable.Repeat(1.0, chains.Dimension)];

        public override void Warmup(RunControl control)
        {
            chains.Place(engine);
            MoveOn(control);
        }

        protected override void WriteSettings(int firstTransition, int count)
        {
        }
    }
}

/// <summary>The stretch move of Goodman and Weare (2010), as emcee has it.</summary>
public sealed class StretchSampler : EnsembleSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes; null: the defaults.</param>
    public StretchSampler(StretchOptions? options = null) => Options = options ?? new StretchOptions();

    /// <summary>How it proposes.</summary>
    public StretchOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "stretch";

    private protected override EnsembleOptions Common => Options;

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision) =>
        With(posterior, run, engine, precision, new StretchMove { Scale = Options.Scale }, Options.Scale);
}

/// <summary>The walk move of Goodman and Weare (2010).</summary>
public sealed class WalkSampler : EnsembleSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes; null: the defaults.</param>
    public WalkSampler(WalkOptions? options = null) => Options = options ?? new WalkOptions();

    /// <summary>How it proposes.</summary>
    public WalkOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "walk";

    private protected override EnsembleOptions Common => Options;

    private protected override int LeastWalkers(int dimension) => Math.Max(base.LeastWalkers(dimension), 2 * Options.SubsetSize);

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision) =>
        With(posterior, run, engine, precision, new WalkMove { SubsetSize = Options.SubsetSize }, 1);
}

/// <summary>Differential evolution with snooker updates: ter Braak (2006); ter Braak and Vrugt (2008).</summary>
public sealed class DifferentialEvolutionSampler : EnsembleSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes; null: the defaults.</param>
    /// <exception cref="ArgumentException">The probabilities of the options add up to more than 1.</exception>
    public DifferentialEvolutionSampler(DifferentialEvolutionOptions? options = null)
    {
        Options = options ?? new DifferentialEvolutionOptions();
        if (Options.JumpProbability + Options.SnookerProbability > 1)
        {
            throw new ArgumentException(
                $"{nameof(Options.JumpProbability)} {Options.JumpProbability} and {nameof(Options.SnookerProbability)} {Options.SnookerProbability} add up to more than 1.",
                nameof(options));
        }
    }

    /// <summary>How it proposes.</summary>
    public DifferentialEvolutionOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "de";

    private protected override EnsembleOptions Common => Options;

    private protected override int LeastWalkers(int dimension) => Math.Max(base.LeastWalkers(dimension), 6);

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        double scale = Options.Scale ?? (2.38 / Math.Sqrt(2.0 * posterior.Dimension));
        DifferentialEvolutionMove move = new()
        {
            Scale = scale,
            NoiseScale = Options.NoiseScale,
            JumpProbability = Options.JumpProbability,
            SnookerProbability = Options.SnookerProbability,
        };
        return With(posterior, run, engine, precision, move, scale);
    }
}

/// <summary>The snooker update alone: walkers move along lines to others by differences of a further two. Ter Braak and Vrugt (2008).</summary>
public sealed class SnookerSampler : EnsembleSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">The ensembles; null: the defaults.</param>
    public SnookerSampler(SnookerOptions? options = null) => Options = options ?? new SnookerOptions();

    /// <summary>The ensembles.</summary>
    public SnookerOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "snooker";

    private protected override EnsembleOptions Common => Options;

    private protected override int LeastWalkers(int dimension) => Math.Max(base.LeastWalkers(dimension), 6);

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision) =>
        With(posterior, run, engine, precision, new DifferentialEvolutionMove { SnookerProbability = 1 }, 1.7);
}

/// <summary>
/// Ensemble slice sampling: walkers are sliced along differences of others, in a share of the steps along lines from others; no rejection,
/// nothing to tune. Karamanis and Beutler (2021).
/// </summary>
/// <remarks>The acceptance reported is one over the number of densities evaluated.</remarks>
public sealed class EnsembleSliceSampler : EnsembleSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it finds intervals; null: the defaults.</param>
    public EnsembleSliceSampler(EnsembleSliceOptions? options = null) => Options = options ?? new EnsembleSliceOptions();

    /// <summary>How it finds intervals.</summary>
    public EnsembleSliceOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "ensemble-slice";

    private protected override EnsembleOptions Common => Options;

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision) => With(
        new EnsembleSliceChains<TModel>(posterior, run, engine, precision, Options, Common.WalkersPerEnsemble ?? run.ChainCount),
        engine,
        Options.Scale);
}
