namespace GpuSampling.Adaptation;

/// <summary>One acceptance probability for the step size from those of all chains, in fixed order.</summary>
internal static class PooledAcceptance
{
    // The authors' mean is 0 where one chain accepts nothing, which among thousands one always may: it counts fiftyfold.
    private const double Least = 0.02;

    /// <summary>The arithmetic mean.</summary>
    public static double Mean(ReadOnlySpan<double> acceptances) => FixedOrderSum.Of(acceptances) / acceptances.Length;

    /// <summary>
    /// 1/mean(1/α): a step size that suits the chains that accept least (Hoffman, Radul and Sountsov, 2021). Under the arithmetic mean
    /// a few chains far out could refuse every step for ever, and nobody would notice.
    /// </summary>
    /// <param name="acceptances">The acceptance probability of each chain.</param>
    /// <param name="scratch">As long, overwritten.</param>
    public static double HarmonicMean(ReadOnlySpan<double> acceptances, Span<double> scratch)
    {
        for (int i = 0; i < acceptances.Length; i++)
        {
            scratch[i] = 1 / Math.Max(acceptances[i], Least);
        }

        return acceptances.Length / FixedOrderSum.Of(scratch);
    }
}
