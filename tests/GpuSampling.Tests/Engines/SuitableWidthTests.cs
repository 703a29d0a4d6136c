using GpuSampling.Engines;

namespace GpuSampling.Tests.Engines;

public sealed class SuitableWidthTests
{
    [Theory]
    [InlineData(1, 1, VectorWidth.Scalar)]
    [InlineData(2, 2, VectorWidth.Scalar)]
    [InlineData(4, 1, VectorWidth.Bits128)]
    [InlineData(16, 1, VectorWidth.Bits512)]
    [InlineData(16, 2, VectorWidth.Bits256)]
    [InlineData(1000, 2, VectorWidth.Bits512)]
    public void Few_chains_take_narrow_registers(int chainCount, int threadCount, VectorWidth expected) =>
        Assert.Equal(expected, SuitableWidth.For(VectorWidth.Bits512, Precision.Single, chainCount, threadCount));

    [Fact]
    public void No_width_above_the_widest_is_chosen_and_doubles_need_twice_the_width()
    {
        Assert.Equal(VectorWidth.Bits256, SuitableWidth.For(VectorWidth.Bits256, Precision.Single, 100_000, 8));
        Assert.Equal(VectorWidth.Scalar, SuitableWidth.For(VectorWidth.Scalar, Precision.Single, 100_000, 8));
        Assert.Equal(VectorWidth.Bits256, SuitableWidth.For(VectorWidth.Bits512, Precision.Double, 4, 1));
        Assert.Equal(VectorWidth.Bits512, SuitableWidth.For(VectorWidth.Bits512, Precision.Double, int.MaxValue, 1024));
    }
}
