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

        return options.Metric switch
        {
            MetricKind.Dense => new AdaptedCovariance(dimension),
            MetricKind.LowRank => new AdaptedLowRank(dimension),
            MetricKind.Fisher => new AdaptedFisherScales(dimension),
            _ => new AdaptedScales([.. Enumerable.Repeat(1.0, dimension)], isAdapted: options.Metric == MetricKind.Diagonal),
        };
    }
}
