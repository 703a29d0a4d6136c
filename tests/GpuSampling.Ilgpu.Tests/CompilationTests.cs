using GpuSampling.Ilgpu.Tests.Kernels;
using GpuSampling.Ilgpu.Tests.Support;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Ilgpu.Tests;

public class CompilationTests
{
    [Fact]
    public void Dump()
    {
        File.WriteAllText("/tmp/il/ops.ptx", OfflineCompiler.ToPtx(OfflineCompiler.Entry<OperationsKernel, Float32>()));
        File.WriteAllText("/tmp/il/ops.cl", OfflineCompiler.ToOpenCl(OfflineCompiler.Entry<OperationsKernel, Float32>()));
        File.WriteAllText("/tmp/il/ops64.ptx", OfflineCompiler.ToPtx(OfflineCompiler.Entry<OperationsKernel, Float64>()));
        File.WriteAllText("/tmp/il/ops64.cl", OfflineCompiler.ToOpenCl(OfflineCompiler.Entry<OperationsKernel, Float64>()));
    }
}
