namespace GpuSampling.Modeling;

/// <summary>
/// Linear algebra on small matrices. In a model each becomes loops in the kernel, with their gradients; sizes depend on data only.
/// </summary>
public static class LinearAlgebra
{
    /// <summary>x · y.</summary>
    /// <param name="x">N numbers.</param>
    /// <param name="y">N numbers.</param>
    public static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>Row <paramref name="row"/> of A times x.</summary>
    /// <param name="a">An M × N matrix.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="x">N numbers.</param>
    public static double RowDot(double[,] a, int row, double[] x)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            sum += a[row, j] * x[j];
        }

        return sum;
    }

    /// <summary>A x.</summary>
    /// <param name="a">An M × N matrix.</param>
    /// <param name="x">N numbers.</param>
    /// <returns>M numbers.</returns>
    public static double[] Multiply(double[,] a, double[] x)
    {
        double[] product = new double[a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            product[i] = RowDot(a, i, x);
        }

        return product;
    }

    /// <summary>A B.</summary>
    /// <param name="a">An L × M matrix.</param>
    /// <param name="b">An M × N matrix.</param>
    /// <returns>An L × N matrix.</returns>
    public static double[,] Multiply(double[,] a, double[,] b)
    {
        double[,] product = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < b.GetLength(1); j++)
            {
                double sum = 0;
                for (int k = 0; k < b.GetLength(0); k++)
                {
                    sum += a[i, k] * b[k, j];
                }

                product[i, j] = sum;
            }
        }

        return product;
    }

    /// <summary>A Aᵀ.</summary>
    /// <param name="a">An M × N matrix.</param>
    /// <returns>A symmetric M × M matrix.</returns>
    public static double[,] MultiplyByTranspose(double[,] a)
    {
        double[,] product = new double[a.GetLength(0), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(0); j++)
            {
                double sum = 0;
                for (int k = 0; k < a.GetLength(1); k++)
                {
                    sum += a[i, k] * a[j, k];
                }

                product[i, j] = sum;
            }
        }

        return product;
    }

    /// <summary>xᵀ A x for a symmetric matrix, of which the lower triangle is read.</summary>
    /// <param name="a">An N × N matrix.</param>
    /// <param name="x">N numbers.</param>
    public static double QuadraticForm(double[,] a, double[] x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double below = 0;
            for (int j = 0; j < i; j++)
            {
                below += a[i, j] * x[j];
            }

            sum += x[i] * (2 * below + a[i, i] * x[i]);
        }

        return sum;
    }

    /// <summary>The Cholesky factor L of A = L Lᵀ, of which the lower triangle is read. NaN where A is not positive definite.</summary>
    /// <param name="a">A symmetric positive definite N × N matrix.</param>
    /// <returns>A lower triangular N × N matrix.</returns>
    public static double[,] Cholesky(double[,] a)
    {
        double[,] factor = new double[a.GetLength(0), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < i; j++)
            {
                double rest = a[i, j];
                for (int k = 0; k < j; k++)
                {
                    rest -= factor[i, k] * factor[j, k];
                }

                factor[i, j] = rest / factor[j, j];
            }

            double square = a[i, i];
            for (int k = 0; k < i; k++)
            {
                square -= factor[i, k] * factor[i, k];
            }

            factor[i, i] = Math.Sqrt(square);
        }

        return factor;
    }

    /// <summary>L⁻¹ x for a lower triangular matrix.</summary>
    /// <param name="l">A lower triangular N × N matrix with a diagonal other than 0.</param>
    /// <param name="x">N numbers.</param>
    /// <returns>N numbers.</returns>
    public static double[] SolveLower(double[,] l, double[] x)
    {
        double[] solution = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double rest = x[i];
            for (int j = 0; j < i; j++)
            {
                rest -= l[i, j] * solution[j];
            }

            solution[i] = rest / l[i, i];
        }

        return solution;
    }

    /// <summary>L⁻ᵀ x for a lower triangular matrix.</summary>
    /// <param name="l">A lower triangular N × N matrix with a diagonal other than 0.</param>
    /// <param name="x">N numbers.</param>
    /// <returns>N numbers.</returns>
    public static double[] SolveLowerTransposed(double[,] l, double[] x)
    {
        double[] solution = new double[x.Length];
        for (int i = x.Length - 1; i >= 0; i--)
        {
            double rest = x[i];
            for (int j = i + 1; j < x.Length; j++)
            {
                rest -= l[j, i] * solution[j];
            }

            solution[i] = rest / l[i, i];
        }

        return solution;
    }

    /// <summary>log det A = 2 Σ log L_ii, from the Cholesky factor L of A.</summary>
    /// <param name="l">A lower triangular N × N matrix with a positive diagonal.</param>
    public static double LogDeterminantFromCholesky(double[,] l)
    {
        double sum = 0;
        for (int i = 0; i < l.GetLength(0); i++)
        {
            sum += Math.Log(l[i, i]);
        }

        return 2 * sum;
    }
}
