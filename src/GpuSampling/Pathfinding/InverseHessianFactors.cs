namespace GpuSampling.Pathfinding;

/// <summary>
/// An inverse Hessian of −log p from the curvature along a path, as a diagonal and a few columns: Σ = diag(α) + β γ βᵀ with
/// β = [diag(α) Z, S]. Zhang, Carpenter, Gelman and Vehtari, Pathfinder, Journal of Machine Learning Research 23 (2022), section 2.2;
/// Byrd, Nocedal and Schnabel, Representations of quasi-Newton matrices, Mathematical Programming 63 (1994), theorem 2.2.
/// </summary>
internal sealed class InverseHessianFactors
{
    private InverseHessianFactors(double[] diagonal, double[][] columns, double[,] core)
    {
        Diagonal = diagonal;
        Columns = columns;
        Core = core;
    }

    /// <summary>α.</summary>
    public double[] Diagonal { get; }

    /// <summary>The columns of β.</summary>
    public double[][] Columns { get; }

    /// <summary>γ.</summary>
    public double[,] Core { get; }

    /// <summary>
    /// The diagonal after one more pair, which takes the pair's curvature into account: Gilbert and Lemaréchal, Some numerical experiments
    /// with variable-storage quasi-Newton algorithms, Mathematical Programming 45 (1989).
    /// </summary>
    /// <param name="diagonal">α before.</param>
    /// <param name="pair">A usable pair.</param>
    public static double[] NextDiagonal(double[] diagonal, CurvaturePair pair)
    {
        double fallNorm = 0, stepNorm = 0;
        for (int i = 0; i < diagonal.Length; i++)
        {
            fallNorm += pair.GradientFall[i] * diagonal[i] * pair.GradientFall[i];
            stepNorm += pair.Step[i] / diagonal[i] * pair.Step[i];
        }

        double[] next = new double[diagonal.Length];
        for (int i = 0; i < diagonal.Length; i++)
        {
            double stepShare = pair.Step[i] / diagonal[i];
            double inverse = (fallNorm / (pair.Curvature * diagonal[i]))
                + (pair.GradientFall[i] * pair.GradientFall[i] / pair.Curvature)
                - (fallNorm * stepShare * stepShare / (pair.Curvature * stepNorm));
            next[i] = 1 / inverse;
        }

        return next;
    }

    /// <summary>The factors from a diagonal and the latest pairs, oldest first.</summary>
    /// <param name="diagonal">α, all above 0.</param>
    /// <param name="pairs">Usable pairs.</param>
    public static InverseHessianFactors Of(double[] diagonal, IReadOnlyList<CurvaturePair> pairs)
    {
        int count = pairs.Count;
        double[][] columns = new double[2 * count][];
        for (int i = 0; i < count; i++)
        {
            double[] scaled = new double[diagonal.Length];
            for (int k = 0; k < scaled.Length; k++)
            {
                scaled[k] = diagonal[k] * pairs[i].GradientFall[k];
            }

            columns[i] = scaled;
            columns[count + i] = pairs[i].Step;
        }

        // R is the upper triangle of SᵀZ, E its diagonal: γ = [0, −R⁻¹; −R⁻ᵀ, R⁻ᵀ (E + Zᵀ diag(α) Z) R⁻¹].
        double[,] inverse = InverseTriangle(pairs);
        double[,] middle = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                middle[i, j] = Vectors.InnerProduct(pairs[i].GradientFall, columns[j]) + (i == j ? pairs[i].Curvature : 0);
            }
        }

        double[,] core = new double[2 * count, 2 * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                core[i, count + j] = -inverse[i, j];
                core[count + i, j] = -inverse[j, i];
                double sum = 0;
                for (int k = 0; k <= i; k++)
                {
                    for (int l = 0; l <= j; l++)
                    {
                        sum += inverse[k, i] * middle[k, l] * inverse[l, j];
                    }
                }

                core[count + i, count + j] = sum;
            }
        }

        return new InverseHessianFactors(diagonal, columns, core);
    }

    /// <summary>Σ v.</summary>
    public double[] Times(ReadOnlySpan<double> vector)
    {
        double[] result = new double[vector.Length], shares = new double[Columns.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = Vectors.InnerProduct(Columns[i], vector);
        }

        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Diagonal[i] * vector[i];
        }

        for (int i = 0; i < shares.Length; i++)
        {
            double share = 0;
            for (int j = 0; j < shares.Length; j++)
            {
                share += Core[i, j] * shares[j];
            }

            Vectors.AddScaled(result, share, Columns[i]);
        }

        return result;
    }

    private static double[,] InverseTriangle(IReadOnlyList<CurvaturePair> pairs)
    {
        int count = pairs.Count;
        double[,] inverse = new double[count, count];
        for (int j = 0; j < count; j++)
        {
            inverse[j, j] = 1 / pairs[j].Curvature;
            for (int i = j - 1; i >= 0; i--)
            {
                double sum = 0;
                for (int k = i + 1; k <= j; k++)
                {
                    sum += Vectors.InnerProduct(pairs[i].Step, pairs[k].GradientFall) * inverse[k, j];
                }

                inverse[i, j] = -sum / pairs[i].Curvature;
            }
        }

        return inverse;
    }
}
