namespace GpuSampling.Modeling;

/// <content>Distributions over positive numbers, intervals and simplices.</content>
public static partial class Density
{
    /// <summary>The exponential distribution.</summary>
    /// <param name="x">Where, at least 0.</param>
    /// <param name="rate">1 / mean, above 0.</param>
    public static double Exponential(double x, double rate) => Math.Log(rate) - rate * x;

    /// <summary>The gamma distribution.</summary>
    /// <param name="x">Where, above 0.</param>
    /// <param name="shape">The shape, above 0.</param>
    /// <param name="rate">The rate, above 0: the mean is shape / rate.</param>
    public static double Gamma(double x, double shape, double rate) =>
        (shape - 1) * Math.Log(x) - rate * x + (shape * Math.Log(rate) - Special.LogGamma(shape));

    /// <summary>The inverse gamma distribution: 1/x is gamma.</summary>
    /// <param name="x">Where, above 0.</param>
    /// <param name="shape">The shape, above 0.</param>
    /// <param name="scale">The scale, above 0.</param>
    public static double InverseGamma(double x, double shape, double scale) =>
        -(shape + 1) * Math.Log(x) - scale / x + (shape * Math.Log(scale) - Special.LogGamma(shape));

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
        return Math.Log(shape) - Math.Log(scale) + (shape - 1) * logRatio - Math.Exp(shape * logRatio);
    }

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
        return Math.Log(x) - 2 * Math.Log(scale) - 0.5 * z * z;
    }

    /// <summary>The uniform distribution.</summary>
    /// <param name="x">Where.</param>
    /// <param name="lower">The lower end.</param>
    /// <param name="upper">The upper end, above the lower.</param>
    public static double Uniform(double x, double lower, double upper) =>
        x < lower || x > upper ? double.NegativeInfinity : -Math.Log(upper - lower);

    /// <summary>The beta distribution.</summary>
    /// <param name="x">Where, between 0 and 1.</param>
    /// <param name="a">The exponent of x plus 1, above 0.</param>
    /// <param name="b">The exponent of 1 − x plus 1, above 0.</param>
    public static double Beta(double x, double a, double b) =>
        (a - 1) * Math.Log(x) + (b - 1) * Special.Log1p(-x) + (Special.LogGamma(a + b) - Special.LogGamma(a) - Special.LogGamma(b));

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
            sum += (concentrations[k] - 1) * Math.Log(x[k]) - Special.LogGamma(concentrations[k]);
        }

        return sum + Special.LogGamma(total);
    }

    /// <summary>The multivariate normal distribution about 0, by the Cholesky factor of its covariance.</summary>
    /// <param name="x">N numbers.</param>
    /// <param name="factor">A lower triangular N × N matrix with a positive diagonal.</param>
    public static double MultivariateNormalCholesky(double[] x, double[,] factor)
    {
        double[] z = LinearAlgebra.SolveLower(factor, x);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum -= 0.5 * z[i] * z[i] + Math.Log(factor[i, i]) + LogSqrtTwoPi;
        }

        return sum;
    }

    /// <summary>The multivariate normal distribution, by the Cholesky factor of its covariance.</summary>
    /// <param name="x">N numbers.</param>
    /// <param name="mean">N numbers.</param>
    /// <param name="factor">A lower triangular N × N matrix with a positive diagonal.</param>
    public static double MultivariateNormalCholesky(double[] x, double[] mean, double[,] factor)
    {
        double[] difference = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            difference[i] = x[i] - mean[i];
        }

        return MultivariateNormalCholesky(difference, factor);
    }

    /// <summary>The LKJ distribution of correlation matrices, by their Cholesky factor: det(L Lᵀ)^(shape − 1) in terms of L.</summary>
    /// <param name="factor">The Cholesky factor of a K × K correlation matrix.</param>
    /// <param name="shape">The shape, above 0; 1 is uniform over correlation matrices.</param>
    public static double LkjCholesky(double[,] factor, double shape)
    {
        int size = factor.GetLength(0);
        double sum = 0;
        for (int k = 1; k < size; k++)
        {
            sum += (size - k - 1 + 2 * shape - 2) * Math.Log(factor[k, k]);
            sum += Special.LogGamma(shape + 0.5 * (size - 1)) - 0.5 * k * LogPi - Special.LogGamma(shape + 0.5 * (size - 1 - k));
        }

        return sum;
    }
}
