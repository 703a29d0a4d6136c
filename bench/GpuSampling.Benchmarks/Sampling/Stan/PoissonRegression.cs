using GpuSampling.Modeling;

namespace GpuSampling.Benchmarks.Sampling.Stan;

/// <summary>Poisson regression with a log link, in plain C# as an author writes it: the generator makes the kernel.</summary>
[Model]
public sealed partial class PoissonRegression
{
    /// <summary>The numbers of rows and of columns.</summary>
    [Data] public required int N, D;

    /// <summary>The design matrix.</summary>
    [Data(nameof(N), nameof(D))] public required double[,] x;

    /// <summary>The count of each row.</summary>
    [Data(nameof(N))] public required int[] y;

    [Parameter(nameof(D))] private double[] beta = [];

    private double LogDensity()
    {
        double target = 0;
        for (int d = 0; d < D; d++)
        {
            target += Density.StandardNormal(beta[d]);
        }

        for (int n = 0; n < N; n++)
        {
            target += Density.PoissonLog(y[n], LinearAlgebra.RowDot(x, n, beta));
        }

        return target;
    }
}
