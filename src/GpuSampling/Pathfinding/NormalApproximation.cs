using GpuSampling.Adaptation;
using GpuSampling.Numerics;

namespace GpuSampling.Pathfinding;

/// <summary>
/// The normal distribution with mean θ + Σ ∇log p(θ) and covariance Σ = diag(α) + β γ βᵀ, drawn from in time linear in the dimension:
/// with diag(α)^−½ β = Q R and L Lᵀ = I + R γ Rᵀ, x = μ + diag(α)^½ (Q L Qᵀ u + u − Q Qᵀ u). Zhang et al. (2022), section 2.3.
/// </summary>
internal sealed class NormalApproximation
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    private readonly double[] mean;
    private readonly double[] scales;
    private readonly double[][] basis;
    private readonly double[] factor;
    private readonly double logDeterminantOfFactor;

    private NormalApproximation(double[] mean, double[] scales, double[][] basis, double[] factor)
    {
        this.mean = mean;
        this.scales = scales;
        this.basis = basis;
        this.factor = factor;
        for (int i = 0; i < scales.Length; i++)
        {
            logDeterminantOfFactor += ElementaryMath.Log(scales[i]);
        }

        for (int i = 0; i < basis.Length; i++)
        {
            logDeterminantOfFactor += ElementaryMath.Log(factor[At(i, i)]);
        }
    }

    /// <summary>μ.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>The approximation at a point; null where rounding left no positive definite matrix.</summary>
    /// <param name="point">θ.</param>
    /// <param name="covariance">Σ.</param>
    public static NormalApproximation? At(Iterate point, InverseHessianFactors covariance)
    {
        double[] mean = covariance.Times(point.Gradient);
        Vectors.AddScaled(mean, 1, point.Position);
        double[] scales = new double[mean.Length];
        for (int i = 0; i < scales.Length; i++)
        {
            scales[i] = Math.Sqrt(covariance.Diagonal[i]);
        }

        (double[][] basis, double[,] triangle) = Orthogonalize(covariance.Columns, scales);
        int count = basis.Length;
        double[] inner = new double[count * (count + 1) / 2];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < count; k++)
                {
                    for (int l = 0; l < count; l++)
                    {
                        sum += triangle[i, k] * covariance.Core[k, l] * triangle[j, l];
                    }
                }

                inner[At(i, j)] = sum;
            }
        }

        return CholeskyDecomposition.TryFactor(inner, count) && Array.TrueForAll(mean, double.IsFinite) && Array.TrueForAll(scales, scale => scale > 0 && double.IsFinite(scale))
            ? new NormalApproximation(mean, scales, basis, inner)
            : null;
    }

    /// <summary>Turns standard normal numbers into a draw.</summary>
    /// <param name="normals">u; overwritten by the draw.</param>
    /// <returns>log q of the draw.</returns>
    public double Draw(Span<double> normals)
    {
        double logDensity = -logDeterminantOfFactor - (0.5 * Vectors.InnerProduct(normals, normals)) - (HalfLogTwoPi * normals.Length);
        double[] shares = new double[basis.Length];
        for (int i = 0; i < basis.Length; i++)
        {
            shares[i] = Vectors.InnerProduct(basis[i], normals);
        }

        for (int i = 0; i < basis.Length; i++)
        {
            double share = -shares[i];
            for (int j = 0; j <= i; j++)
            {
                share += factor[At(i, j)] * shares[j];
            }

            Vectors.AddScaled(normals, share, basis[i]);
        }

        for (int i = 0; i < normals.Length; i++)
        {
            normals[i] = mean[i] + (scales[i] * normals[i]);
        }

        return logDensity;
    }

    /// <summary>An element of the covariance matrix.</summary>
    public double Covariance(int row, int column)
    {
        double sum = row == column ? 1 : 0;
        for (int i = 0; i < basis.Length; i++)
        {
            for (int j = 0; j < basis.Length; j++)
            {
                double product = i == j ? -1 : 0;
                for (int k = 0; k <= Math.Min(i, j); k++)
                {
                    product += factor[At(i, k)] * factor[At(j, k)];
                }

                sum += basis[i][row] * product * basis[j][column];
            }
        }

        return scales[row] * sum * scales[column];
    }

    /// <summary>Where the lower triangle keeps an element.</summary>
    private static int At(int row, int column) => (row * (row + 1) / 2) + column;

    /// <summary>
    /// Gram and Schmidt's decomposition of the columns divided by the scales, each column made orthogonal twice. A column within the span
    /// of those before it adds a direction of length 0.
    /// </summary>
    private static (double[][] Basis, double[,] Triangle) Orthogonalize(double[][] columns, double[] scales)
    {
        int count = columns.Length;
        double[][] basis = new double[count][];
        double[,] triangle = new double[count, count];
        for (int j = 0; j < count; j++)
        {
            double[] rest = new double[scales.Length];
            for (int i = 0; i < rest.Length; i++)
            {
                rest[i] = columns[j][i] / scales[i];
            }

            double before = Math.Sqrt(Vectors.InnerProduct(rest, rest));
            for (int pass = 0; pass < 2; pass++)
            {
                for (int k = 0; k < j; k++)
                {
                    double share = Vectors.InnerProduct(basis[k], rest);
                    triangle[k, j] += share;
                    Vectors.AddScaled(rest, -share, basis[k]);
                }
            }

            double length = Math.Sqrt(Vectors.InnerProduct(rest, rest));
            bool isNew = length > 1e-13 * before;
            triangle[j, j] = isNew ? length : 0;
            for (int i = 0; i < rest.Length; i++)
            {
                rest[i] = isNew ? rest[i] / length : 0;
            }

            basis[j] = rest;
        }

        return (basis, triangle);
    }
}
