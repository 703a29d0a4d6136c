using System.Runtime.InteropServices;

namespace GpuSampling.Diagnostics;

/// <summary>
/// Asks the system to back large memory by large pages: what is touched once is then there a thousand times sooner, and scattered accesses
/// find their page. Advice only, which Linux may not follow and other systems are not given.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>The size of a large page, and so the alignment that memory should have.</summary>
    public const int Size = 1 << 21;

    // <sys/mman.h>.
    private const int MadviseHugePage = 14;

    /// <summary>Advises on memory that is not yet touched.</summary>
    /// <param name="start">A multiple of <see cref="Size"/>.</param>
    /// <param name="bytes">Its length.</param>
    public static void Advise(void* start, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = Madvise(start, bytes, MadviseHugePage);
            }
            catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
            {
                // No advice, then.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* start, nuint length, int advice);
}
