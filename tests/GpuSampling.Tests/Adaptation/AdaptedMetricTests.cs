using GpuSampling.Adaptation;

namespace GpuSampling.Tests.Adaptation;

/// <summary>What metrics learn, from the settings that kernels get, against the covariance of the positions shown to them.</summary>
public sealed class AdaptedMetricTests
{
    private const int Dimension = 5;
    private const int Count = 4000;

    // Of positions: 5 parameters mixed from 5 independent ones of very different widths.
    private static readonly double[,] s_mixing = new double[,]
    {
        { 2, 0.3, 0, 0, 0.1 }, { 1.9, 0.1, 0, -0.2, 0 }, { 0.4, 7, 1, 0, 0 }, { 0, -3, 0.5, 1, 0 }, { 0.01, 0, 0, 0.02, 0.003 },
    };

    [Fact]
    public void A_dense_metric_whitens_the_positions_it_was_shown()
    {
        AdaptedCovariance metric = new(Dimension);
        metric.Observe(Positions(), Count, isFirst: true);
        metric.Update();
        double[] settings = new double[metric.SettingLength];
        metric.Write(1, settings);
        AssertWhitens(metric, (i, j) => j <= i ? settings[(i * (i + 1) / 2) + j] : 0);
    }

    [Fact]
    public void A_low_rank_metric_of_full_rank_whitens_the_positions_it_was_shown()
    {
        AdaptedLowRank metric = new(Dimension);
        metric.Observe(Positions(), Count, isFirst: true);
        metric.Update();
        double[] settings = new double[metric.SettingLength];
        metric.Write(1, settings);

        // diag(s)(I + Σ a u uᵀ)
        AssertWhitens(metric, (i, j) => settings[i] * ((i == j ? 1 : 0) + Enumerable.Range(0, metric.Rank).Sum(k =>
        {
            ReadOnlySpan<double> one = settings.AsSpan(Dimension + (k * (Dimension + 1)), Dimension + 1);
            return one[0] * one[1 + i] * one[1 + j];
        })), variances: 2);
    }

    [Fact]
    public void Changes_are_the_largest_factor_of_a_standard_deviation()
    {
        AdaptedCovariance dense = new(Dimension);
        AdaptedLowRank lowRank = new(Dimension);
        foreach (double width in (double[])[1, 1.001, 3, 1])
        {
            dense.Observe(Positions(width), Count, isFirst: true);
            dense.Update();
            lowRank.Observe(Positions(width), Count, isFirst: true);
            lowRank.Update();
            if (width == 1.001)
            {
                Assert.InRange(dense.LastChange, 1, 1.002);
                Assert.InRange(lowRank.LastChange, 1, 2); // directions within a factor of 2 of the rest are left alone
            }
        }

        // The last change: the first of the independent parameters a third as wide, all others as before.
        Assert.InRange(dense.LastChange, 2.9, 3.1);
        Assert.InRange(lowRank.LastChange, 2, 3.3);
    }

    /// <summary>L·Whiten(x) = x, and what is whitened has nearly the covariance I; for low rank variances within a factor.</summary>
    private static void AssertWhitens(AdaptedMetric metric, Func<int, int, double> factor, double variances = 1.02)
    {
        double[] positions = Positions(), whitened = Positions();
        metric.Whiten(whitened, Count);
        for (int i = 0; i < Dimension; i++)
        {
            for (int n = 0; n < Count; n += 371)
            {
                double back = Enumerable.Range(0, Dimension).Sum(j => factor(i, j) * whitened[(j * Count) + n]);
                Assert.Equal(positions[(i * Count) + n], back, 1e-9);
            }

            for (int j = 0; j <= i; j++)
            {
                double covariance = Enumerable.Range(0, Count).Sum(n => whitened[(i * Count) + n] * whitened[(j * Count) + n]) / Count;
                Assert.InRange(covariance, i == j ? 1 / variances : 1 - variances - 0.02, i == j ? variances : variances - 1 + 0.02);
            }
        }
    }

    private static double[] Positions(double firstWidth = 1)
    {
        System.Random random = new(11);
        double[] positions = new double[Dimension * Count];
        for (int n = 0; n < Count; n++)
        {
            double[] independent = [.. Enumerable.Range(0, Dimension).Select(k => (k == 0 ? firstWidth : 1) * Math.Sqrt(12) * (random.NextDouble() - 0.5))];
            for (int i = 0; i < Dimension; i++)
            {
                positions[(i * Count) + n] = Enumerable.Range(0, Dimension).Sum(k => s_mixing[i, k] * independent[k]);
            }
        }

        return positions;
    }
}
