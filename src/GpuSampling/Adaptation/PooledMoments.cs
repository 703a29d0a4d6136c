namespace GpuSampling.Adaptation;

/// <summary>
/// The mean and variance of the draws of all chains together, from each chain's running moments: Chan, Golub and LeVeque,
/// Algorithms for computing the sample variance, The American Statistician 37 (1983), eq. 1.5, summed over chains at once.
/// </summary>
/// <param name="Mean">The mean over all draws of all chains.</param>
/// <param name="Variance">The variance, with the number of draws less one as divisor; NaN for a single draw.</param>
public readonly record struct PooledMoments(double Mean, double Variance)
{
    /// <summary>Pools chains that have the same number of draws.</summary>
    /// <param name="means">The mean of each chain.</param>
    /// <param name="squaredDeviations">Each chain's sum of squared deviations from its own mean.</param>
    /// <param name="drawsPerChain">The number of draws of each chain, at least 1.</param>
    /// <param name="scratch">As many elements as there are chains; overwritten.</param>
    /// <exception cref="ArgumentException">The spans differ in length or are empty.</exception>
    public static PooledMoments Of(
        ReadOnlySpan<double> means, ReadOnlySpan<double> squaredDeviations, int drawsPerChain, Span<double> scratch)
    {
        if (means.IsEmpty || means.Length != squaredDeviations.Length || scratch.Length < means.Length)
        {
            throw new ArgumentException(
                $"{means.Length} means, {squaredDeviations.Length} sums and {scratch.Length} elements of scratch: allowed are equal numbers, at least 1.",
                nameof(means));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(drawsPerChain);
        double mean = FixedOrderSum.Of(means) / means.Length;
        for (int chain = 0; chain < means.Length; chain++)
        {
            double deviation = means[chain] - mean;
            scratch[chain] = squaredDeviations[chain] + (drawsPerChain * deviation * deviation);
        }

        double draws = (double)means.Length * drawsPerChain;
        return new PooledMoments(mean, FixedOrderSum.Of(scratch[..means.Length]) / (draws - 1));
    }
}
