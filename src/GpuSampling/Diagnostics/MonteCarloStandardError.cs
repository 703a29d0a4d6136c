using GpuSampling.Numerics;

namespace GpuSampling.Diagnostics;

/// <summary>The standard error of an estimate from the draws, in the parameter's unit, with the effective sample size for that estimate.</summary>
/// <remarks>
/// Vehtari et al., Bayesian Analysis 16 (2021) 667-718, section 4.1. NaN wherever the effective sample size is
/// (<see cref="EffectiveSampleSize"/>).
/// </remarks>
public static class MonteCarloStandardError
{
    // The distribution function of the standard normal at -1 and 1: an interval of one standard error to each side.
    private const double OneErrorBelow = 0.1586553;
    private const double OneErrorAbove = 0.8413447;

    /// <summary>Of the mean: the standard deviation over the root of the effective sample size.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double Mean<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        using ParameterAnalysis analysis = EffectiveSampleSize.Analyse(draws, cancellationToken);
        return OfMean(analysis.Moments, analysis.EffectiveSampleSizes(ParameterAnalysis.MeanSeries())[0]);
    }

    /// <summary>Of the standard deviation, by the delta method from that of the variance.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static double StandardDeviation<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        using ParameterAnalysis analysis = EffectiveSampleSize.Analyse(draws, cancellationToken);
        return OfStandardDeviation(analysis.Moments, analysis.EffectiveSampleSizes(analysis.VarianceSeries())[0]);
    }

    /// <summary>Of a quantile: half the distance between the order statistics that bound it with the certainty of one standard error.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="probability">The quantile's probability, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not in [0, 1].</exception>
    /// <exception cref="OperationCanceledException">The computation was stopped.</exception>
    public static double Quantile<T>(ParameterDraws<T> draws, double probability, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        EffectiveSampleSize.RequireProbability(probability);
        using ParameterAnalysis analysis = EffectiveSampleSize.Analyse(draws, cancellationToken);
        if (analysis.IsDegenerate)
        {
            return double.NaN;
        }

        double effectiveSize = analysis.EffectiveSampleSizes(analysis.QuantileSeries(probability))[0];
        return OfQuantile(analysis.Order, probability, effectiveSize);
    }

    internal static double OfMean(PooledMoments moments, double effectiveSize) => Math.Sqrt(moments.Variance / effectiveSize);

    internal static double OfStandardDeviation(PooledMoments moments, double effectiveSize)
    {
        double varianceOfSecondMoment =
            (moments.FourthMoment - (moments.SecondMoment * moments.SecondMoment)) / effectiveSize;

        // The derivative of a root: d sqrt(v) = dv / (2 sqrt(v)). Rounding must not make a variance negative.
        return Math.Sqrt(Math.Max(0, varianceOfSecondMoment) / (4 * moments.SecondMoment));
    }

    internal static double OfQuantile(DrawOrder order, double probability, double effectiveSize)
    {
        if (double.IsNaN(effectiveSize))
        {
            return double.NaN;
        }

        // The distribution function at the quantile, given the effective draws below it, is Beta distributed.
        double a = (effectiveSize * probability) + 1;
        double b = (effectiveSize * (1 - probability)) + 1;
        double below = InverseRegularizedIncompleteBeta.Evaluate(OneErrorBelow, a, b);
        double above = InverseRegularizedIncompleteBeta.Evaluate(OneErrorAbove, a, b);
        ReadOnlySpan<double> values = order.Values;
        int lower = (int)Math.Max(Math.Floor(below * values.Length), 1);
        int upper = (int)Math.Min(Math.Ceiling(above * values.Length), values.Length);
        return (values[upper - 1] - values[lower - 1]) / 2;
    }
}
