using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Tempering;

/// <summary>
/// A normal prior of width 5 and a likelihood of two narrow peaks of unequal weight, width and place, twelve of their widths apart and
/// more: everything about the posterior is known.
/// </summary>
[Model]
public sealed partial class UnequalModes
{
    [Data] public required int N;

    /// <summary>Moves the peaks.</summary>
    [Data(nameof(N))] public required double[] offset;

    [Parameter("2")] private double[] x = [];

    private double LogDensity()
    {
        double target = Density.Normal(x[0], 0, 5) + Density.Normal(x[1], 0, 5);
        for (int n = 0; n < N; n++)
        {
            target += Density.LogMix(
                0.7,
                Density.Normal(x[0], -4 + offset[n], 0.5) + Density.Normal(x[1], 3, 0.4),
                Density.Normal(x[0], 5, 0.7) + Density.Normal(x[1], -2, 0.6));
        }

        return target;
    }
}

/// <summary>What is known of <see cref="UnequalModes"/> without an offset.</summary>
internal static class UnequalModesTruth
{
    private static readonly (double Weight, double[] Mean, double[] Deviation)[] Peaks =
        [(0.7, [-4, 3], [0.5, 0.4]), (0.3, [5, -2], [0.7, 0.6])];

    /// <summary>The posterior.</summary>
    public static Posterior Posterior() => new UnequalModes { N = 1, offset = [0] }.ToPosterior();

    /// <summary>The logarithm of the integral of prior times likelihood.</summary>
    public static double LogEvidence => Math.Log(Integrals.Sum());

    /// <summary>The posterior probability of the second peak.</summary>
    public static double SecondWeight => Integrals[1] / Integrals.Sum();

    /// <summary>The mean of a parameter.</summary>
    public static double Mean(int i) => Average(k => PeakMean(k, i));

    /// <summary>The mean of its square.</summary>
    public static double Square(int i) => Average(k => (PeakMean(k, i) * PeakMean(k, i)) + (PeakVariance(k, i)));

    private static double[] Integrals => [.. Peaks.Select(peak => peak.Weight * Enumerable.Range(0, 2).Aggregate(1.0, (product, i) =>
    {
        double variance = 25 + (peak.Deviation[i] * peak.Deviation[i]);
        return product * Math.Exp(-peak.Mean[i] * peak.Mean[i] / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);
    }))];

    /// <summary>The summit of a peak, of the posterior too.</summary>
    public static double PeakMean(int k, int i) => Peaks[k].Mean[i] * 25 / (25 + (Peaks[k].Deviation[i] * Peaks[k].Deviation[i]));

    private static double PeakVariance(int k, int i) => 25 * Peaks[k].Deviation[i] * Peaks[k].Deviation[i] / (25 + (Peaks[k].Deviation[i] * Peaks[k].Deviation[i]));

    private static double Average(Func<int, double> value) => (value(0) * Integrals[0] + value(1) * Integrals[1]) / Integrals.Sum();
}
