using GpuSampling.Benchmarks.Random.Quality;

namespace GpuSampling.Tests.Random;

/// <summary>
/// Counts of a large sample in 4096 cells of equal probability, and what they say by the tests of Pearson (χ²), Kolmogorov and
/// Smirnov, and Anderson and Darling (over the cells' edges, which at 10⁷ numbers and 4096 cells loses nothing that matters).
/// </summary>
internal sealed class GoodnessOfFit
{
    private const int Cells = 4096;
    private readonly double[] edges = new double[Cells - 1];
    private readonly long[] counts = new long[Cells];

    /// <param name="cumulative">The distribution function, increasing.</param>
    /// <param name="low">A number below the lowest edge.</param>
    /// <param name="high">A number above the highest.</param>
    public GoodnessOfFit(Func<double, double> cumulative, double low, double high)
    {
        for (int i = 0; i < edges.Length; i++)
        {
            double target = (i + 1.0) / Cells, below = i == 0 ? low : edges[i - 1], above = high;
            for (int step = 0; step < 60; step++)
            {
                double middle = (below + above) / 2;
                (below, above) = cumulative(middle) < target ? (middle, above) : (below, middle);
            }

            edges[i] = above;
        }
    }

    public void Add(double number)
    {
        int cell = Array.BinarySearch(edges, number);
        counts[cell < 0 ? ~cell : cell + 1]++; // an edge belongs to the cell above, as in [low, high)
    }

    /// <summary>The least of the three tests' probabilities, times 3.</summary>
    public double Probability()
    {
        double total = counts.Sum(), chiSquare = 0, distance = 0, anderson = 0, below = 0;
        for (int cell = 0; cell < Cells; cell++)
        {
            double expected = total / Cells;
            chiSquare += (counts[cell] - expected) * (counts[cell] - expected) / expected;
            below += counts[cell];
            double share = (cell + 1.0) / Cells, difference = (below / total) - share;
            distance = Math.Max(distance, Math.Abs(difference));
            anderson += cell == Cells - 1 ? 0 : total * difference * difference / (share * (1 - share)) / Cells;
        }

        return 3 * Math.Min(
            Math.Min(TailProbability.ChiSquare(chiSquare, Cells - 1), TailProbability.Kolmogorov(distance * Math.Sqrt(total))),
            AndersonDarling(anderson));
    }

    /// <summary>P(A² ≥ x) for large samples: Marsaglia and Marsaglia, Journal of Statistical Software 9(2), 2004, accurate to 10⁻⁶.</summary>
    private static double AndersonDarling(double x)
    {
        if (x < 2)
        {
            double series = 2.00012 + (x * (0.247105 - (x * (0.0649821 - (x * (0.0347962 - (x * (0.011672 - (x * 0.00168691)))))))));
            return 1 - (Math.Exp(-1.2337141 / x) / Math.Sqrt(x) * series);
        }

        double exponent = 1.0776 - (x * (2.30695 - (x * (0.43424 - (x * (0.082433 - (x * (0.008056 - (x * 0.0003146)))))))));
        return 1 - Math.Exp(-Math.Exp(exponent));
    }
}
