namespace GpuSampling.Diagnostics;

/// <summary>
/// Quantiles of a run of which nothing else was kept, with the warnings in words that they and the sampler's report allow.
/// </summary>
/// <remarks>
/// Of each parameter's summary the median, the 5 % and the 95 % quantile are known, and the number of draws that are NaN (infinities count as numbers); all chains
/// are one to a sketch, so that nothing tells whether they agree. Moments kept beside the quantiles do: see <see cref="MomentsSummary"/>.
/// </remarks>
public sealed class QuantilesSummary : IRunFindings
{
    internal QuantilesSummary(
        IReadOnlyList<QuantileSketch> sketches, IReadOnlyList<string> names, int chains, int draws, SamplerOutcome outcome, DiagnosticsOptions options)
    {
        Chains = chains;
        Draws = draws;
        Outcome = outcome;
        RankErrorBound = BoundOf(sketches);
        Parameters = [.. names.Select((name, parameter) => Of(sketches[parameter], new ParameterSummary
        {
            Name = name,
            NonFiniteDraws = (int)Math.Min(sketches[parameter].NotANumberCount, int.MaxValue),
        }))];
        Warnings =
        [
            .. DiagnosticWarnings.Of(this, options),
            "Quantiles of all chains together do not tell whether the chains agree: keep moments beside them, which do.",
        ];
    }

    /// <summary>The number of chains.</summary>
    public int Chains { get; }

    /// <summary>The number of draws of each chain.</summary>
    public int Draws { get; }

    /// <summary>The summary of each parameter, in the order of the outputs; what sketches do not tell is NaN.</summary>
    public IReadOnlyList<ParameterSummary> Parameters { get; }

    /// <summary>The largest error of a quantile's rank, as a share of all draws: one draw where the sketches hold all.</summary>
    public double RankErrorBound { get; }

    /// <summary>What the sampler reported.</summary>
    public SamplerOutcome Outcome { get; }

    /// <summary>What is wrong with the run and what to do about it, a sentence or two each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    SamplerOutcome? IRunFindings.Outcome => Outcome;

    bool IRunFindings.HasSuperchains => false;

    bool IRunFindings.HasCrossChain => false;

    bool IRunFindings.HasDraws => false;

    ChainMovement IRunFindings.Movement => new(0, double.NaN);

    /// <summary>A parameter's summary with what its sketch tells.</summary>
    internal static ParameterSummary Of(QuantileSketch sketch, ParameterSummary known) => known with
    {
        Quantile5 = sketch.Quantile(0.05),
        Median = sketch.Quantile(0.5),
        Quantile95 = sketch.Quantile(0.95),
    };

    /// <summary>The largest error of sketches.</summary>
    internal static double BoundOf(IReadOnlyList<QuantileSketch> sketches) => sketches.Select(sketch => sketch.RankErrorBound).DefaultIfEmpty(0).Max();
}
