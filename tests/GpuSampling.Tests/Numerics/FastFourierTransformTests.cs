using GpuSampling.Numerics;

namespace GpuSampling.Tests.Numerics;

public sealed class FastFourierTransformTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(1000)]
    public void AgreesWithTheDefinition(int minimumLength)
    {
        var transform = new FastFourierTransform(minimumLength);
        int n = transform.Length;
        Assert.InRange(n, minimumLength, (2 * minimumLength) - 1);
        var random = new System.Random(n);
        double[] real = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.3)];
        double[] imaginary = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.6)];
        double[] re = [.. real];
        double[] im = [.. imaginary];
        transform.Forward(re, im);
        for (int k = 0; k < n; k++)
        {
            double expectedReal = 0;
            double expectedImaginary = 0;
            for (int j = 0; j < n; j++)
            {
                (double sine, double cosine) = Math.SinCos(-2 * Math.PI * ((long)j * k % n) / n);
                expectedReal += (real[j] * cosine) - (imaginary[j] * sine);
                expectedImaginary += (real[j] * sine) + (imaginary[j] * cosine);
            }

            Assert.Equal(expectedReal, re[k], 1e-11);
            Assert.Equal(expectedImaginary, im[k], 1e-11);
        }
    }

    [Fact]
    public void RefusesOtherLengths()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FastFourierTransform(0));
        Assert.Throws<ArgumentException>(() => new FastFourierTransform(8).Forward(new double[8], new double[7]));
    }
}
