using GpuSampling.Numerics;

namespace GpuSampling.Importance;

/// <summary>
/// The generalized Pareto distribution that fits exceedances best: Zhang and Stephens, A new and efficient estimation method for the
/// generalized Pareto distribution, Technometrics 51 (2009), the mean over a grid of a posterior of b = −k/σ.
/// </summary>
/// <param name="Shape">k: the moments of order 1/k and above do not exist.</param>
/// <param name="Scale">σ, above 0.</param>
internal readonly record struct GeneralizedParetoFit(double Shape, double Scale)
{
    // The prior of section 4 of Vehtari et al. (2024), worth ten observations at k = ½.
    private const double PriorCount = 10;
    private const double PriorShape = 0.5;

    /// <summary>Fits exceedances.</summary>
    /// <param name="exceedances">Ascending, 0 or more, the largest above 0.</param>
    public static GeneralizedParetoFit Of(ReadOnlySpan<double> exceedances)
    {
        int count = exceedances.Length;
        int gridSize = 30 + (int)Math.Sqrt(count);
        double largest = exceedances[^1];
        double quartile = exceedances[Math.Max(0, (int)((count / 4.0) + 0.5) - 1)];
        quartile = quartile > 0 ? quartile : largest;
        double[] slopes = new double[gridSize], logWeights = new double[gridSize];
        for (int i = 0; i < gridSize; i++)
        {
            slopes[i] = (1 / largest) + ((1 - Math.Sqrt(gridSize / (i + 0.5))) / (3 * quartile));
            double shape = MeanLog1p(exceedances, slopes[i]);
            logWeights[i] = count * (ElementaryMath.Log(-slopes[i] / shape) - shape - 1);
        }

        double total = ElementaryMath.LogSumExp(logWeights), slope = 0;
        for (int i = 0; i < gridSize; i++)
        {
            slope += slopes[i] * ElementaryMath.Exp(logWeights[i] - total);
        }

        double fitted = MeanLog1p(exceedances, slope);
        return new GeneralizedParetoFit(((count * fitted) + (PriorCount * PriorShape)) / (count + PriorCount), -fitted / slope);
    }

    /// <summary>The exceedance below which a share of the distribution lies.</summary>
    /// <param name="share">Above 0, below 1.</param>
    public double Quantile(double share)
    {
        double logRest = ElementaryMath.Log1p(-share);
        return Math.Abs(Shape) < 1e-12 ? -Scale * logRest : Scale * ElementaryMath.Expm1(-Shape * logRest) / Shape;
    }

    /// <summary>The mean of log(1 − b y).</summary>
    private static double MeanLog1p(ReadOnlySpan<double> exceedances, double slope)
    {
        double sum = 0;
        foreach (double exceedance in exceedances)
        {
            sum += ElementaryMath.Log1p(-slope * exceedance);
        }

        return sum / exceedances.Length;
    }
}
