using GpuSampling.Engines;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Models.Tests.Engines;

public abstract class SimdSamplingSuite(VectorWidth width) : SamplingSuite
{
    protected override IReadOnlyList<int> ThreadCounts => [1, 2];

    protected override Engine Open(int threadCount = 0, long? memoryLimit = null)
    {
        Assert.SkipUnless(
            VectorWidths.Present.Contains(width), $"This machine computes no {(int)width}-bit vectors in hardware.");
        return new SimdEngine(width, threadCount) { MemoryLimit = memoryLimit };
    }
}

public sealed class Simd512SamplingTests() : SimdSamplingSuite(VectorWidth.Bits512);

public sealed class Simd256SamplingTests() : SimdSamplingSuite(VectorWidth.Bits256);

public sealed class Simd128SamplingTests() : SimdSamplingSuite(VectorWidth.Bits128);

public sealed class ScalarSamplingTests() : SimdSamplingSuite(VectorWidth.Scalar);
