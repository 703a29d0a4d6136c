using System.Globalization;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling.Matrix;

/// <summary>How far the moments of a run are from a reference, in standard errors of the difference.</summary>
/// <remarks>
/// Our errors come from the spread of the means of independent chains, or ensembles; those of the reference's deviations from its number
/// of draws and the kurtosis of ours.
/// </remarks>
internal static class MomentScores
{
    /// <summary>|z| of the mean and of the standard deviation of each parameter.</summary>
    /// <param name="reference">The answers.</param>
    /// <param name="draws">The draws.</param>
    /// <param name="coupled">Chains in a row that depend on one another.</param>
    public static (double Score, string Name)[] Of<TElement>(ReferenceMoments[] reference, KeptDraws<TElement> draws, int coupled)
        where TElement : unmanaged, IConvertible => [.. reference.SelectMany(one => Scores(one, draws[one.Name], draws.ChainCount, coupled))];

    private static (double Score, string Name)[] Scores<TElement>(ReferenceMoments reference, ReadOnlySpan<TElement> draws, int chainCount, int coupled)
        where TElement : unmanaged, IConvertible
    {
        double[] values = new double[draws.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = draws[i].ToDouble(CultureInfo.InvariantCulture);
        }

        (double mean, double meanError) = OfGroups(values);
        double[] squares = [.. values.Select(value => (value - mean) * (value - mean))];
        (double variance, double varianceError) = OfGroups(squares);
        double deviation = Math.Sqrt(variance);
        double kurtosis = squares.Average(square => square * square) / (variance * variance);
        double deviationError = reference.Deviation * Math.Sqrt(Math.Max(kurtosis - 1, 0) / 4 / reference.DrawCount);
        return
        [
            (Math.Abs(mean - reference.Mean) / double.Hypot(meanError, reference.MeanError), $"mean of {reference.Name}"),
            (Math.Abs(deviation - reference.Deviation) / double.Hypot(varianceError / (2 * deviation), deviationError), $"sd of {reference.Name}"),
        ];

        (double Mean, double Error) OfGroups(double[] numbers)
        {
            double[] means = new double[chainCount / coupled];
            for (int i = 0; i < numbers.Length; i++)
            {
                means[i % chainCount / coupled] += numbers[i] * means.Length / numbers.Length;
            }

            double average = means.Average();
            return (average, Math.Sqrt(means.Sum(one => (one - average) * (one - average)) / (means.Length - 1) / means.Length));
        }
    }
}
