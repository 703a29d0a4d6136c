namespace GpuSampling.Adaptation;

/// <summary>The diagonal of a metric: a scale for each parameter, learnt by whoever owns it.</summary>
/// <param name="initial">The scales to begin with, above 0.</param>
internal sealed class ScaleVector(ReadOnlySpan<double> initial)
{
    private readonly double[] scales = initial.ToArray();

    /// <summary>Scales of 1.</summary>
    /// <param name="dimension">How many.</param>
    public static ScaleVector Ones(int dimension)
    {
        double[] ones = new double[dimension];
        Array.Fill(ones, 1);
        return new ScaleVector(ones);
    }

    /// <summary>The scales.</summary>
    public ReadOnlySpan<double> Values => scales;

    /// <summary>The number of scales.</summary>
    public int Count => scales.Length;

    /// <summary>Takes another scale.</summary>
    /// <param name="index">Whose.</param>
    /// <param name="scale">The scale, above 0.</param>
    /// <returns>The factor by which it is stretched or shrunk, at least 1.</returns>
    public double Replace(int index, double scale)
    {
        double factor = AdaptedMetric.Factor(scale / scales[index]);
        scales[index] = scale;
        return factor;
    }

    /// <summary>Takes the scale of a variance, shrunk where draws are few; where that is no scale, the old one stays.</summary>
    /// <param name="index">Whose.</param>
    /// <param name="variance">The variance.</param>
    /// <param name="draws">The number of draws that it is of.</param>
    /// <returns>The factor by which the scale is stretched or shrunk, at least 1.</returns>
    public double ReplaceByVariance(int index, double variance, double draws)
    {
        double regularized = Shrinkage.OfVariance(variance, draws);
        return Replace(index, regularized > 0 && double.IsFinite(regularized) ? Math.Sqrt(regularized) : scales[index]);
    }

    /// <summary>x ← S⁻¹x, for many x at once.</summary>
    /// <param name="rows">[parameter][x]; overwritten.</param>
    /// <param name="count">The number of x.</param>
    public void Whiten(Span<double> rows, int count)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            AdaptedMetric.Scale(rows.Slice(i * count, count), 1 / scales[i]);
        }
    }

    /// <summary>g ← Sg, for many gradients at once.</summary>
    /// <param name="rows">[parameter][gradient]; overwritten.</param>
    /// <param name="count">The number of gradients.</param>
    public void WhitenGradients(Span<double> rows, int count)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            AdaptedMetric.Scale(rows.Slice(i * count, count), scales[i]);
        }
    }

    /// <summary>Writes ε·S.</summary>
    /// <param name="stepSize">ε.</param>
    /// <param name="settings">At least <see cref="Count"/> elements.</param>
    public void Write(double stepSize, Span<double> settings)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            settings[i] = stepSize * scales[i];
        }
    }
}
