using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GpuSampling.Diagnostics;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>What a run came to, apart from the draws.</summary>
public sealed record SamplingResult
{
    /// <summary>What was sampled.</summary>
    public required Posterior Posterior { get; init; }

    /// <summary>The sampler's name.</summary>
    public required string Sampler { get; init; }

    /// <summary>The engine's name.</summary>
    public required string Engine { get; init; }

    /// <summary>The size and seed of the run.</summary>
    public required RunOptions Options { get; init; }

    /// <summary>Draws per chain that were made: fewer than asked for when the run was stopped.</summary>
    public required int DrawCount { get; init; }

    /// <summary>Draws per chain that a checkpoint held when the run went on from it, of its first chains; 0 for a run from the beginning.</summary>
    public int ResumedDrawCount { get; init; }

    /// <summary>
    /// Transitions after the warm-up, over all chains: above those of <see cref="DrawCount"/> where the run was stopped while its chains
    /// took turns.
    /// </summary>
    public required long TransitionCount { get; init; }

    /// <summary>Why the last checkpoint that was due could not be written, such as a full disk; null where it was, or none was asked for.</summary>
    public string? CheckpointFailure { get; init; }

    /// <summary>Whether all draws asked for were made.</summary>
    public bool IsComplete => DrawCount == Options.DrawCount;

    /// <summary>The adapted step size ε.</summary>
    public required double StepSize { get; init; }

    /// <summary>The adapted scale of each unconstrained parameter: the estimate of its posterior standard deviation.</summary>
    public required ImmutableArray<double> Scales { get; init; }

    /// <summary>The geometry in which the chains moved, what <see cref="MetricKind.Automatic"/> came to; null for samplers that have none.</summary>
    public MetricKind? Metric { get; init; }

    /// <summary>Whether the energies of a chain tell how it mixes.</summary>
    internal bool RenewsEnergies { get; init; }

    /// <summary>What divergences mean and what helps.</summary>
    internal string DivergenceAdvice { get; init; } = Sampling.Sampler.CommonDivergenceAdvice;

    /// <summary>
    /// Whether the chains influence each other, as the walkers of an ensemble do, or share the data that they look at: summaries then
    /// leave out what takes them for independent, and say so.
    /// </summary>
    public bool ChainsAreCoupled { get; init; }

    /// <summary>What else the sampler adapted, by name, such as a trajectory length.</summary>
    public ImmutableArray<KeyValuePair<string, double>> Adapted { get; init; } = [];

    /// <summary>The acceptance probability averaged over chains and draws.</summary>
    public required double MeanAcceptance { get; init; }

    /// <summary>The number of divergent transitions after the warm-up, over all chains.</summary>
    public required long DivergenceCount { get; init; }

    /// <summary>
    /// How often the warm-up placed a chain, left behind where the log density is far below that of others, where another chain was or at
    /// a draw of Pathfinder.
    /// Above 0 the posterior has far minor summits or the starts were hard: the draws then say nothing of such summits.
    /// </summary>
    public int RestartedChainCount { get; init; }

    /// <summary>
    /// How exactly a run in 32 bits knew differences of log densities: the standard deviation, over up to 16 chains at the end of the
    /// run, of its log densities less those computed in 64 bits. Above 0.1 use 64 bits. NaN for runs in 64 bits, of a single chain,
    /// with more than 2²⁴ parameters of all chains together,
    /// and of samplers that keep another density.
    /// </summary>
    public double DensityError { get; init; } = double.NaN;

    /// <summary>The number of doublings at which trajectories were cut off; 0 for samplers that do not double.</summary>
    internal int TreeDepthLimit { get; init; }

    /// <summary>Evaluations of the gradient, or of the density where the sampler takes no gradient, after the warm-up, over all chains.</summary>
    public required long GradientCount { get; init; }

    /// <summary>Evaluations of the gradient, or of the density where the sampler takes no gradient, of the warm-up, over all chains.</summary>
    public required long WarmupGradientCount { get; init; }

    /// <summary>The time that the warm-up took.</summary>
    public required TimeSpan WarmupTime { get; init; }

    /// <summary>The time that sampling took after it.</summary>
    public required TimeSpan SamplingTime { get; init; }

    /// <summary>The number of batches that the chains were split into, for lack of device memory: 1 if they all fit.</summary>
    public required int BatchCount { get; init; }

    /// <summary>
    /// Computes the diagnostics of the run's draws: R-hat, effective sample sizes, errors, warnings in words; and E-BFMI, where the draws are
    /// not thinned, for energies change more between draws that are further apart.
    /// </summary>
    /// <typeparam name="TElement">float or double.</typeparam>
    /// <param name="draws">The draws of this run.</param>
    /// <param name="options">How to compute and when to warn; null: the defaults.</param>
    /// <param name="progress">Told the number of parameters done.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="ArgumentException">There are no draws, or they are another run's.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public DiagnosticsSummary Summarize<TElement>(
        KeptDraws<TElement> draws,
        DiagnosticsOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(draws);
        if (draws.DrawCount == 0)
        {
            throw new ArgumentException("The run made no draws: there is nothing to summarize.", nameof(draws));
        }

        if (draws.ChainCount != Options.ChainCount || draws.DrawCount > DrawCount || !draws.Labels.SequenceEqual(Posterior.OutputLabels))
        {
            throw new ArgumentException(
                $"The draws are {draws.Labels.Count} outputs of {draws.ChainCount} chains of {draws.DrawCount}, and the run made {Posterior.OutputLabels.Length} of {Options.ChainCount} of {DrawCount}; allowed are the run's own draws, all or some of them.",
                nameof(draws));
        }

        bool hasEnergies = HasEveryEnergy(draws.DrawCount);
        double[] fractions = new double[hasEnergies ? draws.ChainCount : 0];
        if (hasEnergies)
        {
            EnergyBayesianFractionOfMissingInformation.Compute(
                new ParameterDraws<TElement>(draws.Row(DrawRows.Energy), draws.ChainCount), fractions);
        }

        return DiagnosticsSummary.Compute(draws, Outcome(fractions, CountSaturatedTrees(draws)), Completed(options), progress, cancellationToken);
    }

    /// <summary>Computes what diagnostics the moments of the run's draws allow, with the same warnings in words.</summary>
    /// <typeparam name="TElement">float or double.</typeparam>
    /// <param name="moments">The moments of this run.</param>
    /// <param name="options">When to warn; null: the defaults.</param>
    /// <param name="quantiles">The quantiles of this run, to be told beside them; null: none were kept.</param>
    /// <exception cref="ArgumentException">There are no draws, or they are another run's.</exception>
    public MomentsSummary Summarize<TElement>(KeptMoments<TElement> moments, DiagnosticsOptions? options = null, KeptQuantiles<TElement>? quantiles = null)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(moments);
        CheckStreamed(moments.Labels, moments.ChainCount, moments.DrawCount, nameof(moments));
        if (quantiles is not null)
        {
            CheckStreamed(quantiles.Labels, quantiles.ChainCount, quantiles.DrawCount, nameof(quantiles));
        }

        double[] fractions = new double[HasEveryEnergy(moments.DrawCount) ? moments.ChainCount : 0];
        if (fractions.Length > 0)
        {
            moments.ComputeEnergyFractions(fractions);
        }

        long saturated = TreeDepthLimit == 0 ? 0 : moments.CountAtLeast("tree_depth", TreeDepthLimit);
        return new MomentsSummary(
            moments.Moments!, moments.Labels, moments.NonFiniteCounts, moments.RepeatCount, Outcome(fractions, saturated), Completed(options), quantiles?.Sketches);
    }

    /// <summary>Tells the quantiles of a run of which nothing else was kept, with what warnings they allow.</summary>
    /// <typeparam name="TElement">float or double.</typeparam>
    /// <param name="quantiles">The quantiles of this run.</param>
    /// <param name="options">When to warn; null: the defaults.</param>
    /// <exception cref="ArgumentException">There are no draws, or they are another run's.</exception>
    public QuantilesSummary Summarize<TElement>(KeptQuantiles<TElement> quantiles, DiagnosticsOptions? options = null)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        CheckStreamed(quantiles.Labels, quantiles.ChainCount, quantiles.DrawCount, nameof(quantiles));
        return new QuantilesSummary(quantiles.Sketches, quantiles.Labels, quantiles.ChainCount, quantiles.DrawCount, Outcome([], 0), Completed(options));
    }

    private void CheckStreamed(IReadOnlyList<string> labels, int chainCount, int drawCount, string name)
    {
        if (drawCount == 0)
        {
            throw new ArgumentException("The run made no draws: there is nothing to summarize.", name);
        }

        if (chainCount != Options.ChainCount || drawCount > DrawCount || !labels.SequenceEqual(Posterior.OutputLabels))
        {
            throw new ArgumentException(
                $"What was kept is of {labels.Count} outputs of {chainCount} chains of {drawCount}, and the run made {Posterior.OutputLabels.Length} of {Options.ChainCount} of {DrawCount}; allowed is what was kept of the run itself.",
                name);
        }
    }

    /// <summary>Whether draws hold the energy of every transition that they span.</summary>
    private bool HasEveryEnergy(int drawCount) => RenewsEnergies && Options.Thinning == 1 && drawCount == DrawCount;

    private SamplerOutcome Outcome(double[] energyFractions, long saturatedTrees) => new()
    {
        Divergences = DivergenceCount,
        DivergenceAdvice = DivergenceAdvice,
        Transitions = TransitionCount,
        EnergyFractions = energyFractions,
        RestartedChains = RestartedChainCount,
        DensityError = DensityError,
        SaturatedTrees = saturatedTrees,
        RoundTrips = AdaptedValue(TemperingProgram.RoundTripsName),
        CommunicationBarrier = AdaptedValue(TemperingProgram.BarrierName),
    };

    private DiagnosticsOptions Completed(DiagnosticsOptions? options)
    {
        options ??= new DiagnosticsOptions();
        return options with { ChainsAreCoupled = options.ChainsAreCoupled || ChainsAreCoupled };
    }

    /// <summary>What was adapted under a name; NaN where nothing was.</summary>
    private double AdaptedValue(string name) => Adapted.FirstOrDefault(one => one.Key == name, new(name, double.NaN)).Value;

    private long CountSaturatedTrees<TElement>(KeptDraws<TElement> draws)
        where TElement : unmanaged
    {
        if (TreeDepthLimit == 0)
        {
            return 0;
        }

        long count = 0;
        foreach (TElement depth in draws.Statistic("tree_depth"))
        {
            count += (typeof(TElement) == typeof(float) ? Unsafe.BitCast<TElement, float>(depth) : Unsafe.BitCast<TElement, double>(depth)) >= TreeDepthLimit ? 1 : 0;
        }

        return count;
    }
}
