using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.References;

/// <summary>Regression with its conjugate prior: σ² ~ InverseGamma(4, 3), β | σ² ~ N(0, 2σ²).</summary>
[Model]
public sealed partial class ConjugateRegression
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] x, y;

    [Parameter("2")] private double[] beta = [];
    [Parameter(Lower = 0)] private double variance;

    private double LogDensity()
    {
        double target = Density.InverseGamma(variance, 4, 3);
        for (int k = 0; k < 2; k++)
        {
            target += Density.Normal(beta[k], 0, Math.Sqrt(2 * variance));
        }

        for (int n = 0; n < N; n++)
        {
            target += Density.Normal(y[n], beta[0] + beta[1] * x[n], Math.Sqrt(variance));
        }

        return target;
    }
}

/// <summary>The posterior of such a regression, and its exact moments.</summary>
internal static class ConjugateRegressionTarget
{
    /// <summary>Normal-inverse-gamma: with P = XᵀX + ½I and m = P⁻¹Xᵀy, σ² ~ InverseGamma(a, b) and Var β = P⁻¹ b/(a − 1).</summary>
    /// <param name="offset">
    /// Where the abscissae are: far from 0, level and slope are correlated but for a ten-thousandth, and starts are far out.
    /// </param>
    public static (Posterior Posterior, Moments[] Exact) At(double offset)
    {
        double[] x = [.. Enumerable.Range(0, 14).Select(n => offset + ((n - 4) / 5.0))];
        double[] y = [.. x.Select((one, n) => 2 - (1.5 * (one - offset)) + (0.8 * Math.Sin(1 + (5 * n))))];
        double p11 = x.Length + 0.5, p12 = x.Sum(), p22 = x.Sum(one => one * one) + 0.5, determinant = (p11 * p22) - (p12 * p12);
        double r1 = y.Sum(), r2 = x.Zip(y, (one, other) => one * other).Sum();
        double m1 = ((p22 * r1) - (p12 * r2)) / determinant, m2 = ((p11 * r2) - (p12 * r1)) / determinant;
        double a = 4 + (x.Length / 2.0), b = 3 + (0.5 * (y.Sum(one => one * one) - (m1 * r1) - (m2 * r2)));
        double variance = b / (a - 1);
        return (new ConjugateRegression { N = x.Length, x = x, y = y }.ToPosterior(),
        [
            Moments.Exact("beta[1]", m1, Math.Sqrt(variance * p22 / determinant)),
            Moments.Exact("beta[2]", m2, Math.Sqrt(variance * p11 / determinant)),
            Moments.Exact("variance", variance, variance / Math.Sqrt(a - 2)),
        ]);
    }
}
