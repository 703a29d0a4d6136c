using ILGPU.Runtime.OpenCL;

namespace GpuSampling.Ilgpu.Devices;

/// <summary>What ILGPU's device object does not tell of an OpenCL device.</summary>
internal static class OpenClQueries
{
    /// <summary>The driver's version.</summary>
    /// <param name="device">A device.</param>
    public static string DriverVersion(CLDevice device) =>
        CLAPI.CurrentAPI.GetDeviceInfo(device.DeviceId, CLDeviceInfoType.CL_DRIVER_VERSION).Trim();

    /// <summary>The bytes of the largest buffer.</summary>
    /// <param name="device">A device.</param>
    public static long LargestBuffer(CLDevice device) =>
        CLAPI.CurrentAPI.GetDeviceInfo<long>(device.DeviceId, CLDeviceInfoType.CL_DEVICE_MAX_MEM_ALLOC_SIZE);
}
