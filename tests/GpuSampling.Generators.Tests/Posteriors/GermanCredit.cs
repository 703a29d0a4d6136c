using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>Inference gym german_credit_numeric_logistic_regression; the columns are standardized, the last is 1.</summary>
[Model]
public partial class GermanCredit
{
    [Data] public required int N, D;
    [Data(nameof(N), nameof(D))] public required double[,] x;
    [Data(nameof(N))] public required int[] y;

    [Parameter(nameof(D))] double[] beta = [];

    double LogDensity()
    {
        double target = 0;
        for (int d = 0; d < D; d++)
        {
            target += Density.StandardNormal(beta[d]);
        }

        for (int n = 0; n < N; n++)
        {
            target += Density.BernoulliLogit(y[n], LinearAlgebra.RowDot(x, n, beta));
        }

        return target;
    }
}
