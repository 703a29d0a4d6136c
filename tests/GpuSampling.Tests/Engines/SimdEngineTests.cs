using System.Runtime.Intrinsics;
using GpuSampling.Engines;

namespace GpuSampling.Tests.Engines;

public sealed class SimdEngineTests
{
    [Theory]
    [InlineData(VectorWidth.Bits512, "simd512", "512-bit vectors, 3 threads")]
    [InlineData(VectorWidth.Bits256, "simd256", "256-bit vectors, 3 threads")]
    [InlineData(VectorWidth.Bits128, "simd128", "128-bit vectors, 3 threads")]
    [InlineData(VectorWidth.Scalar, "scalar", "scalar, 3 threads")]
    public void Names_and_descriptions_tell_width_and_threads(VectorWidth width, string name, string description)
    {
        using SimdEngine engine = new(width, 3);
        Assert.Equal(name, engine.Name);
        Assert.Equal(name, SimdEngine.NameOf(width));
        Assert.Equal("CPU, " + description, engine.Description);
        Assert.Equal((width, 3), (engine.Width, engine.ThreadCount));
    }

    [Fact]
    public void The_widest_is_the_first_of_those_present_and_scalar_the_last()
    {
        using SimdEngine engine = new();
        Assert.Equal(VectorWidths.Present[0], engine.Width);
        Assert.Equal(VectorWidths.Widest, engine.Width);
        Assert.Equal(VectorWidth.Scalar, VectorWidths.Present[^1]);
        Assert.Equal(Vector256.IsHardwareAccelerated, VectorWidths.Present.Contains(VectorWidth.Bits256));
        Assert.Equal(Environment.ProcessorCount, engine.ThreadCount);
        Assert.EndsWith("1 thread", new SimdEngine(VectorWidth.Scalar, 1).Description, StringComparison.Ordinal);
        Assert.Equal("simd", SimdEngine.NameOf(VectorWidth.Widest));
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("width", () => new SimdEngine((VectorWidth)64));
        Assert.Throws<ArgumentOutOfRangeException>("threadCount", () => new SimdEngine(VectorWidth.Widest, -1));
        Assert.Throws<ArgumentOutOfRangeException>("threadCount", () => new SimdEngine(VectorWidth.Widest, 1025));
    }

    [Fact]
    public void A_memory_limit_is_the_budget()
    {
        using SimdEngine unlimited = new();
        Assert.InRange(unlimited.MemoryBudget, 1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        using SimdEngine limited = new() { MemoryLimit = 12345 };
        Assert.Equal(12345, limited.MemoryBudget);
    }
}
