using GpuSampling.Adaptation;

namespace GpuSampling.Tests.Adaptation;

/// <summary>The estimate from inner products, against its definition, with more chains than parameters and fewer.</summary>
public sealed class LargestEigenvalueTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 100)]
    [InlineData(100, 3)]
    [InlineData(40, 40)]
    [InlineData(41, 40)]
    [InlineData(67, 21)]
    public void It_is_the_squared_norm_of_the_covariance_over_its_trace(int dimension, int chainCount)
    {
        double[] rows = Random(dimension * chainCount);
        double squares = 0, trace = 0;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                double covariance = Enumerable.Range(0, chainCount).Sum(chain => rows[(i * chainCount) + chain] * rows[(j * chainCount) + chain]) / chainCount;
                squares += covariance * covariance;
                trace += i == j ? covariance : 0;
            }
        }

        Assert.Equal(1, new LargestEigenvalue(dimension, chainCount).Of(rows) / (squares / trace), 1e-12);
    }

    /// <summary>So that draws do not depend on how many are taken at once.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 8)]
    [InlineData(7, 21)]
    [InlineData(12, 64)]
    public void Inner_products_have_the_same_bits_one_by_one_and_together(int rowCount, int length)
    {
        double[] rows = Random(rowCount * length), products = new double[rowCount];
        PooledCovariance.InnerProducts(rows.AsSpan(0, length), rows, products);
        for (int i = 0; i < rowCount; i++)
        {
            Assert.Equal(PooledCovariance.InnerProduct(rows.AsSpan(0, length), rows.AsSpan(i * length, length)), products[i]);
        }
    }

    private static double[] Random(int count)
    {
        System.Random random = new(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.4)];
    }
}
