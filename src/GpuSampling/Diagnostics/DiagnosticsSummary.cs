using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace GpuSampling.Diagnostics;

/// <summary>Estimates, their errors and convergence diagnostics of a run, with warnings in words.</summary>
public sealed class DiagnosticsSummary : IRunFindings
{
    // Working memory for one parameter, bytes a draw: the split draws, the sort's buffers and both kinds of scores.
    private const long BytesPerDraw = (6 * sizeof(double)) + (2 * sizeof(int)) + sizeof(ushort);

    private readonly ChainMovement movement;

    private DiagnosticsSummary(
        int chains, int draws, IReadOnlyList<ParameterSummary> parameters, ChainMovement movement, SamplerOutcome? outcome, DiagnosticsOptions options)
    {
        this.movement = movement;
        Chains = chains;
        Draws = draws;
        Parameters = parameters;
        Outcome = outcome;
        HasSuperchains = !options.Superchains.IsEmpty;
        HasCrossChain = chains >= CrossChainEffectiveSampleSize.RecommendedChains && !options.ChainsAreCoupled;
        Warnings = DiagnosticWarnings.Of(this, options);
    }

    /// <summary>The number of chains.</summary>
    public int Chains { get; }

    /// <summary>The number of draws of each chain.</summary>
    public int Draws { get; }

    /// <summary>The summary of each parameter, in the order of the draws.</summary>
    public IReadOnlyList<ParameterSummary> Parameters { get; }

    /// <summary>What the sampler reported, or null.</summary>
    public SamplerOutcome? Outcome { get; }

    /// <summary>Whether nested R-hat was computed.</summary>
    public bool HasSuperchains { get; }

    /// <summary>Whether errors and sizes from the spread of the chains' means were computed.</summary>
    public bool HasCrossChain { get; }

    /// <summary>What is wrong with the run and what to do about it, a sentence or two each; empty if nothing is.</summary>
    public IReadOnlyList<string> Warnings { get; }

    bool IRunFindings.HasDraws => true;

    ChainMovement IRunFindings.Movement => movement;

    /// <summary>The parameters' largest R-hat; NaN if none has any.</summary>
    public double LargestRHat => Parameters.Select(one => one.RHat).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Max();

    /// <summary>The parameters' smallest bulk effective sample size; NaN if none has any.</summary>
    public double SmallestBulkEffectiveSize =>
        Parameters.Select(one => one.BulkEffectiveSize).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Min();

    /// <summary>The parameters' smallest tail effective sample size; NaN if none has any.</summary>
    public double SmallestTailEffectiveSize =>
        Parameters.Select(one => one.TailEffectiveSize).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Min();

    /// <summary>Computes everything, several parameters at a time.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="outcome">What the sampler reported beside them, or null.</param>
    /// <param name="options">How to compute and when to warn; null for the defaults.</param>
    /// <param name="progress">Told the number of parameters done, after each.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="ArgumentException">The draws or the superchains have the wrong shape.</exception>
    /// <exception cref="OperationCanceledException">The computation was stopped.</exception>
    public static DiagnosticsSummary Compute<T>(
        IDrawSource<T> draws,
        SamplerOutcome? outcome = null,
        DiagnosticsOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws.Parameters, 1, nameof(draws));
        options ??= new DiagnosticsOptions();
        var shape = new ParameterDraws<T>(draws.Values(0), draws.Chains);
        int drawsEach = shape.Draws;
        int valuesEach = shape.Values.Length;
        if (!options.Superchains.IsEmpty)
        {
            NestedRHat.CountSuperchains(options.Superchains.Span, draws.Chains);
        }

        var parameters = new ParameterSummary[draws.Parameters];
        var scores = new NormalScoreCache();
        var idle = new ConcurrentBag<ParameterSummarizer>();
        int done = 0;
        try
        {
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = DegreeOfParallelism(options.Threads, valuesEach),
                CancellationToken = cancellationToken,
            };
            Parallel.For(0, parameters.Length, parallel, parameter =>
            {
                if (!idle.TryTake(out ParameterSummarizer? summarizer))
                {
                    summarizer = new ParameterSummarizer(options, scores);
                }

                try
                {
                    var one = new ParameterDraws<T>(ValuesOf(draws, parameter, valuesEach), draws.Chains);
                    parameters[parameter] = summarizer.Summarize(draws.Name(parameter), one, cancellationToken);
                }
                finally
                {
                    idle.Add(summarizer);
                }

                progress?.Report(Interlocked.Increment(ref done));
            });
        }
        catch (AggregateException exception)
        {
            // Whatever one parameter has, all have; the caller shall see it as thrown.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
        finally
        {
            foreach (ParameterSummarizer summarizer in idle)
            {
                summarizer.Dispose();
            }
        }

        return new DiagnosticsSummary(draws.Chains, drawsEach, parameters, ChainMovement.Of(draws, parameters), outcome, options);
    }

    /// <summary>The table for people: see <see cref="SummaryTable"/>.</summary>
    public override string ToString() => SummaryTable.Format(this);

    // One parameter a core, unless the working memory of so many would not fit in half of what is available.
    private static int DegreeOfParallelism(int threads, long valuesEach)
    {
        int wanted = threads == 0 ? Environment.ProcessorCount : threads;
        long fitting = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 / (valuesEach * BytesPerDraw);
        return (int)Math.Clamp(fitting, 1, wanted);
    }

    private static ReadOnlySpan<T> ValuesOf<T>(IDrawSource<T> draws, int parameter, int expected)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = draws.Values(parameter);
        return values.Length == expected
            ? values
            : throw new ArgumentException(
                $"draws has {values.Length} values for {draws.Name(parameter)} and {expected} for the first parameter; they must be equally many.",
                nameof(draws));
    }
}
