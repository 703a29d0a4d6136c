using GpuSampling.Numerics;

namespace GpuSampling.Tests.Numerics;

public sealed class RegularizedIncompleteBetaTests
{
    // For whole shapes I_x(a, b) is a binomial tail: summed in rationals or 60-digit decimals, at the exact value of x.
    [Theory]
    [InlineData(0.3, 2, 3, 0.3482999999999999804156)]
    [InlineData(0.7, 2, 3, 0.9162999999999999664268)]
    [InlineData(0.05, 1, 10, 0.4012630607616211112429)]
    [InlineData(0.999, 40, 2, 0.9992010191652442841941)]
    [InlineData(0.5, 50, 50, 0.5)]
    [InlineData(0.2, 30, 300, 0.9999999769673578674221)]
    [InlineData(0.05, 5001, 95001, 0.4965270135085609441653)]
    [InlineData(0.0493, 5001, 95001, 0.1517557482682766802643)]
    [InlineData(0.9, 1, 1, 0.9000000000000000222044)]
    [InlineData(0.01, 10, 200, 0.0000580778983124846219)]
    [InlineData(0.5005, 200001, 200001, 0.7364558105421901261319)]
    public void AgreesWithBinomialTails(double x, double a, double b, double expected)
    {
        Assert.Equal(expected, RegularizedIncompleteBeta.Evaluate(x, a, b), 1e-13 * expected);
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(0.1)]
    [InlineData(0.6)]
    [InlineData(0.9999)]
    public void AgreesWithTheArcSineLaw(double x)
    {
        double expected = 2 / Math.PI * Math.Asin(Math.Sqrt(x));
        Assert.Equal(expected, RegularizedIncompleteBeta.Evaluate(x, 0.5, 0.5), 1e-14 * expected);
    }

    [Fact]
    public void IsZeroAndOneOutsideTheSupport()
    {
        Assert.Equal(0, RegularizedIncompleteBeta.Evaluate(-1, 2, 3));
        Assert.Equal(0, RegularizedIncompleteBeta.Evaluate(0, 2, 3));
        Assert.Equal(1, RegularizedIncompleteBeta.Evaluate(1, 2, 3));
        Assert.Equal(double.NaN, RegularizedIncompleteBeta.Evaluate(double.NaN, 2, 3));
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(1.0, -2.0)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(1.0, double.PositiveInfinity)]
    public void RefusesShapesThatAreNotPositive(double a, double b)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RegularizedIncompleteBeta.Evaluate(0.5, a, b));
        Assert.Throws<ArgumentOutOfRangeException>(() => InverseRegularizedIncompleteBeta.Evaluate(0.5, a, b));
    }

    [Theory]
    [InlineData(0.1586553, 1, 3)]
    [InlineData(0.8413447, 1, 3)]
    [InlineData(0.1586553, 51, 951)]
    [InlineData(0.8413447, 2_000_001, 38_000_001)]
    [InlineData(0.5, 0.5, 0.5)]
    [InlineData(1e-9, 20, 0.3)]
    [InlineData(0.4, 0.01, 0.02)]
    public void InverseUndoesTheFunction(double probability, double a, double b)
    {
        double x = InverseRegularizedIncompleteBeta.Evaluate(probability, a, b);
        Assert.Equal(probability, RegularizedIncompleteBeta.Evaluate(x, a, b), 1e-13);
    }

    [Fact]
    public void InverseHasClosedFormsWhenOneShapeIsOne()
    {
        // I_x(a, 1) = x^a and I_x(1, b) = 1 - (1 - x)^b.
        Assert.Equal(Math.Pow(0.2, 1 / 7.5), InverseRegularizedIncompleteBeta.Evaluate(0.2, 7.5, 1), 1e-14);
        Assert.Equal(1 - Math.Pow(0.8, 1 / 3.25), InverseRegularizedIncompleteBeta.Evaluate(0.2, 1, 3.25), 1e-14);
        Assert.Equal(0, InverseRegularizedIncompleteBeta.Evaluate(0, 2, 3));
        Assert.Equal(1, InverseRegularizedIncompleteBeta.Evaluate(1, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => InverseRegularizedIncompleteBeta.Evaluate(1.5, 2, 3));
    }
}
