using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using ILGPU;

namespace GpuSampling.Ilgpu.Memory;

/// <summary>One chain's part of rows in device memory that hold all chains: element <c>i</c> lies <c>i</c> rows further on.</summary>
/// <typeparam name="T">The lane type.</typeparam>
internal readonly struct DeviceRows<T> : IChainVector<DeviceRows<T>, T>
    where T : unmanaged, IReal<T>
{
    private readonly ArrayView<T> elements;
    private readonly int rowLength;

    /// <summary>Makes an accessor.</summary>
    /// <param name="elements">The memory from the chain's place in the first row on.</param>
    /// <param name="rowLength">The length of a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceRows(ArrayView<T> elements, int rowLength)
    {
        this.elements = elements;
        this.rowLength = rowLength;
    }

    /// <inheritdoc/>
    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => elements[Offset(index)];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => elements[Offset(index)] = value;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceRows<T> Slice(int start) => new(elements.SubView(Offset(start)), rowLength);

    // Unsigned, it is one instruction; signed, ILGPU widens both factors first and multiplies 64 by 64 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Offset(int index) => (long)((ulong)(uint)index * (uint)rowLength);
}
