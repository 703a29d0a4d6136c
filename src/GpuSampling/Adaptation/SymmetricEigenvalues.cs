namespace GpuSampling.Adaptation;

/// <summary>
/// The eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations: Golub and Van Loan, Matrix Computations (4th
/// ed., 2013), algorithm 8.5.3. Only square roots and arithmetic: the same bits on every machine.
/// </summary>
internal static class SymmetricEigenvalues
{
    private const int MostSweeps = 30;

    /// <summary>Diagonalises a matrix.</summary>
    /// <param name="matrix">By rows; its diagonal becomes the eigenvalues.</param>
    /// <param name="vectors">Receives the eigenvectors as rows.</param>
    /// <param name="dimension">The number of rows.</param>
    public static void Compute(double[] matrix, double[] vectors, int dimension)
    {
        Array.Clear(vectors);
        for (int i = 0; i < dimension; i++)
        {
            vectors[(i * dimension) + i] = 1;
        }

        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(matrix, dimension) > 1e-22 * dimension * dimension; sweep++)
        {
            for (int p = 0; p < dimension; p++)
            {
                for (int q = p + 1; q < dimension; q++)
                {
                    Rotate(matrix, vectors, dimension, p, q);
                }
            }
        }
    }

    private static double OffDiagonal(double[] matrix, int dimension)
    {
        double sum = 0;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += matrix[(i * dimension) + j] * matrix[(i * dimension) + j];
            }
        }

        return sum;
    }

    private static void Rotate(double[] matrix, double[] vectors, int dimension, int p, int q)
    {
        double offDiagonal = matrix[(p * dimension) + q];
        if (offDiagonal == 0)
        {
            return;
        }

        double tau = (matrix[(q * dimension) + q] - matrix[(p * dimension) + p]) / (2 * offDiagonal);
        double tangent = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        double sine = tangent * cosine;
        for (int k = 0; k < dimension; k++)
        {
            (double left, double right) = (matrix[(k * dimension) + p], matrix[(k * dimension) + q]);
            matrix[(k * dimension) + p] = (cosine * left) - (sine * right);
            matrix[(k * dimension) + q] = (sine * left) + (cosine * right);
        }

        RotateRows(matrix, dimension, p, q, cosine, sine);
        RotateRows(vectors, dimension, p, q, cosine, sine);
    }

    private static void RotateRows(double[] matrix, int dimension, int p, int q, double cosine, double sine)
    {
        for (int k = 0; k < dimension; k++)
        {
            (double upper, double lower) = (matrix[(p * dimension) + k], matrix[(q * dimension) + k]);
            matrix[(p * dimension) + k] = (cosine * upper) - (sine * lower);
            matrix[(q * dimension) + k] = (sine * upper) + (cosine * lower);
        }
    }
}
