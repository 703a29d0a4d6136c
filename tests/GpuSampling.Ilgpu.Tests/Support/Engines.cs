using System.Collections.Concurrent;
using GpuSampling.Engines;
using GpuSampling.Ilgpu.Devices;

namespace GpuSampling.Ilgpu.Tests.Support;

/// <summary>The engines that suites run on, opened once for all tests, so that each kernel is compiled once.</summary>
internal static class Engines
{
    private static readonly ConcurrentDictionary<string, Lazy<(IlgpuEngine? Engine, string? Reason)>> Opened = new();

    /// <summary>All kinds of device, for theories.</summary>
    public static TheoryData<string> Names => new(Enum.GetValues<DeviceKind>().Select(DeviceDescription.PrefixOf));

    /// <summary>All kinds of device with both precisions.</summary>
    public static TheoryData<string, Precision> NamesAndPrecisions
    {
        get
        {
            TheoryData<string, Precision> data = [];
            foreach (DeviceKind kind in Enum.GetValues<DeviceKind>())
            {
                data.Add(DeviceDescription.PrefixOf(kind), Precision.Single);
                data.Add(DeviceDescription.PrefixOf(kind), Precision.Double);
            }

            return data;
        }
    }

    /// <summary>An engine that no test disposes, or the running test is skipped with the reason why there is none.</summary>
    public static IlgpuEngine OpenOrSkip(string name)
    {
        (IlgpuEngine? engine, string? reason) = Opened.GetOrAdd(name, _ => new(() => TryOpen(name))).Value;
        Assert.SkipWhen(engine is null, reason ?? string.Empty);
        return engine!;
    }

    private static (IlgpuEngine? Engine, string? Reason) TryOpen(string name)
    {
        try
        {
            return (IlgpuEngine.Open(name), null);
        }
        catch (EngineNotAvailableException exception)
        {
            return (null, exception.Message);
        }
    }
}
