namespace GpuSampling.Generators.Tests.Support;

/// <content>Linear algebra on small matrices.</content>
internal sealed partial class RandomProgram
{
    private void MatrixStatement()
    {
        string matrix = Name("g");
        Line($"double[,] {matrix} = " + random.Next(7) switch
        {
            0 => $"LinearAlgebra.Multiply({Pick(matrices)}, {Pick(matrices)});",
            1 => $"LinearAlgebra.MultiplyByTranspose({Pick(matrices)});",
            2 => $"LinearAlgebra.Cholesky(Positive({Pick(matrices)}));",
            3 => $"Outer({Vector()}, {Vector()}, {Bounded(1)});",
            4 => $"Positive({Pick(matrices)});",
            5 => $"LinearAlgebra.Multiply(LinearAlgebra.Cholesky(Positive({Pick(matrices)})), Outer({Vector()}, w, {Real()}));",
            _ => $"Shifted({Pick(matrices)}, {Integer()});",
        });

        // Products of products would grow without bound.
        if (random.Next(2) == 0)
        {
            Line($"for (int h = 0; h < 3; h++) {{ for (int q = 0; q <= h; q++) {{ {matrix}[h, q] = Math.Tanh({matrix}[h, q] + {Real()}); }} }}");
        }
        else
        {
            Line($"for (int h = 0; h < {matrix}.GetLength(0); h++) {{ for (int q = 0; q < {matrix}.GetLength(1); q++) {{ {matrix}[h, q] /= 1 + {matrix}[h, q] * {matrix}[h, q]; }} }}");
        }

        matrices.Add(matrix);
    }

    /// <summary>A number that linear algebra gives.</summary>
    private string MatrixExpression() => random.Next(6) switch
    {
        0 => $"LinearAlgebra.QuadraticForm({Pick(matrices)}, {Vector()})",
        1 => $"LinearAlgebra.Dot(w, LinearAlgebra.SolveLower({Factor()}, {Vector()}))",
        2 => $"Mean(LinearAlgebra.SolveLowerTransposed({Factor()}, {Vector()}))",
        3 => $"LinearAlgebra.RowDot({Pick(matrices)}, {Index(3)}, {Vector()})",
        4 => $"LinearAlgebra.LogDeterminantFromCholesky({Factor()})",
        _ => $"LinearAlgebra.Dot({Pick(longer)}, {Pick(longer)})",
    };
}
