using GpuSampling.Adaptation;

namespace GpuSampling.Sampling;

/// <summary>Makes the metric that options ask for.</summary>
internal static class Metrics
{
    /// <summary>The metric at the beginning of a run.</summary>
    /// <param name="options">What is given and what is to be adapted.</param>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static AdaptedMetric Adapted(AdaptiveOptions options, int dimension)
    {
        if (!options.Scales.IsEmpty)
        {
            return new AdaptedScales(options.Scales.AsSpan(), isAdapted: false);
        }

        if (options.Metric == MetricKind.Dense)
        {
            return new AdaptedCovariance(dimension);
        }

        double[] ones = new double[dimension];
        Array.Fill(ones, 1);
        return new AdaptedScales(ones, isAdapted: options.Metric == MetricKind.Diagonal);
    }
}
