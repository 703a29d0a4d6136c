using GpuSampling.Numerics;

namespace GpuSampling.Importance;

/// <summary>
/// Importance weights whose largest are replaced by order statistics of a fitted generalized Pareto distribution: Vehtari, Simpson,
/// Gelman, Yao and Gabry, Pareto smoothed importance sampling, Journal of Machine Learning Research 25 (2024).
/// </summary>
public static class ParetoSmoothedImportanceSampling
{
    private const int LeastTail = 5;

    /// <summary>Smooths and normalises weights.</summary>
    /// <param name="logRatios">log p − log q of each draw; −∞ for weight 0; at least one finite, none NaN or +∞.</param>
    /// <param name="logWeights">Receives as many log weights, whose exponentials add up to 1. May be <paramref name="logRatios"/> itself.</param>
    /// <returns>
    /// k, the shape of the tail: below 0.7 estimates may be trusted, from 1 on the mean of the weights does not exist. −∞ where all weights
    /// of the tail are equal, so that there is nothing to smooth; +∞ where there are too few weights to tell, fewer than 5 in the tail.
    /// </returns>
    /// <exception cref="ArgumentException">The spans differ in length, or a ratio is not allowed.</exception>
    public static double Smooth(ReadOnlySpan<double> logRatios, Span<double> logWeights)
    {
        if (logRatios.IsEmpty || logWeights.Length != logRatios.Length)
        {
            throw new ArgumentException($"{logRatios.Length} ratios and room for {logWeights.Length} weights; allowed are equal numbers, at least 1.", nameof(logWeights));
        }

        double largest = double.NegativeInfinity;
        foreach (double ratio in logRatios)
        {
            if (double.IsNaN(ratio) || double.IsPositiveInfinity(ratio))
            {
                throw new ArgumentException(FormattableString.Invariant($"A log ratio is {ratio}; allowed are finite numbers and −∞."), nameof(logRatios));
            }

            largest = Math.Max(largest, ratio);
        }

        if (double.IsNegativeInfinity(largest))
        {
            throw new ArgumentException("Every log ratio is −∞; at least one must be finite.", nameof(logRatios));
        }

        int count = logRatios.Length;
        double[] sorted = new double[count];
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            logWeights[i] = sorted[i] = logRatios[i] - largest;
            order[i] = i;
        }

        Array.Sort(sorted, order);
        int tail = (int)Math.Ceiling(Math.Min(0.2 * count, 3 * Math.Sqrt(count)));
        double shape = tail < LeastTail ? double.PositiveInfinity : SmoothTail(sorted, order, tail, logWeights);
        double total = ElementaryMath.LogSumExp(logWeights);
        for (int i = 0; i < count; i++)
        {
            logWeights[i] -= total;
        }

        return shape;
    }

    private static double SmoothTail(double[] sorted, int[] order, int tail, Span<double> logWeights)
    {
        int first = sorted.Length - tail;
        double cutoff = ElementaryMath.Exp(sorted[first - 1]);
        if (sorted[first] == sorted[^1])
        {
            return double.NegativeInfinity;
        }

        double[] exceedances = new double[tail];
        for (int i = 0; i < tail; i++)
        {
            exceedances[i] = ElementaryMath.Exp(sorted[first + i]) - cutoff;
        }

        GeneralizedParetoFit fit = GeneralizedParetoFit.Of(exceedances);
        for (int i = 0; i < tail; i++)
        {
            // Never above the largest ratio seen.
            double smoothed = cutoff + fit.Quantile((i + 0.5) / tail);
            logWeights[order[first + i]] = Math.Min(0, ElementaryMath.Log(smoothed));
        }

        return fit.Shape;
    }
}
