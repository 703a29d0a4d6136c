using GpuSampling.Engines;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Models.Tests.Engines;

public abstract class SimdArenaSuite(VectorWidth width) : ChainArenaSuite
{
    protected override Engine Open()
    {
        Assert.SkipUnless(
            VectorWidths.Present.Contains(width), $"This machine computes no {(int)width}-bit vectors in hardware.");
        return new SimdEngine(width, 2);
    }
}

public sealed class Simd512ArenaTests() : SimdArenaSuite(VectorWidth.Bits512);

public sealed class Simd256ArenaTests() : SimdArenaSuite(VectorWidth.Bits256);

public sealed class Simd128ArenaTests() : SimdArenaSuite(VectorWidth.Bits128);

public sealed class ScalarArenaTests() : SimdArenaSuite(VectorWidth.Scalar);
