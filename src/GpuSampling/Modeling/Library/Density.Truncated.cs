namespace GpuSampling.Modeling;

/// <content>Distributions on part of the line, and on the circle.</content>
public static partial class Density
{
    /// <summary>The normal distribution restricted to an interval, which may lie far out in a tail.</summary>
    /// <param name="x">Where.</param>
    /// <param name="mean">The mean of the unrestricted distribution.</param>
    /// <param name="sd">The standard deviation of the unrestricted distribution, above 0.</param>
    /// <param name="lower">The lower end, finite.</param>
    /// <param name="upper">The upper end, finite and above the lower.</param>
    public static double TruncatedNormal(double x, double mean, double sd, double lower, double upper)
    {
        // Mirrored, if necessary, so that the larger part lies left of 0, where log Φ loses no digits.
        double a = (lower - mean) / sd;
        double b = (upper - mean) / sd;
        double left = a + b > 0 ? -b : a;
        double right = a + b > 0 ? -a : b;
        double logRight = Special.LogNormalCdf(right);
        double logMass = logRight + Special.Log1mExpNegative(logRight - Special.LogNormalCdf(left));
        return x < lower || x > upper ? double.NegativeInfinity : Normal(x, mean, sd) - logMass;
    }

    /// <summary>The normal distribution restricted to numbers of at least <paramref name="lower"/>.</summary>
    /// <param name="x">Where.</param>
    /// <param name="mean">The mean of the unrestricted distribution.</param>
    /// <param name="sd">The standard deviation of the unrestricted distribution, above 0.</param>
    /// <param name="lower">The lower end.</param>
    public static double LowerTruncatedNormal(double x, double mean, double sd, double lower) =>
        x < lower ? double.NegativeInfinity : Normal(x, mean, sd) - NormalSurvival(lower, mean, sd);

    /// <summary>The normal distribution restricted to numbers of at most <paramref name="upper"/>.</summary>
    /// <param name="x">Where.</param>
    /// <param name="mean">The mean of the unrestricted distribution.</param>
    /// <param name="sd">The standard deviation of the unrestricted distribution, above 0.</param>
    /// <param name="upper">The upper end.</param>
    public static double UpperTruncatedNormal(double x, double mean, double sd, double upper) =>
        x > upper ? double.NegativeInfinity : Normal(x, mean, sd) - Special.LogNormalCdf((upper - mean) / sd);

    /// <summary>log P(X &gt; x) of the normal distribution.</summary>
    /// <param name="x">Where.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="sd">The standard deviation, above 0.</param>
    public static double NormalSurvival(double x, double mean, double sd) => Special.LogNormalCdf((mean - x) / sd);

    /// <summary>The von Mises distribution of an angle.</summary>
    /// <param name="x">An angle in radians: any number, the density has period 2π.</param>
    /// <param name="mean">The mean direction.</param>
    /// <param name="concentration">At least 0; 0 is uniform, and for large values it is nearly normal with variance 1 / concentration.</param>
    public static double VonMises(double x, double mean, double concentration)
    {
        // κ cos d − κ = −2 κ sin²(d / 2)
        double sine = Math.Sin(0.5 * (x - mean));
        return -2 * concentration * sine * sine - (LogTwo + LogPi) - Special.LogScaledBesselI0(concentration);
    }
}
