namespace GpuSampling.Numerics;

/// <summary>The quantile function of Beta(a, b), on the host in float64.</summary>
/// <remarks>Newton's method on I_x(a, b), kept inside a shrinking bracket; started from the normal approximation.</remarks>
internal static class InverseRegularizedIncompleteBeta
{
    // Bisection alone would reach the smallest subnormal number in 1,074 steps.
    private const int MaximumSteps = 1100;

    /// <summary>The x in [0, 1] with I_x(a, b) = <paramref name="probability"/>.</summary>
    /// <param name="probability">A probability in [0, 1].</param>
    /// <param name="a">First shape, positive and finite.</param>
    /// <param name="b">Second shape, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1] or a shape is not positive and finite.</exception>
    public static double Evaluate(double probability, double a, double b)
    {
        RegularizedIncompleteBeta.RequireShape(a, nameof(a));
        RegularizedIncompleteBeta.RequireShape(b, nameof(b));
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability must lie in [0, 1].");
        }

        if (probability is 0 or 1)
        {
            return probability;
        }

        double lower = 0;
        double upper = 1;
        double x = NormalApproximation(probability, a, b);
        for (int step = 0; step < MaximumSteps; step++)
        {
            double error = RegularizedIncompleteBeta.Evaluate(x, a, b) - probability;
            if (error == 0)
            {
                return x;
            }

            if (error > 0)
            {
                upper = x;
            }
            else
            {
                lower = x;
            }

            double next = x - (error / RegularizedIncompleteBeta.Density(x, a, b));
            if (!(next > lower && next < upper))
            {
                next = 0.5 * (lower + upper);
            }

            if (Math.Abs(next - x) <= 1e-15 * x || next == lower || next == upper)
            {
                return next;
            }

            x = next;
        }

        return x;
    }

    private static double NormalApproximation(double probability, double a, double b)
    {
        double mean = a / (a + b);
        double standardDeviation = Math.Sqrt(mean * (1 - mean) / (a + b + 1));
        double x = mean + (StandardNormalQuantile.Evaluate(probability) * standardDeviation);
        return x > 0 && x < 1 ? x : mean;
    }
}
