namespace GpuSampling.Kernels.Lanes;

/// <summary>A lane type that a CPU engine can feed from memory.</summary>
/// <typeparam name="T">The lane type itself.</typeparam>
public unsafe interface IPackedReal<T> : IReal<T>
    where T : struct, IPackedReal<T>
{
    /// <summary>All lanes the element at <paramref name="index"/> of a table of the lane's element type.</summary>
    /// <param name="elements">The address of element 0.</param>
    /// <param name="index">The position in elements; not checked.</param>
    static abstract T BroadcastFrom(void* elements, nint index);
}
