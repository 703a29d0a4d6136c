using System.Globalization;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.References;

/// <summary>The moments of a run of many chains, with errors from the spread of the chains.</summary>
/// <remarks>
/// Chains are independent, so these errors need no estimate of autocorrelation. (Geyer's are a sixth too small for a target whose
/// draws alternate, such as a single normal variable.)
/// </remarks>
internal static class RunMoments
{
    /// <summary>The moments of every output.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="coupled">Chains in a row that depend on one another, as the walkers of an ensemble do: their common mean is one number.</param>
    public static Moments[] Of<TElement>(KeptDraws<TElement> draws, int coupled = 1)
        where TElement : unmanaged, IConvertible =>
        [.. draws.Labels.Select(label => Of(label, draws[label], draws.ChainCount, coupled))];

    /// <summary>The mean of numbers, one for each chain, and its standard error.</summary>
    public static (double Mean, double Error) MeanOfChains(double[] values)
    {
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length));
    }

    private static Moments Of<TElement>(string label, ReadOnlySpan<TElement> values, int chainCount, int coupled)
        where TElement : unmanaged, IConvertible
    {
        double[] numbers = new double[values.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = values[i].ToDouble(CultureInfo.InvariantCulture);
        }

        int groupCount = chainCount / coupled, drawCount = numbers.Length / groupCount;
        double[] means = new double[groupCount], squares = new double[groupCount];
        for (int i = 0; i < numbers.Length; i++)
        {
            means[i % chainCount / coupled] += numbers[i] / drawCount;
        }

        (double mean, double meanError) = MeanOfChains(means);
        for (int i = 0; i < numbers.Length; i++)
        {
            squares[i % chainCount / coupled] += (numbers[i] - mean) * (numbers[i] - mean) / drawCount;
        }

        (double variance, double varianceError) = MeanOfChains(squares);
        double deviation = Math.Sqrt(variance);
        return new Moments(label, mean, meanError, deviation, varianceError / (2 * deviation));
    }
}
