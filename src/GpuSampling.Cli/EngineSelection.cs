using GpuSampling.Engines;
#if ILGPU
using GpuSampling.Ilgpu;
using GpuSampling.Ilgpu.Devices;
#endif

namespace GpuSampling.Cli;

/// <summary>Engines by name.</summary>
internal static class EngineSelection
{
    /// <summary>What the option says about itself.</summary>
    public const string Help = "auto, simd, simd512, simd256, simd128, scalar, cuda[:N], opencl[:N] or ilgpu-cpu";

    private static readonly string[] DeviceNames = ["cuda", "opencl", "ilgpu-cpu"];

    /// <summary>Why this build has no GPU engines; null if it has them.</summary>
    public static string? WithoutGpu =>
#if ILGPU
        null;
#else
        "this build has no GPU engines, because ILGPU 1.5.3 was not in the package source when it was built: add a source that carries ILGPU and build again.";
#endif

    /// <summary>Opens an engine.</summary>
    /// <param name="name">As <see cref="Help"/> lists them.</param>
    /// <param name="threadCount">Threads of the SIMD engine; 0: one per core.</param>
    /// <returns>The engine, owned by the caller.</returns>
    /// <exception cref="BadInputException">There is no such engine, or it is not present.</exception>
    public static Engine Open(string name, int threadCount)
    {
        switch (name)
        {
            case "auto":
                return OpenFastest(threadCount);
            case "simd":
                return new SimdEngine(VectorWidth.Widest, threadCount);
        }

        foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
        {
            if (width != VectorWidth.Widest && SimdEngine.NameOf(width) == name)
            {
                return VectorWidths.Present.Contains(width)
                    ? new SimdEngine(width, threadCount)
                    : throw new BadInputException(
                        $"Engine {name} is not present: this processor computes {string.Join(", ", VectorWidths.Present.Select(SimdEngine.NameOf))}.");
            }
        }

        if (!DeviceNames.Contains(name.Split(':')[0]))
        {
            throw new BadInputException($"There is no engine {name}; allowed are {Help}.");
        }

#if ILGPU
        try
        {
            return IlgpuEngine.Open(name);
        }
        catch (Exception fault) when (fault is EngineNotAvailableException or ArgumentException)
        {
            throw new BadInputException(fault.Message);
        }
#else
        throw new BadInputException($"Engine {name} is not present: {WithoutGpu}");
#endif
    }

    /// <summary>The fastest engine present: the first CUDA device, else the CPU's widest vectors.</summary>
#pragma warning disable CA1859 // with ILGPU it is not always this engine
    private static Engine OpenFastest(int threadCount)
#pragma warning restore CA1859
    {
#if ILGPU
        // An OpenCL device may be the CPU itself, slower than the SIMD engine: it is used when asked for by name.
        if (DeviceSurvey.Take().Devices.Any(device => device.Kind == DeviceKind.Cuda))
        {
            return IlgpuEngine.Open("cuda");
        }
#endif
        return new SimdEngine(VectorWidth.Widest, threadCount);
    }
}
