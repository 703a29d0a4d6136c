using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// The distance that cars took to stop, by their speed, 1920s: a Gaussian process with a squared exponential kernel, in the basis of
/// the Laplacian's eigenfunctions on [−4, 4], on standardised numbers (Solin and Särkkä, Statistics and Computing 30, 2020). Data:
/// Ezekiel (1930), R package datasets.
/// </summary>
[Model]
public sealed partial class StoppingDistances
{
    const int M = 12;
    const double HalfWidth = 4;

    /// <summary>The number of cars.</summary>
    [Data] public required int N;

    /// <summary>The speed of each car, in mph.</summary>
    [Data(nameof(N))] public required double[] speed;

    /// <summary>The distance that it took to stop, in feet.</summary>
    [Data(nameof(N))] public required double[] stoppingDistance;

    [TransformedData(nameof(N))] double[] y = [];
    [TransformedData(nameof(N), "12")] double[,] basis = new double[0, 0];

    [Parameter(Lower = 0)] double rho;
    [Parameter(Lower = 0)] double alpha;
    [Parameter(Lower = 0)] double sigma;
    [Parameter("12")] double[] z = [];

    void Prepare()
    {
        Check.Lengths(N, nameof(N), (speed, nameof(speed)), (stoppingDistance, nameof(stoppingDistance)));
        double[] x = Columns.Standardized(speed, nameof(speed));
        y = Columns.Standardized(stoppingDistance, nameof(stoppingDistance));
        basis = new double[N, M];
        for (int n = 0; n < N; n++)
        {
            for (int m = 0; m < M; m++)
            {
                basis[n, m] = Math.Sin((m + 1) * Math.PI * (x[n] + HalfWidth) / (2 * HalfWidth)) / Math.Sqrt(HalfWidth);
            }
        }
    }

    double LogPrior()
    {
        double target = Density.InverseGamma(rho, 5, 5) + Density.HalfNormal(alpha, 1) + Density.HalfNormal(sigma, 1);
        for (int m = 0; m < M; m++)
        {
            target += Density.StandardNormal(z[m]);
        }

        return target;
    }

    double LogLikelihood()
    {
        // The square root of the kernel's spectral density at each eigenfunction's frequency.
        double[] weight = new double[M];
        for (int m = 0; m < M; m++)
        {
            double frequency = rho * (m + 1) * Math.PI / (2 * HalfWidth);
            weight[m] = alpha * Math.Sqrt(Math.Sqrt(2 * Math.PI) * rho) * Math.Exp(-0.25 * frequency * frequency) * z[m];
        }

        double target = 0;
        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(y[n], LinearAlgebra.RowDot(basis, n, weight), sigma);
        }

        return target;
    }

    void DrawPrior(RandomSource random)
    {
        rho = 5 / PriorNumbers.Gamma(random, 5);
        alpha = Math.Abs(random.Normal());
        sigma = Math.Abs(random.Normal());
        for (int m = 0; m < M; m++)
        {
            z[m] = random.Normal();
        }
    }
}
