namespace GpuSampling.Diagnostics;

/// <summary>
/// Estimates and diagnostics of one scalar parameter. Standard errors, effective sample sizes and R-hats are NaN where they are not
/// defined: when all draws are equal, when one is not finite (then everything is NaN), and when chains are too short.
/// </summary>
public sealed record ParameterSummary
{
    /// <summary>The parameter's name.</summary>
    public required string Name { get; init; }

    /// <summary>The number of draws, of all chains, that are not finite.</summary>
    public int NonFiniteDraws { get; init; }

    /// <summary>
    /// The number of chains all of whose draws are equal, while others' are not; 0 for chains of one draw. A chain may well move in other
    /// parameters, as beside an indicator of something rare.
    /// </summary>
    public int StuckChains { get; init; }

    /// <summary>The mean of all draws.</summary>
    public double Mean { get; init; } = double.NaN;

    /// <summary>The Monte Carlo standard error of the mean.</summary>
    public double MeanError { get; init; } = double.NaN;

    /// <summary>The standard deviation of all draws (divisor S - 1).</summary>
    public double StandardDeviation { get; init; } = double.NaN;

    /// <summary>The Monte Carlo standard error of the standard deviation.</summary>
    public double StandardDeviationError { get; init; } = double.NaN;

    /// <summary>The 5 % quantile.</summary>
    public double Quantile5 { get; init; } = double.NaN;

    /// <summary>The Monte Carlo standard error of the 5 % quantile.</summary>
    public double Quantile5Error { get; init; } = double.NaN;

    /// <summary>The median.</summary>
    public double Median { get; init; } = double.NaN;

    /// <summary>The Monte Carlo standard error of the median.</summary>
    public double MedianError { get; init; } = double.NaN;

    /// <summary>The 95 % quantile.</summary>
    public double Quantile95 { get; init; } = double.NaN;

    /// <summary>The Monte Carlo standard error of the 95 % quantile.</summary>
    public double Quantile95Error { get; init; } = double.NaN;

    /// <summary>Rank-normalised split R-hat, the larger of bulk and folded (<see cref="RankNormalizedSplitRHat"/>).</summary>
    public double RHat { get; init; } = double.NaN;

    /// <summary>Nested R-hat; NaN unless superchains were given (<see cref="Diagnostics.NestedRHat"/>).</summary>
    public double NestedRHat { get; init; } = double.NaN;

    /// <summary>The effective sample size for the bulk.</summary>
    public double BulkEffectiveSize { get; init; } = double.NaN;

    /// <summary>The effective sample size for the tails.</summary>
    public double TailEffectiveSize { get; init; } = double.NaN;

    /// <summary>
    /// The Pareto shape k of the heavier tail: below 0, tails end; a normal distribution has 0; moments of order 1/k and above do not exist.
    /// Beyond 0.35 the standard deviation and the error of the mean are not to be trusted, beyond 0.7 the mean neither. Vehtari et al.
    /// (2024), with a prior worth ten draws at 0.5; NaN where neither tail has 20 different draws, and where draws are not kept.
    /// </summary>
    public double TailShape { get; init; } = double.NaN;

    /// <summary>The effective sample size for the mean.</summary>
    public double MeanEffectiveSize { get; init; } = double.NaN;

    /// <summary>The effective sample size for the standard deviation.</summary>
    public double StandardDeviationEffectiveSize { get; init; } = double.NaN;

    /// <summary>
    /// The standard error of the mean from the spread of the chains' means; NaN for fewer than
    /// <see cref="CrossChainEffectiveSampleSize.RecommendedChains"/> chains and for coupled ones.
    /// </summary>
    public double CrossChainMeanError { get; init; } = double.NaN;

    /// <summary>The effective sample size for the mean that belongs to <see cref="CrossChainMeanError"/>.</summary>
    public double CrossChainMeanEffectiveSize { get; init; } = double.NaN;

    /// <summary>
    /// The effective sample size for the tails from the spread of the chains' tail frequencies; NaN as <see cref="CrossChainMeanError"/>.
    /// </summary>
    public double CrossChainTailEffectiveSize { get; init; } = double.NaN;
}
