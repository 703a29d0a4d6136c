namespace GpuSampling.Ilgpu.Devices;

/// <summary>The kinds of device that ILGPU drives.</summary>
public enum DeviceKind
{
    /// <summary>NVIDIA GPUs through their driver: engines <c>cuda</c>, <c>cuda:0</c>, <c>cuda:1</c>, …</summary>
    Cuda,

    /// <summary>GPUs and CPUs through an OpenCL driver: engines <c>opencl</c>, <c>opencl:0</c>, …</summary>
    OpenCl,

    /// <summary>ILGPU's simulation of a GPU on the CPU, for debugging: engine <c>ilgpu-cpu</c>.</summary>
    SimulatedGpu,
}
