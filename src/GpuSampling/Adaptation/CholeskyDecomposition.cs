namespace GpuSampling.Adaptation;

/// <summary>
/// A = L Lᵀ of a symmetric positive definite matrix: Golub and Van Loan, Matrix Computations (4th ed., 2013), algorithm 4.2.2, by
/// rows.
/// </summary>
internal static class CholeskyDecomposition
{
    /// <summary>Replaces a matrix by its factor.</summary>
    /// <param name="packed">The lower triangle by rows: element (i, j) at i(i + 1)/2 + j.</param>
    /// <param name="dimension">The number of rows.</param>
    /// <returns>Whether the matrix was positive definite and finite; if not, it is spoilt.</returns>
    public static bool TryFactor(Span<double> packed, int dimension)
    {
        for (int i = 0; i < dimension; i++)
        {
            Span<double> row = packed.Slice(i * (i + 1) / 2, i + 1);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = packed.Slice(j * (j + 1) / 2, j + 1);
                double sum = row[j];
                for (int k = 0; k < j; k++)
                {
                    sum -= row[k] * other[k];
                }

                if (i != j)
                {
                    row[j] = sum / other[j];
                }
                else if (sum > 0 && double.IsFinite(sum))
                {
                    row[i] = Math.Sqrt(sum);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }
}
