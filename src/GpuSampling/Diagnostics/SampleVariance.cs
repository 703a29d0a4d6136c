namespace GpuSampling.Diagnostics;

/// <summary>The sample variance, with divisor n - 1.</summary>
internal static class SampleVariance
{
    /// <summary>The variance of some values about their mean; NaN for fewer than two.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return double.NaN;
        }

        double mean = Mean(values);
        double sum = 0;
        foreach (double value in values)
        {
            double deviation = value - mean;
            sum += deviation * deviation;
        }

        return sum / (values.Length - 1);
    }

    /// <summary>The mean, taken about the first value, so that the mean of equal values is exactly theirs.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value - values[0];
        }

        return values[0] + (sum / values.Length);
    }
}
