using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Modeling;

/// <summary>
/// From constrained values back to the unconstrained ones that <see cref="Transform"/> and bounds make them of: the inverses in the
/// chapter "Constraint transforms" of the Stan reference manual.
/// </summary>
internal static class InverseTransform
{
    /// <summary>y of x = l + exp(y).</summary>
    public static double Lower(double x, double lower) => Log(x - lower);

    /// <summary>y of x = u − exp(y).</summary>
    public static double Upper(double x, double upper) => Log(upper - x);

    /// <summary>y of x = l + (u − l) logistic(y).</summary>
    public static double Interval(double x, double lower, double upper) => Log(x - lower) - Log(upper - x);

    /// <summary>y₁ = x₁, y_k = log(x_k − x_{k−1}).</summary>
    public static double[] Ordered(double[] x)
    {
        double[] y = new double[x.Length];
        for (int k = 0; k < x.Length; k++)
        {
            y[k] = k == 0 ? x[k] : Log(x[k] - x[k - 1]);
        }

        return y;
    }

    /// <summary>y_k = log(x_k − x_{k−1}) from x₀ = 0.</summary>
    public static double[] PositiveOrdered(double[] x)
    {
        double[] y = new double[x.Length];
        for (int k = 0; k < x.Length; k++)
        {
            y[k] = Log(k == 0 ? x[k] : x[k] - x[k - 1]);
        }

        return y;
    }

    /// <summary>Piece k beside all behind it, summed from the end so that nothing cancels: y_k = log(x_k / Σ_{j&gt;k} x_j) + log(K − k).</summary>
    public static double[] Simplex(double[] x)
    {
        double[] y = new double[x.Length - 1];
        double behind = 0;
        for (int k = x.Length - 2; k >= 0; k--)
        {
            behind += x[k + 1];
            y[k] = Log(x[k]) - Log(behind) + Log(x.Length - 1 - k);
        }

        return y;
    }

    /// <summary>Row by row z = x / √(Σ of the squares from x on), and y = artanh z = arsinh(x / √(Σ of the squares behind x)).</summary>
    public static double[] CorrelationCholesky(double[,] x)
    {
        int size = x.GetLength(0);
        double[] y = new double[size * (size - 1) / 2];
        for (int i = 0; i < size; i++)
        {
            double behind = x[i, i] * x[i, i];
            for (int j = i - 1; j >= 0; j--)
            {
                y[(i * (i - 1) / 2) + j] = Arsinh(x[i, j] / Math.Sqrt(behind));
                behind += x[i, j] * x[i, j];
            }
        }

        return y;
    }

    /// <summary>The elements below the diagonal as they are, the diagonal by log.</summary>
    public static double[] CovarianceCholesky(double[,] x)
    {
        int size = x.GetLength(0);
        double[] y = new double[size * (size + 1) / 2];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                y[(i * (i + 1) / 2) + j] = i == j ? Log(x[i, j]) : x[i, j];
            }
        }

        return y;
    }

    // The library's own logarithm: the same bits on every machine.
    private static double Log(double value) => Elementary.Log(new Float64(value)).Value;

    /// <summary>sign(x) log1p(|x| + x² / (1 + √(1 + x²))), exact for small x.</summary>
    private static double Arsinh(double x)
    {
        double size = Math.Abs(x);
        return Math.CopySign(Elementary.Log1p(new Float64(size + (size * size / (1 + Math.Sqrt(1 + (size * size)))))).Value, x);
    }
}
