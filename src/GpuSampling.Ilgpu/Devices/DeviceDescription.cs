using System.Globalization;

namespace GpuSampling.Ilgpu.Devices;

/// <summary>A device that an engine can run on.</summary>
public sealed record DeviceDescription
{
    /// <summary>The kind.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>The number of the device among its kind, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The name that the driver gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The device's memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The multiprocessors or compute units.</summary>
    public required int MultiprocessorCount { get; init; }

    /// <summary>What it can do: <c>compute capability 9.0</c>, <c>OpenCL 3.0</c>.</summary>
    public required string Capability { get; init; }

    /// <summary>The driver and its version.</summary>
    public required string Driver { get; init; }

    /// <summary>Why the engine refuses this device, in a sentence; null if it does not.</summary>
    public string? Objection { get; init; }

    /// <summary>The name that selects the device, such as <c>cuda:0</c>.</summary>
    public string EngineName => Kind == DeviceKind.SimulatedGpu
        ? PrefixOf(Kind)
        : string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(Kind)}:{Index}");

    /// <summary>The engine name of a kind, which selects its first device: <c>cuda</c>, <c>opencl</c> or <c>ilgpu-cpu</c>.</summary>
    /// <param name="kind">A kind.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a kind.</exception>
    public static string PrefixOf(DeviceKind kind) => kind switch
    {
        DeviceKind.Cuda => "cuda",
        DeviceKind.OpenCl => "opencl",
        DeviceKind.SimulatedGpu => "ilgpu-cpu",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Allowed: the members of DeviceKind."),
    };

    /// <summary>One line: name, memory, capability, driver.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}, {MemoryBytes / (double)(1L << 30):0.#} GiB, {MultiprocessorCount} compute units, {Capability}, {Driver}");
}
