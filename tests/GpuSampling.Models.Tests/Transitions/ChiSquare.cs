namespace GpuSampling.Models.Tests.Transitions;

/// <summary>Pearson's chi-square statistic as a standard normal number, by the cube root of Wilson and Hilferty (1931).</summary>
internal static class ChiSquare
{
    /// <summary>How far counts are from what is expected, in standard deviations: large and positive when they do not fit.</summary>
    public static double Score(IReadOnlyList<double> observed, IReadOnlyList<double> expected, int degreesOfFreedom)
    {
        double statistic = observed.Zip(expected, (count, mean) => (count - mean) * (count - mean) / mean).Sum();
        return FromStatistic(statistic, degreesOfFreedom);
    }

    /// <summary>The same for Bowker's test of symmetry of a square table: n_ij against n_ji.</summary>
    public static double AsymmetryScore(double[,] table)
    {
        double statistic = 0;
        int pairs = 0;
        for (int i = 0; i < table.GetLength(0); i++)
        {
            for (int j = 0; j < i; j++)
            {
                double sum = table[i, j] + table[j, i];
                if (sum >= 20)
                {
                    statistic += (table[i, j] - table[j, i]) * (table[i, j] - table[j, i]) / sum;
                    pairs++;
                }
            }
        }

        return FromStatistic(statistic, pairs);
    }

    private static double FromStatistic(double statistic, int degreesOfFreedom)
    {
        double variance = 2.0 / (9 * degreesOfFreedom);
        return (Math.Cbrt(statistic / degreesOfFreedom) - (1 - variance)) / Math.Sqrt(variance);
    }
}
