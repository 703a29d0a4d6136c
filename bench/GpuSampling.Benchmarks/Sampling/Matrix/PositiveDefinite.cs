namespace GpuSampling.Benchmarks.Sampling.Matrix;

/// <summary>Inverses of small symmetric positive definite matrices.</summary>
internal static class PositiveDefinite
{
    /// <summary>The inverse, by elimination without pivots, which such matrices need none of.</summary>
    /// <param name="matrix">Square.</param>
    public static double[,] Inverse(double[,] matrix)
    {
        int dimension = matrix.GetLength(0);
        double[,] rest = (double[,])matrix.Clone();
        double[,] inverse = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            inverse[i, i] = 1;
        }

        for (int pivot = 0; pivot < dimension; pivot++)
        {
            double scale = 1 / rest[pivot, pivot];
            for (int column = 0; column < dimension; column++)
            {
                rest[pivot, column] *= scale;
                inverse[pivot, column] *= scale;
            }

            for (int row = 0; row < dimension; row++)
            {
                double factor = rest[row, pivot];
                if (row != pivot && factor != 0)
                {
                    for (int column = 0; column < dimension; column++)
                    {
                        rest[row, column] -= factor * rest[pivot, column];
                        inverse[row, column] -= factor * inverse[pivot, column];
                    }
                }
            }
        }

        return inverse;
    }
}
