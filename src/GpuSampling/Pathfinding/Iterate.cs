namespace GpuSampling.Pathfinding;

/// <summary>A point on the way uphill.</summary>
/// <param name="Position">The unconstrained parameters.</param>
/// <param name="Gradient">The gradient of the log density there.</param>
/// <param name="LogDensity">The log density there.</param>
internal sealed record Iterate(double[] Position, double[] Gradient, double LogDensity);

/// <summary>Sums over vectors in the order of their elements.</summary>
internal static class Vectors
{
    public static double InnerProduct(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>target += factor · vector.</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> vector)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * vector[i];
        }
    }
}
