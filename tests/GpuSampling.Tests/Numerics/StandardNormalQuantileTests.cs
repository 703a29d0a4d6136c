using GpuSampling.Numerics;

namespace GpuSampling.Tests.Numerics;

public sealed class StandardNormalQuantileTests
{
    // Computed to 25 digits from the Taylor series of the distribution function, at the exact value of each float64 argument;
    // on both sides of the seams of the three approximations (0.075, 0.925, 1.39e-11).
    [Theory]
    [InlineData(0.5, 0.0)]
    [InlineData(0.51, 0.025068908258711058032691)]
    [InlineData(0.6, 0.253347103135799741324688)]
    [InlineData(0.925, 1.439531470938456229063320)]
    [InlineData(0.92500001, 1.439531541582167934678148)]
    [InlineData(0.075, -1.43953147093845593494980)]
    [InlineData(0.0749999, -1.43953217737590058641747)]
    [InlineData(0.975, 1.959963984540053855604430)]
    [InlineData(0.001, -3.09023230616781353535800)]
    [InlineData(1e-5, -4.26489079392282461023374)]
    [InlineData(1e-10, -6.36134090240405619910039)]
    [InlineData(1e-11, -6.70602315549513629610219)]
    [InlineData(1.3e-11, -6.66761145651074083466221)]
    [InlineData(1e-16, -8.22208221613043561518201)]
    [InlineData(1e-20, -9.26234008979840757957209)]
    [InlineData(1e-30, -11.4640246884436157197669)]
    public void AgreesWithKnownValues(double probability, double expected)
    {
        Assert.Equal(expected, StandardNormalQuantile.Evaluate(probability), 1e-15 * Math.Max(1e-2, Math.Abs(expected)));
    }

    [Fact]
    public void TreatsTheEndsAndNonsense()
    {
        Assert.Equal(double.NegativeInfinity, StandardNormalQuantile.Evaluate(0));
        Assert.Equal(double.PositiveInfinity, StandardNormalQuantile.Evaluate(1));
        Assert.Equal(double.NaN, StandardNormalQuantile.Evaluate(-0.1));
        Assert.Equal(double.NaN, StandardNormalQuantile.Evaluate(1.1));
        Assert.Equal(double.NaN, StandardNormalQuantile.Evaluate(double.NaN));
    }

    [Fact]
    public void IsIncreasingAcrossTheSeams()
    {
        double previous = double.NegativeInfinity;
        for (int i = 1; i < 20_000; i++)
        {
            double value = StandardNormalQuantile.Evaluate(i / 20_000.0);
            Assert.True(value > previous);
            previous = value;
        }
    }
}
