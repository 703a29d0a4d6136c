namespace GpuSampling.Modeling;

/// <summary>
/// Log-densities and log-probabilities, normalized, to be added up in a model's log-density. Plain functions of doubles; in a
/// model they become kernels with their gradients.
/// </summary>
/// <remarks>Outside a distribution's support the result is −∞; parameters outside their range give NaN or ±∞.</remarks>
public static partial class Density
{
    private const double LogSqrtTwoPi = 0.91893853320467274;
    private const double LogTwo = 0.69314718055994531;
    private const double LogPi = 1.1447298858494002;

    /// <summary>The normal distribution.</summary>
    /// <param name="x">Where.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="sd">The standard deviation, above 0.</param>
    public static double Normal(double x, double mean, double sd)
    {
        double z = (x - mean) / sd;
        return -0.5 * z * z - (Math.Log(sd) + LogSqrtTwoPi);
    }

    /// <summary>The standard normal distribution.</summary>
    /// <param name="x">Where.</param>
    public static double StandardNormal(double x) => -0.5 * x * x - LogSqrtTwoPi;

    /// <summary>The Cauchy distribution.</summary>
    /// <param name="x">Where.</param>
    /// <param name="location">The median.</param>
    /// <param name="scale">Half the distance between the quartiles, above 0.</param>
    public static double Cauchy(double x, double location, double scale)
    {
        double z = (x - location) / scale;
        return -Special.Log1p(z * z) - (Math.Log(scale) + LogPi);
    }

    /// <summary>The Cauchy distribution about 0, restricted to positive numbers.</summary>
    /// <param name="x">Where, at least 0.</param>
    /// <param name="scale">The median, above 0.</param>
    public static double HalfCauchy(double x, double scale)
    {
        double z = x / scale;
        return -Special.Log1p(z * z) - (Math.Log(scale) + LogPi - LogTwo);
    }
}
