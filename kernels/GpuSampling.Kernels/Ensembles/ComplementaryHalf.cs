using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Ensembles;

/// <summary>The published positions of the half of an ensemble that stands still.</summary>
/// <typeparam name="T">The lane type.</typeparam>
/// <typeparam name="TData">The accessor of shared tables.</typeparam>
public readonly struct ComplementaryHalf<T, TData>
    where T : struct, IReal<T>
    where TData : struct, IDataTable<T>
{
    private readonly TData table;
    private readonly Word<T> first;
    private readonly int rowLength;

    /// <summary>Finds the half.</summary>
    /// <param name="table">The table with the published rows.</param>
    /// <param name="first">The place of the half's first walker in the first published row, of each lane's ensemble.</param>
    /// <param name="rowLength">The distance between published rows.</param>
    /// <param name="count">The walkers of a half.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplementaryHalf(TData table, Word<T> first, int rowLength, int count)
    {
        this.table = table;
        this.first = first;
        this.rowLength = rowLength;
        Count = count;
    }

    /// <summary>The walkers of a half.</summary>
    public int Count { get; }

    /// <summary>A coordinate of a walker.</summary>
    /// <param name="walker">The walker of each lane, from 0 to <see cref="Count"/> − 1; not checked.</param>
    /// <param name="coordinate">The coordinate, the same for all lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Coordinate(Word<T> walker, int coordinate) =>
        table.Gather(first + walker + T.WordConstant((ulong)(uint)(coordinate * rowLength)));
}
