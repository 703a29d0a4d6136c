using GpuSampling.Importance;

namespace GpuSampling.Diagnostics;

/// <summary>
/// How heavy the tails of draws are: the shape k of the generalized Pareto distribution that fits the heavier tail best. Moments of
/// order 1/k and above do not exist, and those below need the more draws the nearer they come: Vehtari, Simpson, Gelman, Yao and
/// Gabry, Pareto smoothed importance sampling, Journal of Machine Learning Research 25 (2024), sections 2.4, 3.2.4 and 4.
/// </summary>
/// <remarks>
/// With functions of draws in place of importance ratios. It notices what neither R-hat nor an effective sample size can: that the
/// draws which decide a mean or a standard deviation are too rare to be there.
/// </remarks>
internal static class TailShape
{
    /// <summary>Beyond, errors of a mean fall too slowly with the number of draws for a mean to be of use.</summary>
    public const double LargestForMean = 0.7;

    /// <summary>The same for a standard deviation, a mean of squares, whose tail is twice as heavy.</summary>
    public const double LargestForStandardDeviation = LargestForMean / 2;

    // With fewer, as of integers, there is no shape to speak of.
    private const int LeastDifferent = 20;

    // Where a tail has more draws than this, order statistics at equal distances stand for all.
    private const int MostFitted = 1024;

    /// <summary>The shape of the heavier tail.</summary>
    /// <param name="sorted">The draws of all chains, ascending and finite.</param>
    /// <param name="tailEffectiveSize">Their effective sample size in the tails; NaN counts as their number.</param>
    /// <returns>k, the larger of both tails; one with fewer than 20 different draws has none, and NaN if neither has.</returns>
    public static double Of(ReadOnlySpan<double> sorted, double tailEffectiveSize)
    {
        int length = Length(sorted.Length, tailEffectiveSize);
        return length < LeastDifferent ? double.NaN : double.MaxNumber(Upper(sorted, length, 1), Upper(sorted, length, -1));
    }

    /// <summary>The standard error of a shape, from the draws of the tail that count: Zhang and Stephens (2009), section 3.</summary>
    /// <param name="shape">k.</param>
    /// <param name="count">The number of draws of all chains.</param>
    /// <param name="tailEffectiveSize">Their effective sample size in the tails.</param>
    public static double StandardError(double shape, long count, double tailEffectiveSize)
    {
        double share = double.IsNaN(tailEffectiveSize) ? 1 : Math.Min(1, tailEffectiveSize / count);
        double effective = Math.Min(MostFitted, Length(count, tailEffectiveSize) * share);
        return Math.Max(0, 1 + shape) / Math.Sqrt(effective);
    }

    /// <summary>The number of draws in a tail: Vehtari et al. (2024), section 4, M = 3√(S/r), at most a fifth of all.</summary>
    private static int Length(long count, double tailEffectiveSize)
    {
        double share = double.IsNaN(tailEffectiveSize) ? 1 : Math.Min(1, tailEffectiveSize / count);
        return (int)Math.Ceiling(Math.Min(0.2 * count, 3 * Math.Sqrt(count / share)));
    }

    private static double Upper(ReadOnlySpan<double> sorted, int length, int sign)
    {
        int stride = (length + MostFitted - 1) / MostFitted;
        double[] exceedances = new double[length / stride];
        double cutoff = At(sorted, length, sign);
        int different = 0;
        for (int i = 0; i < exceedances.Length; i++)
        {
            exceedances[^(i + 1)] = sign * (At(sorted, i * stride, sign) - cutoff);
            different += i == 0 || exceedances[^(i + 1)] < exceedances[^i] ? 1 : 0;
        }

        return different >= LeastDifferent && double.IsFinite(exceedances[^1]) ? GeneralizedParetoFit.Of(exceedances).Shape : double.NaN;
    }

    /// <summary>The draw of a rank from the end that the sign tells.</summary>
    private static double At(ReadOnlySpan<double> sorted, int rank, int sign) => sign > 0 ? sorted[^(rank + 1)] : sorted[rank];
}
