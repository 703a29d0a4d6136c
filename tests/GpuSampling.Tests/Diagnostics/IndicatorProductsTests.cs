using System.Runtime.Intrinsics;
using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

/// <summary>Products of indicators from counts, against sums of centred zeros and ones.</summary>
public sealed class IndicatorProductsTests
{
    private const double Threshold = 0.4;

    [Theory]
    [InlineData(1, 0, 1, 8)]
    [InlineData(7, 0, 7, 3)]
    [InlineData(64, 0, 16, 8)]
    [InlineData(65, 16, 48, 8)]
    [InlineData(500, 0, 16, 1)]
    [InlineData(501, 64, 192, 5)]
    public void AgreeWithCentredSums(int length, int firstLag, int lags, int lanes)
    {
        var random = new System.Random((1000 * length) + firstLag);
        var products = new IndicatorProducts(length, firstLag, lags);
        var expected = new double[lags];
        for (int column = 0; column < 3; column++)
        {
            Vector512<double>[] draws = Persistent(random, length);
            var means = new double[lanes];
            products.Add(draws, Threshold, means);
            for (int lane = 0; lane < lanes; lane++)
            {
                double[] ones = [.. draws.Select(row => row[lane] <= Threshold ? 1.0 : 0.0)];
                double mean = ones.Average();
                Assert.Equal(mean, means[lane], 1e-15);
                for (int k = 0; k < lags; k++)
                {
                    for (int i = 0; i + firstLag + k < length; i++)
                    {
                        expected[k] += (ones[i] - mean) * (ones[i + firstLag + k] - mean);
                    }
                }
            }
        }

        var sums = new double[lags];
        products.CopyTo(sums);
        for (int k = 0; k < lags; k++)
        {
            Assert.Equal(expected[k], sums[k], 1e-11 * length);
        }
    }

    [Fact]
    public void HalfChainsOfOneValueHaveExactlyNoVariance()
    {
        // Of eight half-chains three are all ones, the others all zeros: the indicator varies, but within none.
        var column = new Vector512<double>[97];
        Array.Fill(column, Vector512.Create(0.0, 1, 1, 0, 1, 1, 0, 1));
        var products = new IndicatorProducts(column.Length, 0, 40);
        products.Add(column, Threshold, new double[8]);
        var sums = new double[40];
        products.CopyTo(sums);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    [Fact]
    public void LanesThatDoNotCountAreLeftOut()
    {
        // Padding is zero, which is at most the threshold.
        var column = new Vector512<double>[20];
        var products = new IndicatorProducts(column.Length, 0, 1);
        column[3] = Vector512.Create(1.0);
        products.Add(column, Threshold, new double[1]);
        var sums = new double[1];
        products.CopyTo(sums);
        Assert.Equal(0.95, sums[0], 1e-14);
    }

    // Draws that stay for a while, below the threshold more often than above it.
    private static Vector512<double>[] Persistent(System.Random random, int length)
    {
        var draws = new Vector512<double>[length];
        Vector512<double> here = Vector512<double>.Zero;
        for (int i = 0; i < length; i++)
        {
            for (int lane = 0; lane < Vector512<double>.Count; lane++)
            {
                here = random.Next(4) == 0 ? here.WithElement(lane, random.NextDouble() * (lane + 1) / 4) : here;
            }

            draws[i] = here;
        }

        return draws;
    }
}
