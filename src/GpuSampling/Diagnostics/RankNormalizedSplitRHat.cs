namespace GpuSampling.Diagnostics;

/// <summary>
/// Whether chains agree: the potential scale reduction factor of half-chains, of the normal scores of the draws' ranks. Near 1 when
/// all chains sample the same distribution; above <see cref="Threshold"/> is a reason to run longer.
/// </summary>
/// <remarks>
/// Vehtari et al., Bayesian Analysis 16 (2021) 667-718, equations 1 to 4 and 14. NaN where a draw is not finite, where all draws are
/// equal, and where chains have fewer than 4 draws; infinite where every half-chain stands still at a place of its own.
/// </remarks>
public static class RankNormalizedSplitRHat
{
    /// <summary>The value that R-hat should stay below: 1.01 for up to four chains, rising to 1.095 for forty and more.</summary>
    /// <remarks>
    /// Of stationary half-chains with e effective draws each it settles at √(1 + 1/e). The usual 1.01 asks for e = 50, which makes 400
    /// effective draws of four chains. More chains have 400 draws sooner, and their short halves cannot come down to 1.01; but with
    /// fewer than five draws each, half-chains still tell where they began, however many they are.
    /// </remarks>
    /// <param name="chains">The number of chains, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No chain.</exception>
    public static double Threshold(int chains)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        const double drawsInAll = 400, fewestDraws = 5;
        return Math.Max(1.01, Math.Sqrt(1 + (1 / Math.Max(fewestDraws, drawsInAll / (2.0 * chains)))));
    }

    /// <summary>The larger of <see cref="Bulk"/> and <see cref="Folded"/>; the former alone where the latter has no meaning.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double Compute<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        using ParameterAnalysis analysis = EffectiveSampleSize.Analyse(draws, cancellationToken);
        ChainSeries scores = ParameterAnalysis.ScoreSeries();
        ChainSeries folded = ParameterAnalysis.FoldedScoreSeries();
        analysis.EffectiveSampleSizes(scores, folded);
        return Larger(analysis.SplitRHat(scores), analysis.SplitRHat(folded));
    }

    /// <summary>Of the draws: sees chains that differ in location.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double Bulk<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        using ParameterAnalysis analysis = EffectiveSampleSize.Analyse(draws, cancellationToken);
        return Of(analysis, ParameterAnalysis.ScoreSeries());
    }

    /// <summary>
    /// Of the distances of the draws from their median: sees chains that differ in scale. NaN also where all distances are equal, as
    /// they are for a parameter with two equally frequent values.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double Folded<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        using ParameterAnalysis analysis = EffectiveSampleSize.Analyse(draws, cancellationToken);
        return Of(analysis, ParameterAnalysis.FoldedScoreSeries());
    }

    /// <summary>The larger of both; distances that are all equal say nothing about the scale, and their NaN does not count.</summary>
    internal static double Larger(double bulk, double folded) => double.IsNaN(folded) ? bulk : Math.Max(bulk, folded);

    private static double Of(ParameterAnalysis analysis, ChainSeries series)
    {
        analysis.EffectiveSampleSizes(series);
        return analysis.SplitRHat(series);
    }
}
