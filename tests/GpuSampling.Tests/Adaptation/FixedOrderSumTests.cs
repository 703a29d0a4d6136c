using GpuSampling.Adaptation;

namespace GpuSampling.Tests.Adaptation;

public sealed class FixedOrderSumTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1000)]
    [InlineData(65_537)]
    public void Integers_are_summed_exactly(int count)
    {
        double[] values = [.. Enumerable.Range(1, count).Select(i => i % 3 == 0 ? -(double)i : i)];
        Assert.Equal(values.Sum(value => (long)value), FixedOrderSum.Of(values));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e-3)]
    public void Rounding_grows_with_the_logarithm_only(double term)
    {
        // Added one after the other, a million terms lose far more than the bound, which is 8 + 17 roundings.
        double[] values = [.. Enumerable.Repeat(term, 1_000_000)];
        decimal exact = (decimal)term * 1_000_000;
        double bound = 25 * double.BitIncrement(1) * (double)exact * Math.Pow(2, -53);
        Assert.InRange(Math.Abs((double)((decimal)FixedOrderSum.Of(values) - exact)), 0, bound);
        double naive = 0;
        foreach (double value in values)
        {
            naive += value;
        }

        Assert.NotInRange(Math.Abs((double)((decimal)naive - exact)), 0, bound);
    }

    [Fact]
    public void The_tree_depends_on_the_number_of_terms_alone()
    {
        // The same terms elsewhere in memory, and the halves of an even number by themselves.
        System.Random random = new(3);
        double[] values = [.. Enumerable.Range(0, 4098).Select(_ => Math.Exp(20 * (random.NextDouble() - 0.5)))];
        double sum = FixedOrderSum.Of(values);
        double[] shifted = [double.NaN, .. values, double.NaN];
        Assert.Equal(sum, FixedOrderSum.Of(shifted.AsSpan(1, values.Length)));
        Assert.Equal(sum, FixedOrderSum.Of(values.AsSpan(0, 2049)) + FixedOrderSum.Of(values.AsSpan(2049)));
    }
}
