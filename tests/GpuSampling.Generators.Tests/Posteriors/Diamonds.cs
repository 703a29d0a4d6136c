using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb diamonds-diamonds: the price of 5000 diamonds by 24 strongly correlated columns.</summary>
[Model]
public partial class Diamonds
{
    [Data] public required int N, K;
    [Data(nameof(N))] public required double[] Y;
    [Data(nameof(N), nameof(K))] public required double[,] X;

    [TransformedData(nameof(N), "K - 1")] double[,] centred = new double[0, 0];

    [Parameter("K - 1")] double[] b = [];
    [Parameter] double Intercept;
    [Parameter(Lower = 0)] double sigma;

    void Prepare()
    {
        centred = new double[N, K - 1];
        for (int k = 1; k < K; k++)
        {
            double mean = 0;
            for (int n = 0; n < N; n++)
            {
                mean += X[n, k] / N;
            }

            for (int n = 0; n < N; n++)
            {
                centred[n, k - 1] = X[n, k] - mean;
            }
        }
    }

    double LogDensity()
    {
        double target = Density.StudentT(Intercept, 3, 8, 10) + Density.HalfStudentT(sigma, 3, 10);
        for (int k = 0; k < K - 1; k++)
        {
            target += Density.StandardNormal(b[k]);
        }

        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(Y[n], Intercept + LinearAlgebra.RowDot(centred, n, b), sigma);
        }

        return target;
    }
}
