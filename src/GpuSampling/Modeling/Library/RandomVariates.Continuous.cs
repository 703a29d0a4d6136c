namespace GpuSampling.Modeling;

/// <summary>
/// Random numbers of the distributions of <see cref="Density"/> that <see cref="RandomSource"/> does not have itself, with the same
/// parameters in the same order: <c>random.StudentT(nu, mu, sigma)</c> beside <c>Density.StudentT(y, nu, mu, sigma)</c>. Counts and
/// categories are whole numbers of type double. Parameters out of range give NaN, or numbers without meaning.
/// </summary>
/// <remarks>
/// One calls another by its class, not as an extension: the generator reads this text beside the compiled library, which has the
/// same extensions.
/// </remarks>
public static partial class RandomVariates
{
    /// <summary>The absolute value of a normal number of mean 0.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="sd">The standard deviation of the normal distribution, at least 0.</param>
    public static double HalfNormal(this RandomSource random, double sd) => sd * Math.Abs(random.Normal());

    /// <summary>A number whose logarithm is normal.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="mean">The mean of the logarithm.</param>
    /// <param name="sd">The standard deviation of the logarithm, at least 0.</param>
    public static double LogNormal(this RandomSource random, double mean, double sd) => Math.Exp(mean + sd * random.Normal());

    /// <summary>A number of Student's t distribution.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="degrees">The degrees of freedom, above 0, to 2 · 10⁸.</param>
    /// <param name="location">The median.</param>
    /// <param name="scale">The scale, at least 0.</param>
    public static double StudentT(this RandomSource random, double degrees, double location, double scale)
    {
        // A chi-square number over its degrees of freedom is a gamma number of shape degrees / 2 over that shape.
        double half = 0.5 * degrees;
        return location + scale * random.Normal() * Math.Exp(0.5 * (Math.Log(half) - random.LogOfGamma(half)));
    }

    /// <summary>The absolute value of a number of Student's t distribution about 0.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="degrees">The degrees of freedom, above 0, to 2 · 10⁸.</param>
    /// <param name="scale">The scale, at least 0.</param>
    public static double HalfStudentT(this RandomSource random, double degrees, double scale) => Math.Abs(StudentT(random, degrees, 0, scale));

    /// <summary>A number of the Cauchy distribution: a ratio of normal ones.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="location">The median.</param>
    /// <param name="scale">The scale, at least 0.</param>
    public static double Cauchy(this RandomSource random, double location, double scale) => location + scale * random.Normal() / random.Normal();

    /// <summary>The absolute value of a number of the Cauchy distribution about 0.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="scale">The scale, at least 0.</param>
    public static double HalfCauchy(this RandomSource random, double scale) => scale * Math.Abs(random.Normal() / random.Normal());

    /// <summary>A number of the Laplace distribution: a difference of exponential ones.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="location">The mean.</param>
    /// <param name="scale">The scale, at least 0.</param>
    public static double Laplace(this RandomSource random, double location, double scale) =>
        location + scale * (random.Exponential() - random.Exponential());

    /// <summary>A number of the logistic distribution: the logarithm of a ratio of exponential ones.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="location">The mean.</param>
    /// <param name="scale">The scale, at least 0.</param>
    public static double Logistic(this RandomSource random, double location, double scale) =>
        location + scale * (Math.Log(random.Exponential()) - Math.Log(random.Exponential()));

    /// <summary>A number of the Gumbel distribution of maxima.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="location">The mode.</param>
    /// <param name="scale">The scale, at least 0.</param>
    public static double Gumbel(this RandomSource random, double location, double scale) => location - scale * Math.Log(random.Exponential());

    /// <summary>A normal number, given that it lies in an interval, which may be far out in a tail.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="mean">The mean of the unrestricted distribution.</param>
    /// <param name="sd">The standard deviation of the unrestricted distribution, above 0.</param>
    /// <param name="lower">The lower end.</param>
    /// <param name="upper">The upper end, above the lower.</param>
    public static double TruncatedNormal(this RandomSource random, double mean, double sd, double lower, double upper) =>
        Math.Min(Math.Max(mean + sd * random.StandardTruncatedNormal((lower - mean) / sd, (upper - mean) / sd), lower), upper);

    /// <summary>A normal number, given that it is at least <paramref name="lower"/>.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="mean">The mean of the unrestricted distribution.</param>
    /// <param name="sd">The standard deviation of the unrestricted distribution, above 0.</param>
    /// <param name="lower">The lower end.</param>
    public static double LowerTruncatedNormal(this RandomSource random, double mean, double sd, double lower) =>
        Math.Max(mean + sd * random.StandardTruncatedNormal((lower - mean) / sd, double.PositiveInfinity), lower);

    /// <summary>A normal number, given that it is at most <paramref name="upper"/>.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="mean">The mean of the unrestricted distribution.</param>
    /// <param name="sd">The standard deviation of the unrestricted distribution, above 0.</param>
    /// <param name="upper">The upper end.</param>
    public static double UpperTruncatedNormal(this RandomSource random, double mean, double sd, double upper) =>
        Math.Min(mean + sd * random.StandardTruncatedNormal(double.NegativeInfinity, (upper - mean) / sd), upper);

    /// <summary>An angle of the von Mises distribution, within π of the mean direction.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="mean">The mean direction in radians.</param>
    /// <param name="concentration">From 0 to 10⁸.</param>
    public static double VonMises(this RandomSource random, double mean, double concentration) => mean + random.StandardVonMises(concentration);
}
