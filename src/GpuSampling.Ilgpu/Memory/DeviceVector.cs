using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using ILGPU;

namespace GpuSampling.Ilgpu.Memory;

/// <summary>
/// One chain's own vector in device memory. Chains lie in blocks of <see cref="BlockSize"/>, [block][element][chain], so that
/// the threads of a warp read neighbouring numbers, and element <c>i</c> lies a constant distance from element 0: its offset is
/// a part of the load instruction.
/// </summary>
/// <typeparam name="T">The lane type.</typeparam>
internal readonly struct DeviceVector<T> : IChainVector<DeviceVector<T>, T>
    where T : unmanaged, IReal<T>
{
    /// <summary>The chains of a block: a warp.</summary>
    public const int BlockSize = 1 << BlockShift;

    private const int BlockShift = 5;

    private readonly ArrayView<T> elements;

    /// <summary>Makes an accessor.</summary>
    /// <param name="elements">The memory from the chain's element 0 on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceVector(ArrayView<T> elements) => this.elements = elements;

    /// <inheritdoc/>
    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => elements[index * BlockSize];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => elements[index * BlockSize] = value;
    }

    /// <summary>The place of a chain's element 0 in the memory of all chains.</summary>
    /// <param name="chain">The chain, from 0.</param>
    /// <param name="length">The elements of a chain's vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Origin(int chain, int length) => ((long)(chain >> BlockShift) * (length << BlockShift)) + (chain & (BlockSize - 1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceVector<T> Slice(int start) => new(elements.SubView(start * BlockSize));
}
