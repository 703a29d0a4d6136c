using GpuSampling.Adaptation;

namespace GpuSampling.Sampling;

/// <summary>Makes the metric that options ask for.</summary>
internal static class Metrics
{
    // Beyond, the products of a dense metric with momenta cost more than many a gradient.
    private const int MostDenseParameters = 32;

    // Draws in a row are alike: of a hundred positions for each parameter a tenth at least are as good as independent.
    private const int TransitionsPerParameter = 100;

    /// <summary>The metric at the beginning of a run.</summary>
    /// <param name="options">What is given and what is to be adapted.</param>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    /// <param name="run">The size of the run.</param>
    public static AdaptedMetric Adapted(AdaptiveOptions options, int dimension, RunOptions run)
    {
        if (!options.Scales.IsEmpty)
        {
            return new AdaptedScales(options.Scales.AsSpan(), isAdapted: false);
        }

        MetricKind kind = options.Metric == MetricKind.Automatic ? Automatic(dimension, run) : options.Metric;
        return kind switch
        {
            MetricKind.Dense => new AdaptedCovariance(dimension),
            MetricKind.LowRank => new AdaptedLowRank(dimension),
            MetricKind.Fisher => new AdaptedFisherScales(dimension),
            _ => new AdaptedScales([.. Enumerable.Repeat(1.0, dimension)], isAdapted: kind == MetricKind.Diagonal),
        };
    }

    /// <summary>What <see cref="MetricKind.Automatic"/> stands for.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    /// <param name="run">The size of the run.</param>
    public static MetricKind Automatic(int dimension, RunOptions run) =>
        dimension is > 1 and <= MostDenseParameters && (long)run.ChainCount * run.WarmupCount >= (long)TransitionsPerParameter * dimension
            ? MetricKind.Dense
            : MetricKind.Diagonal;
}
