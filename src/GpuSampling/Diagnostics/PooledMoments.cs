using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>Moments of all draws of all chains about their mean, and the chains that never move.</summary>
/// <param name="SecondMoment">The mean of (x - mean)^2, with divisor S.</param>
/// <param name="FourthMoment">The mean of (x - mean)^4, with divisor S.</param>
/// <param name="Variance">The variance with divisor S - 1; NaN for a single draw.</param>
/// <param name="StuckChains">The number of chains all of whose draws are equal; 0 when each has one draw only.</param>
internal sealed record PooledMoments(double SecondMoment, double FourthMoment, double Variance, int StuckChains)
{
    /// <summary>The moments about a mean.</summary>
    public static PooledMoments Of(SplitChains split, double mean)
    {
        double squares = 0;
        double fourthPowers = 0;
        int chains = split.Chains;
        var moved = new bool[chains];
        var centre = Vector512.Create(mean);
        for (int column = 0; column < split.Columns && split.HalfLength > 0; column++)
        {
            ReadOnlySpan<Vector512<double>> draws = split.Column(column);
            int lanes = split.LanesIn(column);
            Vector512<double> columnSquares = Vector512<double>.Zero;
            Vector512<double> columnFourthPowers = Vector512<double>.Zero;
            Vector512<double> differs = Vector512<double>.Zero;
            Vector512<double> start = Starts(split, column, lanes);
            foreach (Vector512<double> eight in draws)
            {
                Vector512<double> deviation = eight - centre;
                Vector512<double> square = deviation * deviation;
                columnSquares += square;
                columnFourthPowers = Vector512.FusedMultiplyAdd(square, square, columnFourthPowers);
                differs |= ~Vector512.Equals(eight, start);
            }

            squares += SumOfLanes(columnSquares, lanes);
            fourthPowers += SumOfLanes(columnFourthPowers, lanes);
            ulong differing = differs.ExtractMostSignificantBits();
            for (int lane = 0; lane < lanes; lane++)
            {
                moved[((column * SplitChains.Lanes) + lane) % chains] |= ((differing >> lane) & 1) != 0;
            }
        }

        ReadOnlySpan<double> middle = split.Middle;
        for (int chain = 0; chain < middle.Length; chain++)
        {
            double square = (middle[chain] - mean) * (middle[chain] - mean);
            squares += square;
            fourthPowers += square * square;
            moved[chain] |= split.HalfLength == 0 || middle[chain] != FirstDraw(split, chain);
        }

        double variance = split.Count > 1 ? squares / (split.Count - 1) : double.NaN;
        return new PooledMoments(squares / split.Count, fourthPowers / split.Count, variance, moved.AsSpan().Count(false));
    }

    // The first draw of the chain that each lane belongs to, be the lane its first or its last half.
    private static Vector512<double> Starts(SplitChains split, int column, int lanes)
    {
        Vector512<double> starts = Vector512<double>.Zero;
        for (int lane = 0; lane < lanes; lane++)
        {
            starts = starts.WithElement(lane, FirstDraw(split, ((column * SplitChains.Lanes) + lane) % split.Chains));
        }

        return starts;
    }

    private static double FirstDraw(SplitChains split, int chain) => split[chain, 0];

    private static double SumOfLanes(Vector512<double> sums, int lanes)
    {
        double sum = 0;
        for (int lane = 0; lane < lanes; lane++)
        {
            sum += sums[lane];
        }

        return sum;
    }
}
