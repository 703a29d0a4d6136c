namespace GpuSampling.Diagnostics;

/// <summary>The integrated autocorrelation time of several chains by Geyer's initial monotone positive sequence.</summary>
/// <remarks>
/// Vehtari et al. (2021), section 3.1 and equations 10 to 13; Geyer, "Practical Markov chain Monte Carlo", Statistical Science 7
/// (1992). Sums of two neighbouring autocorrelations of a reversible chain are positive, decreasing and convex; the estimate is cut
/// where they cease to be positive and made decreasing before.
/// </remarks>
internal static class GeyerInitialSequence
{
    /// <summary>
    /// Chains (after splitting) of at most this many draws leave no pair of lags to look at: no time can be estimated from them.
    /// </summary>
    public const int TooShort = 5;

    /// <summary>The time tau with which the effective sample size of S draws is S / tau, if the lags given suffice.</summary>
    /// <param name="autocovariance">From lag 0: with divisor n, about each chain's mean, averaged over chains. Never empty.</param>
    /// <param name="length">n, the number of draws of each chain.</param>
    /// <param name="varianceOfMeans">The variance of the chains' means.</param>
    /// <param name="time">The time; NaN where it is not defined: chains too short, or values that are not finite.</param>
    /// <returns>False when the positive sequence goes on beyond the lags given.</returns>
    public static bool TryTime(ReadOnlySpan<double> autocovariance, int length, double varianceOfMeans, out double time)
    {
        time = double.NaN;
        if (length <= TooShort)
        {
            return true;
        }

        // Equation 10 and 3: the within-chain part needs n - 1 as divisor, the total variance has n.
        double withinVariance = autocovariance[0] * length / (length - 1.0);
        double totalVariance = autocovariance[0] + varianceOfMeans;
        if (autocovariance.Length < 2)
        {
            return false;
        }

        var correlation = new double[autocovariance.Length + 1];
        correlation[0] = 1;
        correlation[1] = 1 - ((withinVariance - autocovariance[1]) / totalVariance);
        double even = 1;
        double odd = correlation[1];
        int lag = 0;
        while (lag < length - TooShort && even + odd > 0)
        {
            lag += 2;
            if (lag + 1 >= autocovariance.Length)
            {
                return false;
            }

            even = 1 - ((withinVariance - autocovariance[lag]) / totalVariance);
            odd = 1 - ((withinVariance - autocovariance[lag + 1]) / totalVariance);
            if (even + odd >= 0)
            {
                correlation[lag] = even;
                correlation[lag + 1] = odd;
            }
        }

        if (double.IsNaN(even + odd))
        {
            return true;
        }

        int last = lag;

        // The first lag of the pair that is not used improves antithetic estimates.
        if (even > 0)
        {
            correlation[last] = even;
        }

        MakeMonotone(correlation.AsSpan(0, last));
        double sum = 0;
        for (int i = 0; i < last; i++)
        {
            sum += correlation[i];
        }

        time = -1 + (2 * sum) + correlation[last];
        return true;
    }

    private static void MakeMonotone(Span<double> correlation)
    {
        for (int lag = 2; lag + 1 < correlation.Length; lag += 2)
        {
            double before = correlation[lag - 2] + correlation[lag - 1];
            if (correlation[lag] + correlation[lag + 1] > before)
            {
                correlation[lag] = 0.5 * before;
                correlation[lag + 1] = 0.5 * before;
            }
        }
    }
}
