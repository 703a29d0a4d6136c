using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Engines;

/// <summary>A pack's vector in one piece of memory: element after element, a register each.</summary>
internal readonly unsafe struct PackedVector<T> : IChainVector<PackedVector<T>, T>
    where T : unmanaged, IReal<T>
{
    private readonly T* elements;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedVector(T* elements) => this.elements = elements;

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => elements[index];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => elements[index] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedVector<T> Slice(int start) => new(elements + start);
}

/// <summary>A pack's part of rows that hold all chains: element <c>i</c> lies <c>i</c> rows further on.</summary>
internal readonly unsafe struct StridedVector<T> : IChainVector<StridedVector<T>, T>
    where T : unmanaged, IReal<T>
{
    private readonly T* first;
    private readonly nint packsPerRow;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StridedVector(T* first, nint packsPerRow)
    {
        this.first = first;
        this.packsPerRow = packsPerRow;
    }

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => first[index * packsPerRow];
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => first[index * packsPerRow] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StridedVector<T> Slice(int start) => new(first + (start * packsPerRow), packsPerRow);
}

/// <summary>Shared numbers in host memory, each broadcast to all lanes when read.</summary>
internal readonly unsafe struct HostTable<T> : IDataTable<T>
    where T : unmanaged, IPackedReal<T>
{
    private readonly void* reals;
    private readonly int* integers;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HostTable(void* reals, int* integers)
    {
        this.reals = reals;
        this.integers = integers;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Real(int index) => T.BroadcastFrom(reals, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Real(int start, int offset) => T.BroadcastFrom(reals, (nint)start + offset);

    public T Gather(Word<T> index)
    {
        T places = T.FromBits(index);
        T numbers = default;
        for (int lane = 0; lane < T.Width; lane++)
        {
            if (T.ElementBits == 32)
            {
                ((float*)&numbers)[lane] = ((float*)reals)[((uint*)&places)[lane]];
            }
            else
            {
                ((double*)&numbers)[lane] = ((double*)reals)[(uint)((ulong*)&places)[lane]];
            }
        }

        return numbers;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Integer(int index) => integers[index];
}
