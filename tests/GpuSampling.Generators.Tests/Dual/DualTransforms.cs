using GpuSampling.Modeling;

namespace GpuSampling.DualNumbers;

/// <summary>
/// The transforms of constrained parameters for dual numbers, from the formulas of the Stan reference manual, chapter
/// "Constraint transforms".
/// </summary>
public static class DualTransforms
{
    public static (object Value, Dual LogJacobian, int Used) Constrain(ReadOnlySpan<Dual> y, int[] sizes, Dual? lower, Dual? upper, Constraint constraint)
    {
        Dual jacobian = 0;
        switch (constraint)
        {
            case Constraint.None:
                int count = sizes.Aggregate(1, (a, b) => a * b);
                var values = new Dual[count];
                for (int i = 0; i < count; i++)
                {
                    (values[i], Dual log) = Scalar(y[i], lower, upper);
                    jacobian += log;
                }

                object value = sizes.Length switch
                {
                    0 => values[0],
                    1 => values,
                    _ => Matrix(values, sizes[0], sizes[1]),
                };
                return (value, jacobian, count);
            case Constraint.Ordered:
            case Constraint.PositiveOrdered:
                var ordered = new Dual[sizes[0]];
                for (int k = 0; k < ordered.Length; k++)
                {
                    bool isFree = k == 0 && constraint == Constraint.Ordered;
                    ordered[k] = (k == 0 ? 0 : ordered[k - 1]) + (isFree ? y[k] : DualMath.Exp(y[k]));
                    jacobian += isFree ? 0 : y[k];
                }

                return (ordered, jacobian, sizes[0]);
            case Constraint.Simplex:
                // Stick breaking: z_k = logistic(y_k − log(K − k)), x_k = (1 − Σ_{j<k} x_j) z_k.
                int size = sizes[0];
                var simplex = new Dual[size];
                Dual left = 1;
                for (int k = 0; k < size - 1; k++)
                {
                    Dual z = DualIntrinsics.Logistic(y[k] - Math.Log(size - 1 - k));
                    simplex[k] = left * z;
                    jacobian += DualMath.Log(z) + DualMath.Log(1 - z) + DualMath.Log(left);
                    left -= simplex[k];
                }

                simplex[size - 1] = left;
                return (simplex, jacobian, size - 1);
            case Constraint.UnitVector:
                Dual square = 0;
                for (int k = 0; k < sizes[0]; k++)
                {
                    square += y[k] * y[k];
                }

                var unit = new Dual[sizes[0]];
                for (int k = 0; k < sizes[0]; k++)
                {
                    unit[k] = y[k] / DualMath.Sqrt(square);
                }

                return (unit, -0.5 * square, sizes[0]);
            case Constraint.CorrelationCholesky:
                // Canonical partial correlations z = tanh(y), row by row below the diagonal.
                var correlation = new Dual[sizes[0], sizes[0]];
                int next = 0;
                for (int i = 0; i < sizes[0]; i++)
                {
                    Dual sum = 0;
                    for (int j = 0; j < i; j++)
                    {
                        Dual z = DualMath.Tanh(y[next++]);
                        jacobian += DualMath.Log(1 - (z * z)) + (0.5 * DualMath.Log(1 - sum));
                        correlation[i, j] = z * DualMath.Sqrt(1 - sum);
                        sum += correlation[i, j] * correlation[i, j];
                    }

                    correlation[i, i] = DualMath.Sqrt(1 - sum);
                }

                return (correlation, jacobian, next);
            default:
                var covariance = new Dual[sizes[0], sizes[0]];
                int at = 0;
                for (int i = 0; i < sizes[0]; i++)
                {
                    for (int j = 0; j < i; j++)
                    {
                        covariance[i, j] = y[at++];
                    }

                    jacobian += y[at];
                    covariance[i, i] = DualMath.Exp(y[at++]);
                }

                return (covariance, jacobian, at);
        }
    }

    private static (Dual Value, Dual LogJacobian) Scalar(Dual y, Dual? lower, Dual? upper)
    {
        switch (lower, upper)
        {
            case (null, null):
                return (y, 0);
            case ({ } l, null):
                return (l + DualMath.Exp(y), y);
            case (null, { } u):
                return (u - DualMath.Exp(y), y);
            default:
                Dual width = upper!.Value - lower!.Value;
                return (lower.Value + (width * DualIntrinsics.Logistic(y)),
                    DualMath.Log(width) - DualIntrinsics.Softplus(y) - DualIntrinsics.Softplus(-y));
        }
    }

    private static Dual[,] Matrix(Dual[] values, int rows, int columns)
    {
        var matrix = new Dual[rows, columns];
        for (int i = 0; i < values.Length; i++)
        {
            matrix[i / columns, i % columns] = values[i];
        }

        return matrix;
    }
}
