namespace GpuSampling.Generators.Tests.Transforms;

/// <summary>The determinant of all partial derivatives of a map, each by differences: it knows nothing of the map's formulas.</summary>
internal static class JacobianDeterminant
{
    /// <summary>log |det ∂f/∂y|.</summary>
    /// <param name="map">From n numbers to n numbers.</param>
    /// <param name="y">Where.</param>
    /// <param name="step">The first and longest step.</param>
    public static double LogAbsolute(Func<double[], double[]> map, double[] y, double step)
    {
        int n = y.Length;
        var matrix = new double[n, n];
        for (int column = 0; column < n; column++)
        {
            double[] derivatives = [.. Derivatives(map, y, column, step).Select(one => one.Value)];
            Assert.Equal(n, derivatives.Length);
            for (int row = 0; row < n; row++)
            {
                matrix[row, column] = derivatives[row];
            }
        }

        return LogAbsolute(matrix);
    }

    /// <summary>
    /// Ridders (1982): central differences of shrinking steps, extrapolated to none, as far as rounding allows; and how far the last
    /// extrapolations differ.
    /// </summary>
    public static (double Value, double Error)[] Derivatives(Func<double[], double[]> map, double[] y, int column, double step)
    {
        const int steps = 9;
        const double shrinkage = 1.6;
        var differences = new double[steps][];
        for (int i = 0; i < steps; i++, step /= shrinkage)
        {
            double[] above = [.. y], below = [.. y];
            above[column] += step;
            below[column] -= step;
            double width = above[column] - below[column];
            differences[i] = [.. map(above).Zip(map(below), (a, b) => (a - b) / width)];
        }

        return [.. Enumerable.Range(0, differences[0].Length).Select(row => Extrapolated([.. differences.Select(one => one[row])], shrinkage))];
    }

    private static (double Value, double Error) Extrapolated(double[] values, double shrinkage)
    {
        double best = values[^1], error = double.PositiveInfinity;
        double[] last = [values[0]];
        for (int i = 1; i < values.Length; i++)
        {
            var row = new double[i + 1];
            row[0] = values[i];
            double factor = shrinkage * shrinkage;
            for (int j = 1; j <= i; j++, factor *= shrinkage * shrinkage)
            {
                row[j] = ((row[j - 1] * factor) - last[j - 1]) / (factor - 1);
                double estimate = Math.Max(Math.Abs(row[j] - row[j - 1]), Math.Abs(row[j] - last[j - 1]));
                if (estimate <= error)
                {
                    (best, error) = (row[j], estimate);
                }
            }

            last = row;
        }

        return (best, error);
    }

    /// <summary>By elimination with pivots.</summary>
    private static double LogAbsolute(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double sum = 0;
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(row => Math.Abs(matrix[row, k]));
            for (int column = k; column < n; column++)
            {
                (matrix[k, column], matrix[pivot, column]) = (matrix[pivot, column], matrix[k, column]);
            }

            sum += Math.Log(Math.Abs(matrix[k, k]));
            for (int row = k + 1; row < n; row++)
            {
                double factor = matrix[row, k] / matrix[k, k];
                for (int column = k; column < n; column++)
                {
                    matrix[row, column] -= factor * matrix[k, column];
                }
            }
        }

        return sum;
    }
}
