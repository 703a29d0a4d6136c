using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

public sealed class StreamingMomentsTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(1e6)]
    public void AgreesWithTheDrawsKept(double offset)
    {
        double[][] first = NaiveDiagnostics.Map(SimulatedChains.Autoregressive(5, 300, 0.5, 1), x => x + offset);
        double[][] second = NaiveDiagnostics.Map(SimulatedChains.Autoregressive(5, 300, 0.9, 2), x => Math.Exp(x) + offset);
        StreamingMoments moments = Stream(first, second, 0, 300);

        double[][][] both = [first, second];
        for (int p = 0; p < 2; p++)
        {
            double[] pool = NaiveDiagnostics.Pool(both[p]);
            Assert.Equal(pool.Average(), moments.Mean(p), 1e-12 * Math.Max(1, offset));
            Assert.Equal(NaiveDiagnostics.Variance(pool), moments.Variance(p), 1e-9);
            for (int c = 0; c < 5; c++)
            {
                Assert.Equal(both[p][c].Average(), moments.ChainMeans(p)[c], 1e-12 * Math.Max(1, offset));
                Assert.Equal(NaiveDiagnostics.Variance(both[p][c]), moments.ChainVariance(p, c), 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(150)]
    [InlineData(299)]
    [InlineData(300)]
    public void MergedPartsAgreeWithTheWhole(int firstPart)
    {
        double[][] first = SimulatedChains.Autoregressive(5, 300, 0.5, 3);
        double[][] second = NaiveDiagnostics.Map(first, x => 7 - (x * x));
        StreamingMoments whole = Stream(first, second, 0, 300);
        StreamingMoments merged = Stream(first, second, 0, firstPart);
        merged.Merge(Stream(first, second, firstPart, 300));

        Assert.Equal(300, merged.Draws);
        for (int p = 0; p < 2; p++)
        {
            Assert.Equal(whole.Mean(p), merged.Mean(p), 1e-13);
            Assert.Equal(whole.Variance(p), merged.Variance(p), 1e-12);
            Assert.Equal(whole.CrossChain(p).StandardError, merged.CrossChain(p).StandardError, 1e-12);
        }
    }

    [Fact]
    public void GivesNestedRHatWithoutDraws()
    {
        double[][] chains = SimulatedChains.Autoregressive(6, 40, 0.5, 4);
        StreamingMoments moments = Stream(chains, chains, 0, 40);
        int[] ids = [0, 1, 2, 0, 1, 2];
        Assert.Equal(NaiveDiagnostics.NestedRHat(chains, ids), NestedRHat.Compute(moments, 1, ids), 1e-12);
    }

    [Fact]
    public void HasNoMomentsWithoutDraws()
    {
        var moments = new StreamingMoments(1, 2);
        Assert.Equal(double.NaN, moments.Mean(0));
        Assert.Equal(double.NaN, moments.Variance(0));
        float[] draw = [1, 2];
        moments.Add<float>(draw);
        Assert.Equal(double.NaN, moments.ChainVariance(0, 1));
        Assert.Equal(0.5, moments.Variance(0));
    }

    [Fact]
    public void RefusesWrongShapes()
    {
        var moments = new StreamingMoments(2, 3);
        Assert.Throws<ArgumentException>(() => moments.Add<double>(new double[5]));
        Assert.Throws<NotSupportedException>(() => moments.Add<int>(new int[6]));
        Assert.Throws<ArgumentException>(() => moments.Merge(new StreamingMoments(3, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => moments.Mean(2) + moments.ChainMeans(2)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => moments.ChainVariance(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamingMoments(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamingMoments(1, 0));
    }

    private static StreamingMoments Stream(double[][] first, double[][] second, int start, int end)
    {
        var moments = new StreamingMoments(2, first.Length);
        for (int i = start; i < end; i++)
        {
            double[] draw = [.. first.Select(chain => chain[i]), .. second.Select(chain => chain[i])];
            moments.Add<double>(draw);
        }

        return moments;
    }
}
