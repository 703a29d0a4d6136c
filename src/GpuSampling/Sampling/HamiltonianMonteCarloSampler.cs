using GpuSampling.Engines;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// Hamiltonian Monte Carlo on thousands of chains: one step size and one diagonal metric, adapted over all chains together, and
/// trajectories of randomly varied length that all chains share. The robust default for differentiable posteriors.
/// </summary>
/// <remarks>
/// Duane et al. (1987); Neal (2011). Step size by dual averaging (Hoffman and Gelman, 2014) on the acceptance pooled over
/// chains. Draws are the same bits on every engine.
/// </remarks>
public sealed class HamiltonianMonteCarloSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public HamiltonianMonteCarloSampler(HamiltonianMonteCarloOptions? options = null) =>
        Options = options ?? new HamiltonianMonteCarloOptions();

    /// <summary>How it proposes and adapts.</summary>
    public HamiltonianMonteCarloOptions Options { get; }

    /// <summary>Samples a posterior and keeps every draw.</summary>
    /// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the precision of the whole computation.</typeparam>
    /// <param name="posterior">What to sample.</param>
    /// <param name="run">The size and seed of the run.</param>
    /// <param name="engine">Where to run it.</param>
    /// <param name="progress">Told between launches.</param>
    /// <param name="cancellationToken">
    /// Observed between launches. During the warm-up the run ends with <see cref="OperationCanceledException"/>; later it ends
    /// with the draws made so far, and <see cref="SamplingResult.IsComplete"/> is false. Where the chains take turns in the engine's
    /// memory, those that have not had theirs still make as many draws as the first.
    /// </param>
    /// <returns>The draws and what the run came to.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="TElement"/> is neither float nor double, or an option is out of range.</exception>
    /// <exception cref="InitializationException">A chain found no start with a finite density.</exception>
    /// <exception cref="InsufficientEngineMemoryException">Not even 16 chains fit the engine's memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled during the warm-up.</exception>
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
        if (!Options.Scales.IsEmpty && Options.Scales.Length != posterior.Dimension)
        {
            throw new ArgumentException(
                $"The model {posterior.Name} has {posterior.Dimension} unconstrained parameters and the sampler's options give {Options.Scales.Length} scales; allowed are one for each parameter, or none.",
                nameof(posterior));
        }

        return posterior.Accept(new Visitor<TElement>(Options, run, engine, sink, progress, cancellationToken));
    }

    private sealed class Visitor<TElement>(
        HamiltonianMonteCarloOptions options,
        RunOptions run,
        Engine engine,
        DrawSink<TElement> sink,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
        : IPosteriorVisitor<SamplingResult>
        where TElement : unmanaged
    {
        public SamplingResult Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, Kernels.Models.IModel
        {
            using HamiltonianMonteCarloRun<TModel, TElement> work = new(options, run, posterior, engine, sink, progress, cancellationToken);
            return work.Execute();
        }
    }
}
