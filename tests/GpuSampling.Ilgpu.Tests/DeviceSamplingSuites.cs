using GpuSampling.Engines;
using GpuSampling.Ilgpu.Tests.Support;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Ilgpu.Tests;

public abstract class DeviceSamplingSuite(string engineName) : SamplingSuite
{
    protected override Engine Open(int threadCount = 0, long? memoryLimit = null) =>
        new BorrowedEngine(Support.Engines.OpenOrSkip(engineName), memoryLimit);
}

public sealed class CudaSamplingTests() : DeviceSamplingSuite("cuda");

public sealed class OpenClSamplingTests() : DeviceSamplingSuite("opencl");

public sealed class SimulatedGpuSamplingTests() : DeviceSamplingSuite("ilgpu-cpu")
{
    // The simulation takes a microsecond where a GPU takes a nanosecond.
    protected override int LargestChainCount => 64;
}
