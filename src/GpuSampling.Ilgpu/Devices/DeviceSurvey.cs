using System.Globalization;
using GpuSampling.Ilgpu.Arithmetic;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuSampling.Ilgpu.Devices;

/// <summary>The devices of this machine, and why a kind of device is missing.</summary>
public sealed record DeviceSurvey
{
    /// <summary>The devices that engines can use, CUDA first, the simulated GPU last.</summary>
    public required IReadOnlyList<DeviceDescription> Devices { get; init; }

    /// <summary>Devices that were found but cannot be used: each says why in <see cref="DeviceDescription.Objection"/>.</summary>
    public required IReadOnlyList<DeviceDescription> Refused { get; init; }

    /// <summary>For each kind without a usable device one sentence: what was looked for, what was found, what to install.</summary>
    public required IReadOnlyDictionary<DeviceKind, string> Missing { get; init; }

    /// <summary>Looks for devices.</summary>
    public static DeviceSurvey Take()
    {
        using Context context = CreateContext();
        List<DeviceDescription> all = [];
        int index = 0;
        foreach (CudaDevice device in context.GetCudaDevices())
        {
            all.Add(Describe(device, index++));
        }

        index = 0;
        foreach (CLDevice device in context.GetCLDevices())
        {
            all.Add(Describe(device, index++));
        }

        all.Add(DescribeSimulatedGpu());
        List<DeviceDescription> usable = all.FindAll(device => device.Objection is null);
        Dictionary<DeviceKind, string> missing = [];
        foreach (DeviceKind kind in Enum.GetValues<DeviceKind>())
        {
            if (!usable.Exists(device => device.Kind == kind))
            {
                missing[kind] = WhyMissing(kind, all);
            }
        }

        return new DeviceSurvey
        {
            Devices = usable,
            Refused = all.FindAll(device => device.Objection is not null),
            Missing = missing,
        };
    }

    /// <summary>A context with all devices. Devices are numbered as it lists them.</summary>
    internal static Context CreateContext()
    {
        DriverLibraries.EnsureFound();
        return Context.Create(builder => builder
            .Optimize(OptimizationLevel.O2)
            .UseLaneTypes()
            .Cuda()
            .OpenCL(_ => true)
            .CPU(SimulatedGpu));
    }

    // Sixteen threads in one multiprocessor: enough to show every divergence between threads, and quick to simulate.
    private static CPUDevice SimulatedGpu => new(numThreadsPerWarp: 4, numWarpsPerMultiprocessor: 4, numMultiprocessors: 1);

    private static DeviceDescription Describe(CudaDevice device, int index) => new()
    {
        Kind = DeviceKind.Cuda,
        Index = index,
        Name = device.Name.Trim(),
        MemoryBytes = device.MemorySize,
        MultiprocessorCount = device.NumMultiprocessors,
        Capability = device.Architecture is { } architecture
            ? string.Create(CultureInfo.InvariantCulture, $"compute capability {architecture.Major}.{architecture.Minor}")
            : "unknown compute capability",
        Driver = string.Create(CultureInfo.InvariantCulture, $"driver for CUDA {device.DriverVersion.Major}.{device.DriverVersion.Minor}"),
    };

    private static DeviceDescription Describe(CLDevice device, int index) => new()
    {
        Kind = DeviceKind.OpenCl,
        Index = index,
        Name = device.Name.Trim(),
        MemoryBytes = device.MemorySize,
        MultiprocessorCount = device.NumMultiprocessors,
        Capability = string.Create(CultureInfo.InvariantCulture, $"OpenCL {device.DeviceVersion.Major}.{device.DeviceVersion.Minor}"),
        Driver = $"{device.PlatformName.Trim()} driver {OpenClQueries.DriverVersion(device)}",
        Objection = ObjectionTo(device),
    };

    private static DeviceDescription DescribeSimulatedGpu() => new()
    {
        Kind = DeviceKind.SimulatedGpu,
        Index = 0,
        Name = "GPU simulated on the CPU, for debugging",
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        MultiprocessorCount = 1,
        Capability = "16 threads",
        Driver = $"ILGPU {typeof(Context).Assembly.GetName().Version?.ToString(3)}",
    };

    private static string? ObjectionTo(CLDevice device)
    {
        if (!device.Capabilities.GenericAddressSpace || device.CLStdVersion < CLBackend.MinimumVersion)
        {
            return "The device has no generic address space (OpenCL C 2.0, or the feature of that name of OpenCL C 3.0), which ILGPU needs.";
        }

        // Division and square root of floats are only then correctly rounded.
        return device.Capabilities.Float64 ? null : "The device has no 64-bit floating-point arithmetic, without which its draws could not equal those of other engines.";
    }

    private static string WhyMissing(DeviceKind kind, List<DeviceDescription> all)
    {
        DeviceDescription? refused = all.Find(device => device.Kind == kind);
        return refused is not null
            ? $"{refused.Name} was found. {refused.Objection}"
            : kind == DeviceKind.Cuda ? DriverLibraries.WhyNoCuda() : DriverLibraries.WhyNoOpenCl();
    }
}
