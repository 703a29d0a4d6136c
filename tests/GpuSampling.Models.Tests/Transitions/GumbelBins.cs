namespace GpuSampling.Models.Tests.Transitions;

/// <summary>Draws of the Gumbel distribution in bins of equal probability.</summary>
internal static class GumbelBins
{
    private const int Count = 16;

    /// <summary>How far draws are from the distribution, in standard deviations.</summary>
    public static double FitScore(double[] draws)
    {
        double[] counts = new double[Count];
        foreach (double draw in draws)
        {
            counts[Bin(draw)]++;
        }

        return ChiSquare.Score(counts, [.. Enumerable.Repeat((double)draws.Length / Count, Count)], Count - 1);
    }

    /// <summary>The counts of pairs of draws.</summary>
    public static double[,] Table(double[] first, double[] second)
    {
        double[,] table = new double[Count, Count];
        for (int chain = 0; chain < first.Length; chain++)
        {
            table[Bin(first[chain]), Bin(second[chain])]++;
        }

        return table;
    }

    private static int Bin(double x) => Math.Min(Count - 1, (int)(Count * Math.Exp(-Math.Exp(-x))));
}
