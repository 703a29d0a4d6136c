using System.Runtime.InteropServices;

namespace GpuSampling.Diagnostics;

/// <summary>
/// Memory that grows on demand, aligned to a cache line so that vectors of eight float64 never straddle two lines, and outside
/// the garbage collector's heap, so that its pages are neither cleared nor moved.
/// </summary>
internal sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int CacheLine = 64;
    private const int FewestLargePages = 2;
    private T* pointer;
    private long capacity;

    ~AlignedBuffer() => Free();

    /// <summary>A span over the buffer, whose former content is kept only if it did not have to grow.</summary>
    /// <param name="length">The number of elements wanted.</param>
    /// <exception cref="ArgumentException">More elements than a span can hold.</exception>
    public Span<T> Take(long length)
    {
        if (length > Array.MaxLength)
        {
            throw new ArgumentException($"The draws of one parameter need {length} places; at most {Array.MaxLength} are possible.");
        }

        if (length > capacity)
        {
            Free();
            nuint bytes = checked((nuint)length * (nuint)sizeof(T));
            bool isLarge = bytes >= FewestLargePages * HugePages.Size;
            pointer = (T*)NativeMemory.AlignedAlloc(bytes, isLarge ? HugePages.Size : (nuint)CacheLine);
            capacity = length;
            if (isLarge)
            {
                HugePages.Advise(pointer, bytes);
            }
        }

        return new Span<T>(pointer, (int)length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(pointer);
        pointer = null;
        capacity = 0;
    }
}
