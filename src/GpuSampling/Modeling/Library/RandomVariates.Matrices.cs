namespace GpuSampling.Modeling;

/// <content>Vectors and matrices.</content>
public static partial class RandomVariates
{
    /// <summary>A vector of normal distribution about 0.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="factor">The Cholesky factor of the covariance matrix.</param>
    public static double[] MultivariateNormalCholesky(this RandomSource random, double[,] factor)
    {
        double[] z = new double[factor.GetLength(0)];
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = random.Normal();
        }

        double[] x = new double[z.Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                x[i] += factor[i, j] * z[j];
            }
        }

        return x;
    }

    /// <summary>A vector of normal distribution.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="factor">The Cholesky factor of the covariance matrix.</param>
    public static double[] MultivariateNormalCholesky(this RandomSource random, double[] mean, double[,] factor)
    {
        double[] x = MultivariateNormalCholesky(random, factor);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] += mean[i];
        }

        return x;
    }

    /// <summary>
    /// The Cholesky factor of a correlation matrix of LKJ distribution, by the onion method (Lewandowski, Kurowicka and Joe, Journal
    /// of Multivariate Analysis 100, 2009, section 3.2): row i has squared length beta(i / 2, shape + (size − 1 − i) / 2) left of
    /// the diagonal, in a uniform direction.
    /// </summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="size">The number of rows, at least 1.</param>
    /// <param name="shape">Above 0; 1 is uniform over correlation matrices.</param>
    public static double[,] LkjCholesky(this RandomSource random, int size, double shape)
    {
        double[,] factor = new double[size, size];
        factor[0, 0] = 1;
        for (int i = 1; i < size; i++)
        {
            double squares = 0;
            for (int j = 0; j < i; j++)
            {
                factor[i, j] = random.Normal();
                squares += factor[i, j] * factor[i, j];
            }

            double part = Beta(random, 0.5 * i, shape + 0.5 * (size - 1 - i));
            double length = Math.Sqrt(part / squares);
            for (int j = 0; j < i; j++)
            {
                factor[i, j] *= length;
            }

            factor[i, i] = Math.Sqrt(1 - part);
        }

        return factor;
    }

    /// <summary>A matrix of Wishart distribution.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="degrees">The degrees of freedom, above the size minus 1.</param>
    /// <param name="scale">The scale, a covariance matrix; the mean is degrees times it.</param>
    public static double[,] Wishart(this RandomSource random, double degrees, double[,] scale) =>
        LinearAlgebra.MultiplyByTranspose(WishartCholesky(random, degrees, LinearAlgebra.Cholesky(scale)));

    /// <summary>The Cholesky factor of a matrix of Wishart distribution, by Bartlett's decomposition.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="degrees">The degrees of freedom, above the size minus 1.</param>
    /// <param name="scaleFactor">The Cholesky factor of the scale.</param>
    public static double[,] WishartCholesky(this RandomSource random, double degrees, double[,] scaleFactor) =>
        LinearAlgebra.Multiply(scaleFactor, Bartlett(random, scaleFactor.GetLength(0), degrees));

    /// <summary>A matrix of inverse Wishart distribution.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="degrees">The degrees of freedom, above the size minus 1.</param>
    /// <param name="scale">The scale, a covariance matrix.</param>
    public static double[,] InverseWishart(this RandomSource random, double degrees, double[,] scale)
    {
        // With scale = L L' and A A' of Wishart distribution, (L A'⁻¹) (L A'⁻¹)' has inverse L'⁻¹ A A' L⁻¹.
        double[,] factor = LinearAlgebra.Cholesky(scale);
        double[,] root = Bartlett(random, factor.GetLength(0), degrees);
        double[,] rows = new double[factor.GetLength(0), factor.GetLength(0)];
        double[] row = new double[factor.GetLength(0)];
        for (int i = 0; i < row.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = factor[i, j];
            }

            double[] solved = LinearAlgebra.SolveLower(root, row);
            for (int j = 0; j < row.Length; j++)
            {
                rows[i, j] = solved[j];
            }
        }

        return LinearAlgebra.MultiplyByTranspose(rows);
    }

    /// <summary>The Cholesky factor of a matrix of Wishart distribution with the identity as its scale.</summary>
    private static double[,] Bartlett(this RandomSource random, int size, double degrees)
    {
        double[,] factor = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            factor[i, i] = Math.Sqrt(ChiSquare(random, degrees - i));
            for (int j = 0; j < i; j++)
            {
                factor[i, j] = random.Normal();
            }
        }

        return factor;
    }
}
