namespace GpuSampling.Diagnostics;

/// <summary>The autocorrelations of a parameter's draws, averaged over chains.</summary>
/// <remarks>
/// Autocovariances with divisor n about each chain's own mean, averaged over chains, over that of lag 0. Chains are not split, and
/// the spread between chains is not part of it: that is for R-hat and the effective sample size to see.
/// </remarks>
public static class Autocorrelation
{
    /// <summary>The autocorrelations at lags 0, 1, 2, ...</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="correlations">
    /// Receives one value a lag, from lag 0 on; at most as many as there are draws in a chain. All NaN where a draw is not finite or
    /// no chain ever moves.
    /// </param>
    /// <exception cref="ArgumentException">More lags than draws are asked for.</exception>
    public static void Compute<T>(ParameterDraws<T> draws, Span<double> correlations)
        where T : unmanaged
    {
        if (correlations.Length > draws.Draws)
        {
            throw new ArgumentException(
                $"correlations has {correlations.Length} elements; it must have at most as many as a chain has draws, {draws.Draws}.",
                nameof(correlations));
        }

        correlations.Clear();
        var chain = new double[draws.Draws];
        double variance = 0;
        for (int c = 0; c < draws.Chains; c++)
        {
            for (int i = 0; i < chain.Length; i++)
            {
                chain[i] = draws.ToDouble(i, c);
            }

            double mean = SampleVariance.Mean(chain);
            for (int i = 0; i < chain.Length; i++)
            {
                chain[i] -= mean;
            }

            variance += Product(chain, 0);
            for (int lag = 0; lag < correlations.Length; lag++)
            {
                correlations[lag] += Product(chain, lag);
            }
        }

        for (int lag = 0; lag < correlations.Length; lag++)
        {
            correlations[lag] /= variance;
        }
    }

    private static double Product(ReadOnlySpan<double> centred, int lag)
    {
        double sum = 0;
        for (int i = 0; i + lag < centred.Length; i++)
        {
            sum += centred[i] * centred[i + lag];
        }

        return sum;
    }
}
