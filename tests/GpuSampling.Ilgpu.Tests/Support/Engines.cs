using GpuSampling.Engines;
using GpuSampling.Ilgpu.Devices;

namespace GpuSampling.Ilgpu.Tests.Support;

/// <summary>The engines that suites run on, one after the other.</summary>
internal static class Engines
{
    /// <summary>An engine, or the running test is skipped with the reason why there is none.</summary>
    public static IlgpuEngine OpenOrSkip(string name)
    {
        try
        {
            return IlgpuEngine.Open(name);
        }
        catch (EngineNotAvailableException exception)
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }

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
}
