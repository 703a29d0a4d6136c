using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace GpuSampling.Ilgpu.Devices;

/// <summary>
/// Finds the drivers' libraries. ILGPU asks for <c>libcuda.so</c> and <c>libOpenCL.so</c>, names that only development packages
/// install; drivers install <c>libcuda.so.1</c> and <c>libOpenCL.so.1</c>. The fallback registered here makes a driver enough.
/// </summary>
internal static unsafe class DriverLibraries
{
    private const string CudaImport = "cuda";
    private const string OpenClImport = "OpenCL";

    private static readonly Lazy<bool> Registration = new(Register);

    /// <summary>The file that the CUDA driver installs.</summary>
    public static string CudaFile => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>The file of the OpenCL loader.</summary>
    public static string OpenClFile => OperatingSystem.IsWindows() ? "OpenCL.dll" : "libOpenCL.so.1";

    /// <summary>Registers the fallback, once. Must come before ILGPU first looks for devices.</summary>
    public static void EnsureFound() => _ = Registration.Value;

    /// <summary>Why the CUDA driver shows no device, in a sentence.</summary>
    public static string WhyNoCuda()
    {
        if (!NativeLibrary.TryLoad(CudaFile, out nint library))
        {
            return $"{CudaFile} was not found: install an NVIDIA driver.";
        }

        try
        {
            if (!NativeLibrary.TryGetExport(library, "cuInit", out nint initialize)
                || !NativeLibrary.TryGetExport(library, "cuDeviceGetCount", out nint countDevices))
            {
                return $"{CudaFile} was found but lacks cuInit: reinstall the NVIDIA driver.";
            }

            int error = ((delegate* unmanaged<uint, int>)initialize)(0);
            if (error != 0)
            {
                return $"{CudaFile} was found but cuInit failed{NameOfCudaError(library, error)}: check with nvidia-smi that the driver is loaded and matches its library.";
            }

            int count = 0;
            error = ((delegate* unmanaged<int*, int>)countDevices)(&count);
            return error != 0 || count == 0
                ? $"{CudaFile} was found but reports no device: check nvidia-smi, and CUDA_VISIBLE_DEVICES."
                : $"{CudaFile} was found and reports {count} device(s), but ILGPU accepts none: a compute capability of 3.0 or more is needed.";
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    /// <summary>Why OpenCL shows no device, in a sentence.</summary>
    public static string WhyNoOpenCl()
    {
        if (!NativeLibrary.TryLoad(OpenClFile, out nint library))
        {
            return $"{OpenClFile} was not found: install an OpenCL loader (Debian: ocl-icd-libopencl1) and the OpenCL driver of the device.";
        }

        try
        {
            if (!NativeLibrary.TryGetExport(library, "clGetPlatformIDs", out nint getPlatforms))
            {
                return $"{OpenClFile} was found but lacks clGetPlatformIDs: reinstall the OpenCL loader.";
            }

            uint count = 0;
            int error = ((delegate* unmanaged<uint, nint*, uint*, int>)getPlatforms)(0, null, &count);
            return error != 0 || count == 0
                ? $"{OpenClFile} was found but no OpenCL driver: install that of the device (Debian: intel-opencl-icd, mesa-opencl-icd, pocl-opencl-icd; NVIDIA's comes with its driver)."
                : $"{OpenClFile} was found with {count} platform(s), but they show no available device.";
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    private static string NameOfCudaError(nint library, int error)
    {
        if (!NativeLibrary.TryGetExport(library, "cuGetErrorName", out nint getName))
        {
            return $" with error {error}";
        }

        byte* name = null;
        return ((delegate* unmanaged<int, byte**, int>)getName)(error, &name) == 0 && name is not null
            ? $" with {Marshal.PtrToStringUTF8((nint)name)}"
            : $" with error {error}";
    }

    private static bool Register()
    {
        // The event, and not SetDllImportResolver, which an assembly may have only once and ILGPU uses for itself on WSL.
        Assembly ilgpu = typeof(global::ILGPU.Context).Assembly;
        AssemblyLoadContext loadContext = AssemblyLoadContext.GetLoadContext(ilgpu) ?? AssemblyLoadContext.Default;
        loadContext.ResolvingUnmanagedDll += (_, name) => name switch
        {
            CudaImport => NativeLibrary.TryLoad(CudaFile, out nint cuda) ? cuda : 0,
            OpenClImport => NativeLibrary.TryLoad(OpenClFile, out nint openCl) ? openCl : 0,
            _ => 0,
        };
        return true;
    }
}
