namespace GpuSampling.Adaptation;

/// <summary>
/// Stan's shrinkage of a covariance towards a small unit metric, n/(n + 5) Σ + 10⁻³ 5/(n + 5) I (Stan Reference Manual, HMC algorithm
/// parameters), where positions are few.
/// </summary>
/// <remarks>
/// A covariance of many positions for each parameter needs none: it whitens them whatever the units and however strong the correlations,
/// while a share of I, small as it is, would hide a direction in which a posterior is thinner than that.
/// </remarks>
internal static class Shrinkage
{
    /// <summary>The variance shrunk to.</summary>
    public const double SmallVariance = 1e-3;

    // Then the estimated standard deviations in whitened space are right to within √(1/50), 14 %.
    private const double Plenty = 50;

    /// <summary>The weight of the unit metric.</summary>
    /// <param name="positions">The number of positions seen.</param>
    /// <param name="dimension">The number of parameters estimated together.</param>
    public static double Share(double positions, int dimension) => positions < Plenty * dimension ? 5 / (positions + 5) : 0;

    /// <summary>A variance, shrunk where draws are few.</summary>
    /// <param name="variance">The variance.</param>
    /// <param name="draws">The number of draws that it is of.</param>
    public static double OfVariance(double variance, double draws)
    {
        double share = Share(draws, 1);
        return ((1 - share) * variance) + (SmallVariance * share);
    }
}
