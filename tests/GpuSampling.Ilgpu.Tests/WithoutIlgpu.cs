namespace GpuSampling.Ilgpu.Tests;

/// <summary>Compiled in place of all other tests of this project where the build has no ILGPU.</summary>
public sealed class WithoutIlgpu
{
    [Fact]
    public void Tests_of_the_CUDA_and_OpenCL_engines() =>
        Assert.Skip("This build has no CUDA and no OpenCL engine: ILGPU was not in the package sources, or UseIlgpu is false.");
}
