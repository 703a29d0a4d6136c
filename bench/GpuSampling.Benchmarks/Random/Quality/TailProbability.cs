namespace GpuSampling.Benchmarks.Random.Quality;

/// <summary>Probabilities that a statistic exceeds what was seen, in double precision.</summary>
internal static class TailProbability
{
    /// <summary>P(χ² with the given degrees of freedom ≥ x).</summary>
    public static double ChiSquare(double x, double degreesOfFreedom) => UpperGamma(degreesOfFreedom / 2, x / 2);

    /// <summary>P(|Z| ≥ |z|) of a standard normal.</summary>
    public static double TwoSidedNormal(double z) => UpperGamma(0.5, z * z / 2);

    /// <summary>Twice the smaller of P(N ≥ count) and P(N ≤ count) for a Poisson number, at most 1.</summary>
    public static double TwoSidedPoisson(long count, double mean)
    {
        double atLeast = count == 0 ? 1 : 1 - UpperGamma(count, mean);
        double atMost = UpperGamma(count + 1, mean);
        return Math.Min(1, 2 * Math.Min(Math.Max(atLeast, 0), atMost));
    }

    /// <summary>P(N ≥ count) for a Poisson number of a small mean, without cancellation.</summary>
    public static double AtLeastPoisson(long count, double mean)
    {
        if (count == 0)
        {
            return 1;
        }

        double term = Math.Exp((count * Math.Log(mean)) - mean - LogGamma(count + 1)), sum = 0;
        for (long k = count + 1; term > sum * 1e-17; k++)
        {
            sum += term;
            term *= mean / k;
        }

        return Math.Min(sum, 1);
    }

    /// <summary>P(√n D ≥ x) of Kolmogorov's statistic for large n.</summary>
    public static double Kolmogorov(double x)
    {
        if (x < 0.3)
        {
            return 1; // below, the probability differs from 1 by less than 1e-5
        }

        double sum = 0;
        for (int k = 1; k < 50; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * x * x);
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>Γ(a, x) / Γ(a): the series below a + 1, Lentz's continued fraction above (Abramowitz and Stegun 6.5.29, 6.5.31).</summary>
    private static double UpperGamma(double a, double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        double front = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (double k = a + 1; term > sum * 1e-16; k++)
            {
                term *= x / k;
                sum += term;
            }

            return Math.Clamp(1 - (front * sum), 0, 1);
        }

        double b = x + 1 - a, c = 1e300, d = 1 / b, fraction = d;
        for (int k = 1; k < 100_000; k++)
        {
            double numerator = k * (a - k);
            b += 2;
            d = 1 / ((numerator * d) + b);
            c = b + (numerator / c);
            fraction *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-15)
            {
                break;
            }
        }

        return Math.Clamp(front * fraction, 0, 1);
    }

    /// <summary>log Γ(x) by Stirling's series after shifting x above 15.</summary>
    private static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 15; x++)
        {
            shift += Math.Log(x);
        }

        double inverse = 1 / x, square = inverse * inverse;
        double series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square / 1680))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }
}
