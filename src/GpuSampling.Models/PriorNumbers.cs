using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>Random numbers of the distributions that priors have, on the host.</summary>
internal static class PriorNumbers
{
    /// <summary>A gamma number of rate 1.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="shape">The shape, above 0.</param>
    /// <remarks>
    /// Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26, section 3; shapes below 1 by their section 6. A shape
    /// below a hundredth can give a number so small that it is 0.
    /// </remarks>
    public static double Gamma(RandomSource random, double shape)
    {
        double d = shape + (shape < 1 ? 1 : 0) - (1 / 3.0), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.Normal(), v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && -random.Exponential() < (0.5 * x * x) + (d * (1 - v + Math.Log(v))))
            {
                return d * v * (shape < 1 ? Math.Exp(-random.Exponential() / shape) : 1);
            }
        }
    }

    /// <summary>A number of the distribution Beta(2, 2): the median of three uniform ones.</summary>
    /// <param name="random">Where random numbers come from.</param>
    public static double BetaTwoTwo(RandomSource random)
    {
        double a = random.Uniform(), b = random.Uniform(), c = random.Uniform();
        return Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
    }

    /// <summary>The size of a standard Cauchy number, as the ratio of two standard normal ones.</summary>
    /// <param name="random">Where random numbers come from.</param>
    public static double HalfCauchy(RandomSource random) => Math.Abs(random.Normal() / random.Normal());

    /// <summary>A normal number between two bounds, by rejection: most numbers should lie there.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="mean">The mean without bounds.</param>
    /// <param name="sd">The standard deviation without bounds, above 0.</param>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound.</param>
    public static double NormalBetween(RandomSource random, double mean, double sd, double lower, double upper)
    {
        while (true)
        {
            double x = random.Normal(mean, sd);
            if (x > lower && x < upper)
            {
                return x;
            }
        }
    }
}
