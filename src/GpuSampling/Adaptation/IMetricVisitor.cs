using GpuSampling.Kernels.Metrics;

namespace GpuSampling.Adaptation;

/// <summary>What to do with the kernels' form of a metric, which their type holds.</summary>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal interface IMetricVisitor<out TResult>
{
    /// <summary>Told the form.</summary>
    /// <param name="metric">What kernels read settings as.</param>
    TResult Visit<TMetric>(TMetric metric)
        where TMetric : struct, IMetric;
}
