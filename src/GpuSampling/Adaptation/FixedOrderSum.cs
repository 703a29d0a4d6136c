namespace GpuSampling.Adaptation;

/// <summary>
/// Sums over chains in float64 by a binary tree whose shape depends on the number of terms alone, so that pooled quantities have
/// the same bits on every engine, and rounding grows with the logarithm of the number of chains.
/// </summary>
public static class FixedOrderSum
{
    /// <summary>The sum of all elements; 0 for none.</summary>
    /// <param name="values">The terms.</param>
    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length <= 8)
        {
            double sum = 0;
            foreach (double value in values)
            {
                sum += value;
            }

            return sum;
        }

        int half = values.Length / 2;
        return Of(values[..half]) + Of(values[half..]);
    }
}
