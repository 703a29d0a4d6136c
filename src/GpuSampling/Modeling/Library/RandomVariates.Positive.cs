namespace GpuSampling.Modeling;

/// <content>Positive numbers, intervals and simplices.</content>
public static partial class RandomVariates
{
    /// <summary>A number whose inverse is gamma.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="shape">The shape, above 0, to 10⁸.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double InverseGamma(this RandomSource random, double shape, double scale) => scale * Math.Exp(-random.LogOfGamma(shape));

    /// <summary>A chi-square number.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="degrees">The degrees of freedom, above 0, to 2 · 10⁸.</param>
    public static double ChiSquare(this RandomSource random, double degrees) => random.Gamma(0.5 * degrees, 0.5);

    /// <summary>A Weibull number.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="shape">The shape, above 0.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double Weibull(this RandomSource random, double shape, double scale) => scale * Math.Exp(Math.Log(random.Exponential()) / shape);

    /// <summary>A Pareto number.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="minimum">The smallest value, above 0.</param>
    /// <param name="shape">The shape, above 0.</param>
    public static double Pareto(this RandomSource random, double minimum, double shape) => minimum * Math.Exp(random.Exponential() / shape);

    /// <summary>A Rayleigh number.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="scale">The mode, above 0.</param>
    public static double Rayleigh(this RandomSource random, double scale) => scale * Math.Sqrt(2 * random.Exponential());

    /// <summary>A beta number, from two gamma ones.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="a">The exponent of x plus 1, above 0, to 10⁸.</param>
    /// <param name="b">The exponent of 1 − x plus 1, above 0, to 10⁸.</param>
    public static double Beta(this RandomSource random, double a, double b) => Special.Logistic(random.LogOfGamma(a) - random.LogOfGamma(b));

    /// <summary>A point of the simplex of Dirichlet distribution, from gamma numbers.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="concentrations">Numbers above 0, to 10⁸.</param>
    public static double[] Dirichlet(this RandomSource random, double[] concentrations)
    {
        // By logarithms, as small concentrations let all gamma numbers underflow.
        double[] x = new double[concentrations.Length];
        double largest = double.NegativeInfinity;
        for (int k = 0; k < x.Length; k++)
        {
            x[k] = random.LogOfGamma(concentrations[k]);
            largest = Math.Max(largest, x[k]);
        }

        double total = 0;
        for (int k = 0; k < x.Length; k++)
        {
            x[k] = Math.Exp(x[k] - largest);
            total += x[k];
        }

        for (int k = 0; k < x.Length; k++)
        {
            x[k] /= total;
        }

        return x;
    }
}
