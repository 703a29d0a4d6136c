namespace GpuSampling.Modeling;

/// <content>Distributions over positive numbers, intervals and simplices.</content>
public static partial class Density
{
    /// <summary>The exponential distribution.</summary>
    /// <param name="x">Where, at least 0.</param>
    /// <param name="rate">1 / mean, above 0.</param>
    public static double Exponential(double x, double rate) =>
        x < 0 ? double.NegativeInfinity : Math.Log(rate) - rate * x;

    /// <summary>The gamma distribution.</summary>
    /// <param name="x">Where, at least 0.</param>
    /// <param name="shape">The shape, above 0.</param>
    /// <param name="rate">The rate, above 0: the mean is shape / rate.</param>
    public static double Gamma(double x, double shape, double rate) =>
        x < 0
            ? double.NegativeInfinity
            : Special.MultiplyLog(shape - 1, x) - rate * x + (shape * Math.Log(rate) - Special.LogGamma(shape));

    /// <summary>The inverse gamma distribution: 1/x is gamma.</summary>
    /// <param name="x">Where, above 0.</param>
    /// <param name="shape">The shape, above 0.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double InverseGamma(double x, double shape, double scale) =>
        x <= 0
            ? double.NegativeInfinity
            : -(shape + 1) * Math.Log(x) - scale / x + (shape * Math.Log(scale) - Special.LogGamma(shape));

    /// <summary>The chi-square distribution.</summary>
    /// <param name="x">Where, above 0.</param>
    /// <param name="degrees">The degrees of freedom, above 0.</param>
    public static double ChiSquare(double x, double degrees) => Gamma(x, 0.5 * degrees, 0.5);

    /// <summary>The Weibull distribution.</summary>
    /// <param name="x">Where, above 0.</param>
    /// <param name="shape">The shape, above 0.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double Weibull(double x, double shape, double scale)
    {
        double logRatio = Math.Log(x) - Math.Log(scale);
        double power = x == 0 && shape == 1 ? 0 : (shape - 1) * logRatio;
        return x < 0 ? double.NegativeInfinity : Math.Log(shape) - Math.Log(scale) + power - Math.Exp(shape * logRatio);
    }

    /// <summary>log P(X &gt; x) of the Weibull distribution, for times that are censored at <paramref name="x"/>.</summary>
    /// <param name="x">Where, at least 0.</param>
    /// <param name="shape">The shape, above 0.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double WeibullSurvival(double x, double shape, double scale) =>
        x < 0 ? 0 : -Math.Exp(shape * (Math.Log(x) - Math.Log(scale)));

    /// <summary>log P(X &gt; x) of the exponential distribution.</summary>
    /// <param name="x">Where, at least 0.</param>
    /// <param name="rate">1 / mean, above 0.</param>
    public static double ExponentialSurvival(double x, double rate) => x < 0 ? 0 : -rate * x;

    /// <summary>The Pareto distribution.</summary>
    /// <param name="x">Where, at least <paramref name="minimum"/>.</param>
    /// <param name="minimum">The smallest value, above 0.</param>
    /// <param name="shape">The shape, above 0.</param>
    public static double Pareto(double x, double minimum, double shape) =>
        x < minimum ? double.NegativeInfinity : Math.Log(shape) + shape * Math.Log(minimum) - (shape + 1) * Math.Log(x);

    /// <summary>The Rayleigh distribution.</summary>
    /// <param name="x">Where, above 0.</param>
    /// <param name="scale">The mode, above 0.</param>
    public static double Rayleigh(double x, double scale)
    {
        double z = x / scale;
        return x <= 0 ? double.NegativeInfinity : Math.Log(x) - 2 * Math.Log(scale) - 0.5 * z * z;
    }

    /// <summary>The uniform distribution.</summary>
    /// <param name="x">Where.</param>
    /// <param name="lower">The lower end.</param>
    /// <param name="upper">The upper end, above the lower.</param>
    public static double Uniform(double x, double lower, double upper) =>
        x < lower || x > upper ? double.NegativeInfinity : x >= lower && x <= upper ? -Math.Log(upper - lower) : double.NaN;

    /// <summary>The beta distribution.</summary>
    /// <param name="x">Where, between 0 and 1.</param>
    /// <param name="a">The exponent of x plus 1, above 0.</param>
    /// <param name="b">The exponent of 1 − x plus 1, above 0.</param>
    public static double Beta(double x, double a, double b) =>
        x < 0 || x > 1
            ? double.NegativeInfinity
            : Special.MultiplyLog(a - 1, x) + Special.MultiplyLog1p(b - 1, -x) + (Special.LogGamma(a + b) - Special.LogGamma(a) - Special.LogGamma(b));

    /// <summary>The Dirichlet distribution.</summary>
    /// <param name="x">A point of the simplex.</param>
    /// <param name="concentrations">As many numbers above 0.</param>
    public static double Dirichlet(double[] x, double[] concentrations)
    {
        double total = 0;
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            total += concentrations[k];
            sum += x[k] < 0 ? double.NegativeInfinity : Special.MultiplyLog(concentrations[k] - 1, x[k]) - Special.LogGamma(concentrations[k]);
        }

        return sum + Special.LogGamma(total);
    }
}
