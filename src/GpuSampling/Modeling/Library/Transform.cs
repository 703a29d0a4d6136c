namespace GpuSampling.Modeling;

/// <summary>
/// Transforms from unconstrained space to constrained vectors and matrices, as the chapter "Constraint transforms" of the Stan
/// reference manual defines them. Each writes the constrained value and returns the logarithm of the absolute determinant of its
/// Jacobian.
/// </summary>
public static class Transform
{
    /// <summary>Ascending numbers: x₁ = y₁, x_k = x_{k−1} + exp(y_k).</summary>
    /// <param name="y">K numbers.</param>
    /// <param name="x">Receives K numbers.</param>
    public static double Ordered(double[] y, double[] x)
    {
        double logJacobian = 0;
        double last = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double raw = y[k];
            last = k == 0 ? raw : last + Math.Exp(raw);
            logJacobian += k == 0 ? 0 : raw;
            x[k] = last;
        }

        return logJacobian;
    }

    /// <summary>Ascending numbers above 0: x_k = x_{k−1} + exp(y_k) from x₀ = 0.</summary>
    /// <param name="y">K numbers.</param>
    /// <param name="x">Receives K numbers.</param>
    public static double PositiveOrdered(double[] y, double[] x)
    {
        double logJacobian = 0;
        double last = 0;
        for (int k = 0; k < x.Length; k++)
        {
            last += Math.Exp(y[k]);
            logJacobian += y[k];
            x[k] = last;
        }

        return logJacobian;
    }

    /// <summary>
    /// A simplex by stick breaking: of what is left of a stick of length 1, piece k takes the share
    /// z_k = logistic(y_k − log(K − k)); y = 0 gives equal pieces.
    /// </summary>
    /// <param name="y">K − 1 numbers.</param>
    /// <param name="x">Receives K numbers.</param>
    public static double Simplex(double[] y, double[] x)
    {
        double logJacobian = 0;
        double logRest = 0;
        for (int k = 0; k < x.Length - 1; k++)
        {
            double shifted = y[k] - Math.Log(x.Length - 1 - k);
            double logShare = -Special.Softplus(-shifted);
            double logKept = -Special.Softplus(shifted);
            x[k] = Math.Exp(logRest + logShare);
            logJacobian += logShare + logKept + logRest;
            logRest += logKept;
        }

        x[x.Length - 1] = Math.Exp(logRest);
        return logJacobian;
    }

    /// <summary>
    /// A vector of length 1: y / |y|. The density of y gets the factor exp(−|y|²/2), which makes the direction uniform where
    /// nothing else speaks.
    /// </summary>
    /// <param name="y">K numbers, not all 0.</param>
    /// <param name="x">Receives K numbers.</param>
    public static double UnitVector(double[] y, double[] x)
    {
        double square = 0;
        for (int k = 0; k < x.Length; k++)
        {
            square += y[k] * y[k];
        }

        double inverse = 1 / Math.Sqrt(square);
        for (int k = 0; k < x.Length; k++)
        {
            x[k] = y[k] * inverse;
        }

        return -0.5 * square;
    }

    /// <summary>
    /// The Cholesky factor of a correlation matrix from canonical partial correlations z = tanh(y): row i is a point of the unit
    /// sphere, of which element j takes the share z of what the elements before it have left.
    /// </summary>
    /// <param name="y">K (K − 1) / 2 numbers, row by row below the diagonal.</param>
    /// <param name="x">Receives a K × K lower triangular matrix.</param>
    public static double CorrelationCholesky(double[] y, double[,] x)
    {
        double logJacobian = 0;
        for (int i = 0; i < x.GetLength(0); i++)
        {
            double logRest = 0;
            for (int j = 0; j < i; j++)
            {
                // log(1 − tanh²y) = log 4 − 2 |y| − 2 log(1 + e^−2|y|), exact where tanh y is 1.
                double raw = y[i * (i - 1) / 2 + j];
                double logKept = 2 * (0.69314718055994531 - Special.Softplus(2 * raw) + raw);
                x[i, j] = Math.Tanh(raw) * Math.Exp(0.5 * logRest);
                logJacobian += logKept + 0.5 * logRest;
                logRest += logKept;
            }

            x[i, i] = Math.Exp(0.5 * logRest);
            for (int j = i + 1; j < x.GetLength(0); j++)
            {
                x[i, j] = 0;
            }
        }

        return logJacobian;
    }

    /// <summary>The Cholesky factor of a covariance matrix: the elements below the diagonal as they are, the diagonal by exp.</summary>
    /// <param name="y">K (K + 1) / 2 numbers, row by row up to the diagonal.</param>
    /// <param name="x">Receives a K × K lower triangular matrix.</param>
    public static double CovarianceCholesky(double[] y, double[,] x)
    {
        double logJacobian = 0;
        for (int i = 0; i < x.GetLength(0); i++)
        {
            int start = i * (i + 1) / 2;
            for (int j = 0; j < i; j++)
            {
                x[i, j] = y[start + j];
            }

            logJacobian += y[start + i];
            x[i, i] = Math.Exp(y[start + i]);
            for (int j = i + 1; j < x.GetLength(0); j++)
            {
                x[i, j] = 0;
            }
        }

        return logJacobian;
    }
}
