using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Memory;

/// <summary>Numbers that all chains share: a model's data, or the settings of a launch.</summary>
/// <typeparam name="T">The lane type.</typeparam>
/// <remarks>A small value that points to read-only memory. Indices are not checked.</remarks>
public interface IDataTable<T>
    where T : struct, IReal<T>
{
    /// <summary>The real number at <paramref name="index"/>, in every lane.</summary>
    /// <param name="index">From 0; not checked.</param>
    T Real(int index);

    /// <summary>The real number at <paramref name="start"/> + <paramref name="offset"/>, in every lane.</summary>
    /// <param name="start">The beginning of a row or block; not checked.</param>
    /// <param name="offset">A literal, so that it becomes a part of the address instead of an addition.</param>
    T Real(int start, int offset);

    /// <summary>The real number at an index that differs by lane.</summary>
    /// <param name="index">The index of each lane, in the low 32 bits; below 2³¹, not checked.</param>
    T Gather(Word<T> index);

    /// <summary>The integer at <paramref name="index"/>, the same for every lane.</summary>
    /// <param name="index">From 0; not checked.</param>
    int Integer(int index);
}
