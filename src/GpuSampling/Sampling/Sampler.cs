using System.Diagnostics.CodeAnalysis;
using GpuSampling.Engines;
using GpuSampling.Kernels.Models;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>A Markov chain Monte Carlo method with its options. Draws are the same bits on every engine.</summary>
/// <remarks>
/// To add a sampler, write four types. (1) A struct that implements <see cref="Kernels.Transitions.ITransition"/>: one transition in
/// lane operations, what own rows of state it keeps, and what extra statistics a draw gets. (2) An options record, derived from
/// <see cref="AdaptiveOptions"/> where step size and scales are adapted. (3) A <see cref="SamplerProgram"/>: what the host does, that
/// is settings before each launch and the adaptation in the warm-up; derive from <see cref="AdaptiveProgram"/> where dual averaging
/// and scales are what is adapted. (4) This class's child, which names the method and makes the program over
/// <see cref="Chains{TModel, TTransition}"/>. Starts, batches, launches, sinks, progress and stopping are written once, in
/// <see cref="SamplerRun{TElement}"/> and <see cref="Chains"/>. Public properties of the sampler and of its options tell runs apart in
/// checkpoints: options that derive from no other record implement <see cref="IRunOptions"/>. Join the list in tests/Shared/EngineSuite.
/// </remarks>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
public abstract class Sampler
{
    /// <summary>What divergences of trajectories mean and what helps.</summary>
    internal const string CommonDivergenceAdvice =
        "estimates may miss where the density bends sharply; raise the target acceptance or reparameterise the model";

    private protected Sampler()
    {
    }

    /// <summary>The method's short name, such as <c>hmc</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The statistics that a draw gets beside log density, energy, acceptance and divergence: names as ArviZ has them.</summary>
    internal virtual System.Collections.Immutable.ImmutableArray<string> StatisticLabels => [];

    /// <summary>
    /// Whether a chain's row of log densities holds that of the model at its position, exact but for rounding: not of a tempered one, of
    /// an estimate from some of the data, or of a state that has more than a position.
    /// </summary>
    internal virtual bool KeepsExactDensity => true;

    /// <summary>What divergences mean and what helps: the end of a sentence that warns of them. It names no option that the sampler lacks.</summary>
    internal virtual string DivergenceAdvice => CommonDivergenceAdvice;

    /// <summary>The number of doublings at which trajectories are cut off; 0 for samplers that do not double.</summary>
    internal virtual int TreeDepthLimit => 0;

    /// <summary>Whether chains move only by what sets them apart.</summary>
    internal virtual bool NeedsDistinctStarts => false;

    /// <summary>Where chains start if the run does not say.</summary>
    internal virtual ChainStarts DefaultStarts => new UniformStarts();

    /// <summary>Whether every transition draws new momenta, so that the energies of a chain tell how it mixes.</summary>
    internal virtual bool RenewsEnergies => false;

    /// <summary>Whether chains influence each other after the warm-up, so that the spread of their means says nothing of errors.</summary>
    internal virtual bool ChainsAreCoupled => false;

    /// <summary>Samples a posterior and keeps every draw.</summary>
    /// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the precision of the whole computation.</typeparam>
    /// <param name="posterior">What to sample.</param>
    /// <param name="run">The size and seed of the run.</param>
    /// <param name="engine">Where to run it.</param>
    /// <param name="progress">Told between launches.</param>
    /// <param name="cancellationToken">
    /// Observed between launches. During the warm-up the run ends with <see cref="OperationCanceledException"/>; later it ends
    /// with the draws made so far, and <see cref="SamplingResult.IsComplete"/> is false. Where the chains take turns in the engine's
    /// memory, those that have not had theirs still make as many draws as the first; not with <see cref="RunOptions.Checkpoint"/>,
    /// where the run ends at once and goes on when it is started again.
    /// </param>
    /// <returns>The draws and what the run came to.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="TElement"/> is neither float nor double, or an option is out of range.</exception>
    /// <exception cref="InitializationException">A chain found no start with a finite density.</exception>
    /// <exception cref="InsufficientEngineMemoryException">Not even 16 chains fit the engine's memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled during the warm-up.</exception>
    /// <exception cref="CheckpointException">The folder of <see cref="RunOptions.Checkpoint"/> cannot be written, or holds something that this run cannot go on from.</exception>
    public (KeptDraws<TElement> Draws, SamplingResult Result) Sample<TElement>(
        Posterior posterior,
        RunOptions run,
        Engine engine,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TElement : unmanaged
    {
        KeptDraws<TElement> draws = new();
        return (draws, Sample(posterior, run, engine, draws, progress, cancellationToken));
    }

    /// <summary>Samples a posterior into a sink.</summary>
    /// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the precision of the whole computation.</typeparam>
    /// <param name="posterior">What to sample.</param>
    /// <param name="run">The size and seed of the run.</param>
    /// <param name="engine">Where to run it.</param>
    /// <param name="sink">What keeps the draws.</param>
    /// <param name="progress">Told between launches.</param>
    /// <param name="cancellationToken">As in the other overload.</param>
    /// <returns>What the run came to.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="TElement"/> is neither float nor double, or an option is out of range.</exception>
    /// <exception cref="InitializationException">A chain found no start with a finite density.</exception>
    /// <exception cref="InsufficientEngineMemoryException">Not even 16 chains fit the engine's memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled during the warm-up.</exception>
    /// <exception cref="CheckpointException">The folder of <see cref="RunOptions.Checkpoint"/> cannot be written, or holds something that this run cannot go on from.</exception>
    public SamplingResult Sample<TElement>(
        Posterior posterior,
        RunOptions run,
        Engine engine,
        DrawSink<TElement> sink,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(posterior);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(sink);
        if (typeof(TElement) != typeof(float) && typeof(TElement) != typeof(double))
        {
            throw new ArgumentException($"Draws of type {typeof(TElement).Name} were asked for; allowed are float and double.", nameof(sink));
        }

        run.Validate();
        run.Starts?.Check(posterior, run);
        if (NeedsDistinctStarts && run.Starts?.AreShared(posterior) == true)
        {
            throw new ArgumentException($"{nameof(run.Starts)} gives all chains one start, from which the walkers of sampler {Name} would never move; allowed are starts that differ: give them jitter.", nameof(run));
        }

        Check(posterior, run);
        Precision precision = typeof(TElement) == typeof(float) ? Precision.Single : Precision.Double;
        RunIdentity? identity = null;
        using CheckpointFolder? folder = run.Checkpoint is null ? null : new CheckpointFolder(run.Checkpoint, hasLog: !sink.SavesState);
        if (run.Checkpoint is not null)
        {
            identity = RunIdentity.Of(this, posterior, run, precision, sink.SavesState ? sink.StateKind : null);
            CheckpointFile.Head(run.Checkpoint)?.Check(identity, run);
        }

        RunControl control = new(progress, cancellationToken);

        // What cannot be kept is refused before the chains are allocated.
        sink.Begin(new DrawRows(posterior.OutputLabels) { StatisticLabels = StatisticLabels }, run.ChainCount, run.DrawCount);
        cancellationToken.ThrowIfCancellationRequested();
        using SamplerProgram program = posterior.Accept(new Visitor(this, run, engine, precision));
        return new SamplerRun<TElement>(this, program, run, identity, folder, engine, sink, control).Execute();
    }

    /// <summary>Throws where the options do not suit the posterior or the run.</summary>
    /// <param name="posterior">What to sample.</param>
    /// <param name="run">The size and seed of the run.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal virtual void Check(Posterior posterior, RunOptions run)
    {
    }

    /// <summary>Allocates the chains of a run and what adapts them.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="posterior">What to sample.</param>
    /// <param name="run">The size and seed of the run.</param>
    /// <param name="engine">Where to run it.</param>
    /// <param name="precision">The type of all reals.</param>
    internal abstract SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
        where TModel : struct, IModel;

    private sealed class Visitor(Sampler sampler, RunOptions run, Engine engine, Precision precision) : IPosteriorVisitor<SamplerProgram>
    {
        public SamplerProgram Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel => sampler.Prepare(posterior, run, engine, precision);
    }
}
