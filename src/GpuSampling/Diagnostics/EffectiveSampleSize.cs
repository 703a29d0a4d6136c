namespace GpuSampling.Diagnostics;

/// <summary>
/// How many independent draws would estimate a quantity as well as the chains' dependent ones do, by the autocorrelations within
/// chains and the spread between them.
/// </summary>
/// <remarks>
/// Vehtari, Gelman, Simpson, Carpenter and Buerkner, "Rank-normalization, folding, and localization: an improved R-hat for assessing
/// convergence of MCMC", Bayesian Analysis 16 (2021) 667-718. Chains are split in halves. Every size is NaN where a draw is not
/// finite, where all draws are equal, and where chains have fewer than 12 draws, of which Geyer's sequence can say nothing; with
/// many such chains use <see cref="CrossChainEffectiveSampleSize"/>. Antithetic chains can have more effective draws than draws.
/// </remarks>
public static class EffectiveSampleSize
{
    private const double LowerTail = 0.05;
    private const double UpperTail = 0.95;

    /// <summary>For the location of the bulk of the distribution: of the normal scores of the draws' ranks.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double Bulk<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        using ParameterAnalysis analysis = Analyse(draws, cancellationToken);
        return analysis.EffectiveSampleSizes(ParameterAnalysis.ScoreSeries())[0];
    }

    /// <summary>For the tails: the smaller of the sizes for the quantiles at 5 % and 95 %.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double Tail<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        using ParameterAnalysis analysis = Analyse(draws, cancellationToken);
        if (analysis.IsDegenerate)
        {
            return double.NaN;
        }

        double[] sizes = analysis.EffectiveSampleSizes(analysis.QuantileSeries(LowerTail), analysis.QuantileSeries(UpperTail));
        return Math.Min(sizes[0], sizes[1]);
    }

    /// <summary>For the mean.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double Mean<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        using ParameterAnalysis analysis = Analyse(draws, cancellationToken);
        return analysis.EffectiveSampleSizes(ParameterAnalysis.MeanSeries())[0];
    }

    /// <summary>For the standard deviation: of the squared deviations from the mean.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double StandardDeviation<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        using ParameterAnalysis analysis = Analyse(draws, cancellationToken);
        return analysis.EffectiveSampleSizes(analysis.VarianceSeries())[0];
    }

    /// <summary>For a quantile: of the indicators of draws at most as large as it.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="probability">The quantile's probability, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The size; NaN also where all draws are at most as large as the quantile.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not in [0, 1].</exception>
    /// <exception cref="OperationCanceledException">The computation was stopped.</exception>
    public static double Quantile<T>(ParameterDraws<T> draws, double probability, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        RequireProbability(probability);
        using ParameterAnalysis analysis = Analyse(draws, cancellationToken);
        return analysis.IsDegenerate ? double.NaN : analysis.EffectiveSampleSizes(analysis.QuantileSeries(probability))[0];
    }

    internal static void RequireProbability(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability must lie in [0, 1].");
        }
    }

    internal static ParameterAnalysis Analyse<T>(ParameterDraws<T> draws, CancellationToken cancellationToken)
        where T : unmanaged
    {
        var analysis = new ParameterAnalysis();
        analysis.Load(draws, cancellationToken);
        return analysis;
    }
}
