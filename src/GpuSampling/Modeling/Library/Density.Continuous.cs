namespace GpuSampling.Modeling;

/// <summary>
/// Log-densities and log-probabilities, normalized, to be added up in a model's log-density. Plain functions of doubles; in a
/// model they become kernels with their gradients.
/// </summary>
/// <remarks>
/// Outside a distribution's support the result is −∞; for NaN it is NaN. Where a density is infinite at an end of its support, so is
/// the result. For parameters outside their range it is NaN or has no meaning: constrain them.
/// </remarks>
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

    /// <summary>The normal distribution about 0, restricted to positive numbers.</summary>
    /// <param name="x">Where, at least 0.</param>
    /// <param name="sd">The standard deviation of the unrestricted distribution, above 0.</param>
    public static double HalfNormal(double x, double sd)
    {
        double z = x / sd;
        return x < 0 ? double.NegativeInfinity : -0.5 * z * z - (Math.Log(sd) + LogSqrtTwoPi - LogTwo);
    }

    /// <summary>The log-normal distribution: log x is normal.</summary>
    /// <param name="x">Where, above 0.</param>
    /// <param name="mean">The mean of log x.</param>
    /// <param name="sd">The standard deviation of log x, above 0.</param>
    public static double LogNormal(double x, double mean, double sd)
    {
        double logX = Math.Log(x);
        double z = (logX - mean) / sd;
        return x <= 0 ? double.NegativeInfinity : -0.5 * z * z - (Math.Log(sd) + LogSqrtTwoPi) - logX;
    }

    /// <summary>Student's t distribution.</summary>
    /// <param name="x">Where.</param>
    /// <param name="degrees">The degrees of freedom, above 0.</param>
    /// <param name="location">The median.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double StudentT(double x, double degrees, double location, double scale)
    {
        double z = (x - location) / scale;
        double normalizer = Special.LogGamma(0.5 * (degrees + 1)) - Special.LogGamma(0.5 * degrees) - 0.5 * (Math.Log(degrees) + LogPi) - Math.Log(scale);
        return normalizer - 0.5 * (degrees + 1) * Special.Log1p(z * z / degrees);
    }

    /// <summary>Student's t distribution about 0, restricted to positive numbers.</summary>
    /// <param name="x">Where, at least 0.</param>
    /// <param name="degrees">The degrees of freedom, above 0.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double HalfStudentT(double x, double degrees, double scale) =>
        x < 0 ? double.NegativeInfinity : StudentT(x, degrees, 0, scale) + LogTwo;

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
        return x < 0 ? double.NegativeInfinity : -Special.Log1p(z * z) - (Math.Log(scale) + LogPi - LogTwo);
    }

    /// <summary>The Laplace distribution.</summary>
    /// <param name="x">Where.</param>
    /// <param name="location">The median.</param>
    /// <param name="scale">The mean absolute deviation, above 0.</param>
    public static double Laplace(double x, double location, double scale) => -Math.Abs(x - location) / scale - (Math.Log(scale) + LogTwo);

    /// <summary>The logistic distribution.</summary>
    /// <param name="x">Where.</param>
    /// <param name="location">The median.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double Logistic(double x, double location, double scale)
    {
        double z = (x - location) / scale;
        return z - 2 * Special.Softplus(z) - Math.Log(scale);
    }

    /// <summary>The Gumbel distribution of maxima.</summary>
    /// <param name="x">Where.</param>
    /// <param name="location">The mode.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double Gumbel(double x, double location, double scale)
    {
        double z = (x - location) / scale;
        return -z - Math.Exp(-z) - Math.Log(scale);
    }
}
