using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

public class ConstraintTests
{
    [Theory]
    [InlineData("[Parameter(\"K\", Constraint = Constraint.Ordered)] double[] x", "x[k]")]
    [InlineData("[Parameter(\"K\", Constraint = Constraint.PositiveOrdered)] double[] x", "x[k]")]
    [InlineData("[Parameter(\"K\", Constraint = Constraint.Simplex)] double[] x", "Math.Log(x[k])")]
    [InlineData("[Parameter(\"K\", Constraint = Constraint.UnitVector)] double[] x", "x[k]")]
    [InlineData("[Parameter(\"K\", Lower = -1)] double[] x", "x[k]")]
    [InlineData("[Parameter(\"K\", Upper = 2.5)] double[] x", "x[k]")]
    [InlineData("[Parameter(\"K\", Lower = 0, Upper = 1)] double[] x", "x[k]")]
    [InlineData("[Parameter(Lower = 0)] double s; [Parameter(\"K\", Lower = \"-s\", Upper = \"s + K\")] double[] x", "x[k] * s")]
    public void VectorConstraintsHaveTheRightDensityAndGradient(string parameter, string term)
    {
        string source = $$"""
            [Model]
            public partial class Constrained
            {
                [Data] public required int K;
                {{parameter}} = [];

                double LogDensity()
                {
                    double target = 0;
                    for (int k = 0; k < K; k++)
                    {
                        target += (k + 1) * Density.Normal({{term}}, 0.3 * k, 2);
                    }

                    return target + x[0] * x[K - 1];
                }
            }
            """;
        ModelCase.Check(source, """{"K": 4}""");
    }

    [Theory]
    [InlineData("CorrelationCholesky")]
    [InlineData("CovarianceCholesky")]
    public void MatrixConstraintsHaveTheRightDensityAndGradient(string constraint)
    {
        string source = $$"""
            [Model]
            public partial class Constrained
            {
                [Data] public required int K;
                [Parameter("K", "K", Constraint = Constraint.{{constraint}})] double[,] L = new double[0, 0];

                double LogDensity()
                {
                    double target = 0;
                    for (int i = 0; i < K; i++)
                    {
                        for (int j = 0; j <= i; j++)
                        {
                            target += Density.Normal(L[i, j], 0.1 * i - 0.2 * j, 1);
                        }
                    }

                    return target + LinearAlgebra.LogDeterminantFromCholesky(L);
                }
            }
            """;
        // Further out, 1 − tanh² cancels in the oracle.
        ModelCase.Check(source, """{"K": 4}""", scale: 1);
    }
}
