namespace GpuSampling.Generators.Tests.Transforms;

/// <summary>From constrained values back to unconstrained ones, by the formulas of the Stan reference manual.</summary>
internal static class InverseTransforms
{
    public static double Logit(double share) => Math.Log(share / (1 - share));

    public static double[] Ordered(double[] x) => [.. x.Select((value, k) => k == 0 ? value : Math.Log(value - x[k - 1]))];

    public static double[] PositiveOrdered(double[] x) => [.. x.Select((value, k) => Math.Log(k == 0 ? value : value - x[k - 1]))];

    public static double[] Simplex(double[] x)
    {
        // What is left of the stick, from its far end: nothing cancels.
        int size = x.Length;
        return [.. Enumerable.Range(0, size - 1).Select(k => Math.Log(x[k] / x[(k + 1)..].Sum()) + Math.Log(size - 1 - k))];
    }

    /// <summary>The direction leaves the length open; the length given is kept.</summary>
    public static double[] UnitVector(double[] x, double length) => [.. x.Select(value => value * length)];

    public static double[] CorrelationCholesky(double[] x)
    {
        int size = (int)Math.Sqrt(x.Length);
        var y = new List<double>();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // x = z √rest, and rest − x² is the sum of the squares behind it.
                double behind = Enumerable.Range(j + 1, i - j).Sum(k => x[(i * size) + k] * x[(i * size) + k]);
                y.Add(Math.Asinh(x[(i * size) + j] / Math.Sqrt(behind)));
            }
        }

        return [.. y];
    }

    public static double[] CovarianceCholesky(double[] x)
    {
        int size = (int)Math.Sqrt(x.Length);
        var y = new List<double>();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                y.Add(x[(i * size) + j]);
            }

            y.Add(Math.Log(x[(i * size) + i]));
        }

        return [.. y];
    }
}
