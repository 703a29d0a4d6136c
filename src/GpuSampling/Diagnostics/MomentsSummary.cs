namespace GpuSampling.Diagnostics;

/// <summary>
/// Estimates, their errors and convergence diagnostics of a run whose draws were not kept, from the moments of every chain, with the
/// warnings in words that a <see cref="DiagnosticsSummary"/> has.
/// </summary>
/// <remarks>
/// Of each parameter's summary these are known: the number of draws that are not finite, the chains that stand still, mean and standard
/// deviation, R-hat, here that of whole chains, which is not rank-normalised and does not see a chain that drifts, and the error and the
/// effective sample size of the mean from the spread of the chains' means, whatever the number of chains. Where quantiles were kept, too,
/// the median, the 5 % and the 95 % quantile are.
/// </remarks>
public sealed class MomentsSummary : IRunFindings
{
    private readonly ChainMovement movement;

    internal MomentsSummary(
        StreamingMoments moments, IReadOnlyList<string> names, ReadOnlyMemory<long> nonFinite, long repeats, SamplerOutcome outcome, DiagnosticsOptions options, IReadOnlyList<QuantileSketch>? sketches = null)
    {
        Chains = moments.Chains;
        Draws = (int)moments.Draws;
        Outcome = outcome;
        HasCrossChain = Chains >= CrossChainEffectiveSampleSize.RecommendedChains && !options.ChainsAreCoupled;
        Parameters = [.. names.Select((name, parameter) =>
        {
            ParameterSummary known = Summarize(moments, name, parameter, nonFinite.Span[parameter], options);
            return sketches is null || known.NonFiniteDraws > 0 ? known : QuantilesSummary.Of(sketches[parameter], known);
        })];
        RankErrorBound = sketches is null ? double.NaN : QuantilesSummary.BoundOf(sketches);
        movement = MovementOf(moments, repeats);
        Warnings = DiagnosticWarnings.Of(this, options);
    }

    /// <summary>The number of chains.</summary>
    public int Chains { get; }

    /// <summary>The number of draws of each chain.</summary>
    public int Draws { get; }

    /// <summary>The summary of each parameter, in the order of the outputs; what moments do not tell is NaN.</summary>
    public IReadOnlyList<ParameterSummary> Parameters { get; }

    /// <summary>The largest error of a quantile's rank, as a share of all draws: one draw where the sketches hold all, NaN where no quantiles were kept.</summary>
    public double RankErrorBound { get; }

    /// <summary>What the sampler reported.</summary>
    public SamplerOutcome Outcome { get; }

    /// <summary>Whether the chains are many enough, and independent, for the spread of their means to tell errors and effective sample sizes.</summary>
    public bool HasCrossChain { get; }

    /// <summary>What is wrong with the run and what to do about it, a sentence or two each; empty if nothing is.</summary>
    public IReadOnlyList<string> Warnings { get; }

    SamplerOutcome? IRunFindings.Outcome => Outcome;

    bool IRunFindings.HasSuperchains => false;

    bool IRunFindings.HasDraws => false;

    ChainMovement IRunFindings.Movement => movement;

    private static ParameterSummary Summarize(StreamingMoments moments, string name, int parameter, long nonFinite, DiagnosticsOptions options)
    {
        if (nonFinite > 0)
        {
            return new ParameterSummary { Name = name, NonFiniteDraws = (int)Math.Min(nonFinite, int.MaxValue) };
        }

        CrossChainEffectiveSampleSize size = options.ChainsAreCoupled
            ? new CrossChainEffectiveSampleSize(moments.Chains, double.NaN, double.NaN)
            : moments.CrossChain(parameter);
        int stuck = Enumerable.Range(0, moments.Chains).Count(chain => moments.ChainVariance(parameter, chain) == 0);
        double variance = moments.Variance(parameter);
        return new ParameterSummary
        {
            Name = name,
            StuckChains = variance == 0 ? 0 : stuck,
            Mean = moments.Mean(parameter),
            StandardDeviation = Math.Sqrt(variance),
            RHat = RHat(moments, parameter),
            CrossChainMeanError = size.StandardError,
            CrossChainMeanEffectiveSize = size.EffectiveSize,
        };
    }

    /// <summary>√((B/W + n − 1)/n), over chains that are not split: Gelman and Rubin (1992).</summary>
    private static double RHat(StreamingMoments moments, int parameter)
    {
        double within = Enumerable.Range(0, moments.Chains).Average(chain => moments.ChainVariance(parameter, chain));
        double between = SampleVariance.Of(moments.ChainMeans(parameter));
        return Math.Sqrt((between / within) + ((moments.Draws - 1.0) / moments.Draws));
    }

    /// <summary>Chains of which no output has a variance; a draw whose log density is that of the one before repeats it.</summary>
    private ChainMovement MovementOf(StreamingMoments moments, long repeats)
    {
        if (Draws < 2)
        {
            return new ChainMovement(0, double.NaN);
        }

        int stuck = Enumerable.Range(0, Chains).Count(
            chain => Enumerable.Range(0, moments.Parameters).All(parameter => moments.ChainVariance(parameter, chain) == 0));
        long pairs = (Draws - 1L) * (Chains - stuck);
        return new ChainMovement(stuck, pairs == 0 ? double.NaN : Math.Clamp((repeats - ((Draws - 1.0) * stuck)) / pairs, 0, 1));
    }
}
