using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Adaptation;

/// <summary>
/// The eigenvalues and eigenvectors of a symmetric matrix: Householder reflections make it tridiagonal, and implicit QR steps with
/// Wilkinson's shift make that diagonal. Golub and Van Loan, Matrix Computations (4th ed., 2013), algorithms 8.3.1 to 8.3.3. Only square
/// roots and arithmetic in a fixed order: the same bits on every machine.
/// </summary>
internal static class SymmetricEigenvalues
{
    // Squares that may have lost digits to underflow: correlations are 1e-145 and nothing.
    private const double Nothing = 1e-290;

    // Two or three steps for each eigenvalue are usual.
    private const int MostStepsEach = 50;

    /// <summary>Diagonalises a matrix.</summary>
    /// <param name="matrix">By rows; its diagonal becomes the eigenvalues, and the rest is spoilt.</param>
    /// <param name="vectors">Receives the eigenvectors as rows.</param>
    /// <param name="dimension">The number of rows.</param>
    public static void Compute(double[] matrix, double[] vectors, int dimension)
    {
        double[] diagonal = new double[dimension], beside = new double[dimension], weights = new double[dimension];
        Tridiagonalize(matrix, dimension, diagonal, beside, weights);
        AccumulateReflections(matrix, vectors, dimension, weights);
        Diagonalize(diagonal, beside, vectors, dimension);
        for (int i = 0; i < dimension; i++)
        {
            matrix[(i * dimension) + i] = diagonal[i];
        }
    }

    /// <summary>A ← HAH with H = I − βvvᵀ, for one column after another; v stays in the row of that column, behind the diagonal.</summary>
    private static void Tridiagonalize(double[] matrix, int dimension, double[] diagonal, double[] beside, double[] weights)
    {
        double[] change = new double[dimension];
        for (int k = 0; k < dimension; k++)
        {
            diagonal[k] = matrix[(k * dimension) + k];
            int first = k + 1, count = dimension - first;
            if (count == 0)
            {
                return;
            }

            Span<double> v = matrix.AsSpan((k * dimension) + first, count);
            beside[k] = v[0];
            double tail = PooledCovariance.InnerProduct(v[1..], v[1..]);
            if (tail < Nothing)
            {
                continue; // nothing to reflect; the weight stays 0
            }

            double length = Math.Sqrt((v[0] * v[0]) + tail);
            beside[k] = v[0] > 0 ? -length : length;
            v[0] -= beside[k];
            double weight = weights[k] = 2 / ((v[0] * v[0]) + tail);

            // A ← A − vwᵀ − wvᵀ with p = βAv and w = p − (β pᵀv / 2)v.
            Span<double> w = change.AsSpan(0, count);
            for (int i = 0; i < count; i++)
            {
                w[i] = weight * PooledCovariance.InnerProduct(matrix.AsSpan(((first + i) * dimension) + first, count), v);
            }

            AdaptedMetric.Add(w, -0.5 * weight * PooledCovariance.InnerProduct(w, v), v);
            for (int i = 0; i < count; i++)
            {
                Span<double> row = matrix.AsSpan(((first + i) * dimension) + first, count);
                AdaptedMetric.Add(row, -v[i], w);
                AdaptedMetric.Add(row, -w[i], v);
            }
        }
    }

    /// <summary>The transpose of the product of all reflections, the last first: each changes only what those after it have.</summary>
    private static void AccumulateReflections(double[] matrix, double[] vectors, int dimension, double[] weights)
    {
        vectors.AsSpan().Clear();
        for (int i = 0; i < dimension; i++)
        {
            vectors[(i * dimension) + i] = 1;
        }

        for (int k = dimension - 2; k >= 0; k--)
        {
            int first = k + 1, count = dimension - first;
            ReadOnlySpan<double> v = matrix.AsSpan((k * dimension) + first, count);
            for (int i = first; weights[k] != 0 && i < dimension; i++)
            {
                Span<double> row = vectors.AsSpan((i * dimension) + first, count);
                AdaptedMetric.Add(row, -weights[k] * PooledCovariance.InnerProduct(row, v), v);
            }
        }
    }

    /// <summary>QR steps on the last block that does not fall apart, until all are of one row.</summary>
    private static void Diagonalize(double[] diagonal, double[] beside, double[] vectors, int dimension)
    {
        int last = dimension - 1;
        for (long step = 0; last > 0 && step < (long)MostStepsEach * dimension; step++)
        {
            int first = last;
            while (first > 0 && !IsNegligible(beside[first - 1], diagonal[first - 1], diagonal[first]))
            {
                first--;
            }

            if (first == last)
            {
                last--;
            }
            else
            {
                Step(diagonal, beside, vectors, dimension, first, last);
            }
        }
    }

    private static bool IsNegligible(double beside, double above, double below) =>
        Math.Abs(beside) <= 1.1e-16 * (Math.Abs(above) + Math.Abs(below));

    /// <summary>An implicit QR step on rows first to last: a rotation with the shift, and others that chase the bulge out.</summary>
    private static void Step(double[] diagonal, double[] beside, double[] vectors, int dimension, int first, int last)
    {
        double half = (diagonal[last - 1] - diagonal[last]) / 2, corner = beside[last - 1];
        double root = Math.Sqrt((half * half) + (corner * corner));
        double divisor = half + (half >= 0 ? root : -root);
        double shift = diagonal[last] - (divisor == 0 ? 0 : corner * corner / divisor);
        double x = diagonal[first] - shift, bulge = beside[first];
        for (int k = first; k < last; k++)
        {
            double radius = Math.Sqrt((x * x) + (bulge * bulge));
            (double cosine, double sine) = radius > 0 ? (x / radius, bulge / radius) : (1, 0);
            if (k > first)
            {
                beside[k - 1] = radius;
            }

            (double upper, double lower, double between) = (diagonal[k], diagonal[k + 1], beside[k]);
            double twice = 2 * cosine * sine * between;
            diagonal[k] = (cosine * cosine * upper) + twice + (sine * sine * lower);
            diagonal[k + 1] = (sine * sine * upper) - twice + (cosine * cosine * lower);
            beside[k] = (((cosine * cosine) - (sine * sine)) * between) + (cosine * sine * (lower - upper));
            if (k + 1 < last)
            {
                (x, bulge) = (beside[k], sine * beside[k + 1]);
                beside[k + 1] *= cosine;
            }

            Rotate(vectors.AsSpan(k * dimension, dimension), vectors.AsSpan((k + 1) * dimension, dimension), cosine, sine);
        }
    }

    private static void Rotate(Span<double> upper, Span<double> lower, double cosine, double sine)
    {
        Span<Vector512<double>> uppers = MemoryMarshal.Cast<double, Vector512<double>>(upper), lowers = MemoryMarshal.Cast<double, Vector512<double>>(lower);
        for (int i = 0; i < uppers.Length; i++)
        {
            (Vector512<double> one, Vector512<double> other) = (uppers[i], lowers[i]);
            uppers[i] = (one * cosine) + (other * sine);
            lowers[i] = (other * cosine) - (one * sine);
        }

        for (int i = uppers.Length * Vector512<double>.Count; i < upper.Length; i++)
        {
            (double one, double other) = (upper[i], lower[i]);
            upper[i] = (one * cosine) + (other * sine);
            lower[i] = (other * cosine) - (one * sine);
        }
    }
}
