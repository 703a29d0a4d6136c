using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Memory;

/// <summary>
/// A vector that each chain of a pack has for itself: element <c>i</c> holds one number per lane. One text reads a packed row
/// on the CPU and a coalesced column (structure of arrays, chain fastest) on a GPU.
/// </summary>
/// <typeparam name="TSelf">The accessor itself.</typeparam>
/// <typeparam name="T">The lane type.</typeparam>
/// <remarks>A small value that points to memory: copies see the same elements. Indices are not checked.</remarks>
public interface IChainVector<TSelf, T>
    where TSelf : struct, IChainVector<TSelf, T>
    where T : struct, IReal<T>
{
    /// <summary>Element <paramref name="index"/> of every chain of the pack.</summary>
    /// <param name="index">From 0; not checked.</param>
    T this[int index] { get; set; }

    /// <summary>The part of the vector that begins at <paramref name="start"/>.</summary>
    /// <param name="start">The element that becomes element 0.</param>
    TSelf Slice(int start);
}
