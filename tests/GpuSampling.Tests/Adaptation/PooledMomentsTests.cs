using GpuSampling.Adaptation;

namespace GpuSampling.Tests.Adaptation;

public sealed class PooledMomentsTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(1, 50, 3)]
    [InlineData(7, 1, -2)]
    [InlineData(13, 40, 1e6)]
    [InlineData(1000, 8, -1e4)]
    public void Agree_with_the_moments_of_the_pool(int chainCount, int drawCount, double offset)
    {
        System.Random random = new(chainCount);
        double[][] chains =
        [
            .. Enumerable.Range(0, chainCount).Select(chain =>
                Enumerable.Range(0, drawCount).Select(_ => offset + (0.3 * chain % 5) + Math.Pow(random.NextDouble(), 3)).ToArray()),
        ];
        double[] means = [.. chains.Select(chain => chain.Average())];
        double[] squares = [.. chains.Select((chain, i) => chain.Sum(x => (x - means[i]) * (x - means[i])))];
        PooledMoments moments = PooledMoments.Of(means, squares, drawCount, new double[chainCount]);

        decimal[] pool = [.. chains.SelectMany(chain => chain).Select(x => (decimal)x)];
        decimal mean = pool.Average();
        Assert.Equal((double)mean, moments.Mean, 1e-14 * (1 + Math.Abs(offset)));
        double variance = pool.Length == 1 ? double.NaN : (double)(pool.Sum(x => (x - mean) * (x - mean)) / (pool.Length - 1));
        Assert.Equal(variance, moments.Variance, double.IsNaN(variance) ? 0 : 1e-9 * Math.Max(1, variance));
    }

    [Fact]
    public void Refuse_shapes_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>("means", () => PooledMoments.Of([], [], 3, []));
        Assert.Throws<ArgumentException>("means", () => PooledMoments.Of([1, 2], [1], 3, new double[2]));
        Assert.Throws<ArgumentException>("means", () => PooledMoments.Of([1, 2], [1, 2], 3, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>("drawsPerChain", () => PooledMoments.Of([1, 2], [1, 2], 0, new double[2]));
    }
}
