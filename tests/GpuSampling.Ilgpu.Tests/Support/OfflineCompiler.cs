using System.Reflection;
using GpuSampling.Ilgpu.Arithmetic;
using GpuSampling.Ilgpu.Launching;
using GpuSampling.Kernels.Lanes;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuSampling.Ilgpu.Tests.Support;

/// <summary>Device code of kernels with the engine's settings, for a machine without the devices.</summary>
internal static class OfflineCompiler
{
    private static readonly Lock Gate = new();

    // One context for all tests: what kernels have in common is compiled once.
    private static readonly Lazy<Context> Context = new(() => ILGPU.Context.Create(builder => builder
        .Optimize(OptimizationLevel.O2)
        .UseLaneInstructions()));

    /// <summary>The entry point that the engine launches for a kernel and a lane type.</summary>
    public static MethodInfo Entry(Type kernel, Type lane) =>
        typeof(ChainKernelEntry).GetMethod(nameof(ChainKernelEntry.Run))!.MakeGenericMethod(kernel, lane);

    public static MethodInfo Entry<TKernel, T>()
        where TKernel : struct
        where T : unmanaged, IReal<T>
        => Entry(typeof(TKernel), typeof(T));

    /// <summary>The PTX for compute capability 9.0, in the newest version that ptxas of CUDA 12.4 reads.</summary>
    public static string ToPtx(MethodInfo entry, bool isExplicitlyGrouped = false)
    {
        using PTXBackend backend = new(
            Context.Value,
            new CudaCapabilityContext(CudaArchitecture.SM_90),
            CudaArchitecture.SM_90,
            CudaInstructionSet.ISA_84,
            nvvmAPI: null);
        return ((PTXCompiledKernel)Compile(backend, entry, isExplicitlyGrouped)).PTXAssembly;
    }

    /// <summary>OpenCL C 3.0 for a device with doubles.</summary>
    public static string ToOpenCl(MethodInfo entry)
    {
        CLCapabilityContext capabilities = new(
            float16: false, float64: true, genericAddressSpace: true, int64_Atomics: true, subGroups: true);
        using CLBackend backend = new(Context.Value, capabilities, CLDeviceVendor.Other, CLCVersion.CL30);
        return ((CLCompiledKernel)Compile(backend, entry, isExplicitlyGrouped: false)).Source;
    }

    private static CompiledKernel Compile(Backend backend, MethodInfo entry, bool isExplicitlyGrouped)
    {
        EntryPointDescription description = isExplicitlyGrouped
            ? EntryPointDescription.FromExplicitlyGroupedKernel(entry)
            : EntryPointDescription.FromImplicitlyGroupedKernel(entry);
        lock (Gate)
        {
            return backend.Compile(description, KernelSpecialization.Empty);
        }
    }
}
