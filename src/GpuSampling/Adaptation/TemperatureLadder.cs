using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Adaptation;

/// <summary>
/// The inverse temperatures of a ladder, respaced so that all exchanges between neighbours are rejected equally often: Syed et al.
/// (2022), section 5.4, algorithms 2 and 3, with the cumulative barrier interpolated linearly.
/// </summary>
internal static class TemperatureLadder
{
    // An exchange that is never rejected still takes a share of the ladder, so that levels stay apart.
    private const double LeastRejection = 1e-3;

    /// <summary>A ladder to begin with: fifth powers, as Friel and Pettitt (JRSS B 70, 2008, section 3.1) have them.</summary>
    /// <param name="count">The levels, at least 2.</param>
    public static double[] Initial(int count)
    {
        double[] ladder = new double[count];
        for (int level = 0; level < count; level++)
        {
            double share = (double)(count - 1 - level) / (count - 1);
            ladder[level] = share * share * share * share * share;
        }

        return ladder;
    }

    /// <summary>Where the levels of the new ladder lie in the old one: 2.25 is a quarter of the way from level 2 to level 3.</summary>
    /// <param name="rejections">How often the exchanges between levels k and k + 1 are rejected.</param>
    public static double[] Respaced(ReadOnlySpan<double> rejections)
    {
        int count = rejections.Length + 1;
        double total = 0;
        foreach (double rejection in rejections)
        {
            total += Math.Max(rejection, LeastRejection);
        }

        double[] places = new double[count];
        double passed = 0;
        int old = 0;
        for (int level = 1; level < count - 1; level++)
        {
            double wanted = total * level / (count - 1);
            while (old < count - 2 && passed + Math.Max(rejections[old], LeastRejection) < wanted)
            {
                passed += Math.Max(rejections[old], LeastRejection);
                old++;
            }

            places[level] = old + Math.Clamp((wanted - passed) / Math.Max(rejections[old], LeastRejection), 0, 1);
        }

        places[count - 1] = count - 1;
        return places;
    }

    /// <summary>A quantity of the old levels at a place between them.</summary>
    /// <param name="values">One for each level.</param>
    /// <param name="place">As <see cref="Respaced"/> has it.</param>
    public static double At(ReadOnlySpan<double> values, double place)
    {
        int level = Math.Min((int)place, values.Length - 2);
        double share = place - level;
        return ((1 - share) * values[level]) + (share * values[level + 1]);
    }

    /// <summary>
    /// The logarithm of a ratio of evidences from stepping stones, Σ over levels of the logarithm of the mean weight, with its standard
    /// error from the spread between ladders.
    /// </summary>
    /// <param name="levels">For each level but the coldest the largest logarithm, the sum and the number of weights of each ladder.</param>
    public static (double Value, double StandardError) LogEvidence(IReadOnlyList<(double[] Maxima, double[] Sums, double[] Counts)> levels)
    {
        double value = 0;
        double[] deviations = new double[levels[0].Sums.Length];
        foreach ((double[] maxima, double[] sums, double[] counts) in levels)
        {
            double largest = maxima.Max();
            double[] means = new double[sums.Length];
            for (int ladder = 0; ladder < sums.Length; ladder++)
            {
                means[ladder] = sums[ladder] / counts[ladder] * Elementary.Exp(new Float64(maxima[ladder] - largest)).Value;
            }

            double mean = FixedOrderSum.Of(means) / means.Length;
            value += largest + Elementary.Log(new Float64(mean)).Value;
            for (int ladder = 0; ladder < means.Length; ladder++)
            {
                deviations[ladder] += (means[ladder] / mean) - 1;
            }
        }

        double square = 0;
        foreach (double deviation in deviations)
        {
            square += deviation * deviation;
        }

        int count = deviations.Length;
        return (value, count < 2 ? double.NaN : Math.Sqrt(square / ((double)count * (count - 1))));
    }
}
