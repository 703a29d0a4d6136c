using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>A function of a draw whose expectation is estimated, applied to eight half-chains or to one value.</summary>
internal interface ISeriesMap
{
    /// <summary>The function of eight draws.</summary>
    Vector512<double> Map(Vector512<double> draws);
}

/// <summary>The draws themselves: their expectation is the mean.</summary>
internal readonly struct IdentityMap : ISeriesMap
{
    /// <inheritdoc/>
    public Vector512<double> Map(Vector512<double> draws) => draws;
}

/// <summary>Squared deviations from the pooled mean: their expectation is the variance.</summary>
internal readonly struct SquaredDeviationMap(double mean) : ISeriesMap
{
    /// <inheritdoc/>
    public Vector512<double> Map(Vector512<double> draws)
    {
        Vector512<double> deviation = draws - Vector512.Create(mean);
        return deviation * deviation;
    }
}
