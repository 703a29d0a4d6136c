using System.Runtime.CompilerServices;
using GpuSampling.Ilgpu.Arithmetic;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using ILGPU;

namespace GpuSampling.Ilgpu.Memory;

/// <summary>Shared numbers in device memory. All threads of a warp read the same place at once: one transaction.</summary>
/// <typeparam name="T">The lane type.</typeparam>
internal readonly struct DeviceTable<T> : IDataTable<T>
    where T : unmanaged, IReal<T>
{
    private readonly ArrayView<T> reals;
    private readonly ArrayView<int> integers;

    /// <summary>Makes an accessor.</summary>
    /// <param name="reals">The real numbers.</param>
    /// <param name="integers">The integers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceTable(ArrayView<T> reals, ArrayView<int> integers)
    {
        this.reals = reals;
        this.integers = integers;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Real(int index) => reals[index];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Real(int start, int offset) => reals[start + offset];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Gather(Word<T> index) => reals[LaneInstructions.ToInt32(index)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Integer(int index) => integers[index];
}
