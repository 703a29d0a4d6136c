namespace GpuSampling.Modeling;

/// <content>Distributions over vectors and matrices.</content>
public static partial class Density
{
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

    /// <summary>The Wishart distribution of symmetric positive definite matrices W: the mean is degrees · scale.</summary>
    /// <param name="w">A K × K matrix, of which the lower triangle is read.</param>
    /// <param name="degrees">The degrees of freedom, above K − 1.</param>
    /// <param name="scale">A symmetric positive definite K × K matrix, of which the lower triangle is read.</param>
    public static double Wishart(double[,] w, double degrees, double[,] scale)
    {
        double[,] factor = LinearAlgebra.Cholesky(w);
        return WishartCholesky(factor, degrees, LinearAlgebra.Cholesky(scale)) - LogJacobianOfProduct(factor);
    }

    /// <summary>The distribution of the Cholesky factor of a matrix with Wishart distribution: Bartlett (1933).</summary>
    /// <param name="factor">A lower triangular K × K matrix with a positive diagonal.</param>
    /// <param name="degrees">The degrees of freedom, above K − 1.</param>
    /// <param name="scaleFactor">The Cholesky factor of the Wishart distribution's scale.</param>
    public static double WishartCholesky(double[,] factor, double degrees, double[,] scaleFactor)
    {
        int size = factor.GetLength(0);
        double logDeterminants = 0;
        for (int i = 0; i < size; i++)
        {
            logDeterminants += (degrees - size - 1) * Math.Log(factor[i, i]) - degrees * Math.Log(scaleFactor[i, i]);
        }

        return logDeterminants - 0.5 * SquaredNormOfQuotient(scaleFactor, factor) - WishartNormalizer(size, degrees) + LogJacobianOfProduct(factor);
    }

    /// <summary>The inverse Wishart distribution: W⁻¹ has the Wishart distribution with scale⁻¹.</summary>
    /// <param name="w">A symmetric positive definite K × K matrix, of which the lower triangle is read.</param>
    /// <param name="degrees">The degrees of freedom, above K − 1.</param>
    /// <param name="scale">A symmetric positive definite K × K matrix, of which the lower triangle is read.</param>
    public static double InverseWishart(double[,] w, double degrees, double[,] scale)
    {
        int size = w.GetLength(0);
        double[,] factor = LinearAlgebra.Cholesky(w);
        double[,] scaleFactor = LinearAlgebra.Cholesky(scale);
        double logDeterminants = 0;
        for (int i = 0; i < size; i++)
        {
            logDeterminants += degrees * Math.Log(scaleFactor[i, i]) - (degrees + size + 1) * Math.Log(factor[i, i]);
        }

        return logDeterminants - 0.5 * SquaredNormOfQuotient(factor, scaleFactor) - WishartNormalizer(size, degrees);
    }

    /// <summary>tr((L Lᵀ)⁻¹ A Aᵀ) = |L⁻¹ A|² for lower triangular matrices.</summary>
    private static double SquaredNormOfQuotient(double[,] l, double[,] a)
    {
        int size = l.GetLength(0);
        double[] column = new double[size];
        double sum = 0;
        for (int j = 0; j < size; j++)
        {
            for (int i = 0; i < size; i++)
            {
                column[i] = i < j ? 0 : a[i, j];
            }

            double[] solution = LinearAlgebra.SolveLower(l, column);
            for (int i = 0; i < size; i++)
            {
                sum += solution[i] * solution[i];
            }
        }

        return sum;
    }

    /// <summary>log(2^(νK/2) Γ_K(ν/2)) with the multivariate gamma function.</summary>
    private static double WishartNormalizer(int size, double degrees)
    {
        double sum = 0.5 * degrees * size * LogTwo + 0.25 * size * (size - 1) * LogPi;
        for (int i = 0; i < size; i++)
        {
            sum += Special.LogGamma(0.5 * (degrees - i));
        }

        return sum;
    }

    /// <summary>log |∂(L Lᵀ) / ∂L| = K log 2 + Σ (K − i) log L_ii, i from 0.</summary>
    private static double LogJacobianOfProduct(double[,] factor)
    {
        int size = factor.GetLength(0);
        double sum = size * LogTwo;
        for (int i = 0; i < size; i++)
        {
            sum += (size - i) * Math.Log(factor[i, i]);
        }

        return sum;
    }
}
