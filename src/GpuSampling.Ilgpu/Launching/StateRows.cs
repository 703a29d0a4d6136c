using GpuSampling.Ilgpu.Memory;
using GpuSampling.Kernels.Lanes;
using ILGPU;
using ILGPU.Runtime;

namespace GpuSampling.Ilgpu.Launching;

/// <summary>The launcher of a method of <see cref="StateRows"/>.</summary>
/// <typeparam name="T">The lane type.</typeparam>
internal delegate void RowMover<T>(
    AcceleratorStream stream, Index1D chainCount, ArrayView<T> state, ArrayView<T> rows, int stateLength, int firstRow, int rowCount, int rowLength)
    where T : unmanaged, IReal<T>;

/// <summary>Moves rows, one number per chain, between the chains' state and the contiguous memory that the host copies.</summary>
internal static class StateRows
{
    /// <summary>rows ← state. A thread moves all rows of one chain.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="index">The chain.</param>
    /// <param name="state">The state of all chains.</param>
    /// <param name="rows">[row][chain].</param>
    /// <param name="stateLength">The reals of state of each chain.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="rowLength">The length of a row.</param>
    public static void Gather<T>(Index1D index, ArrayView<T> state, ArrayView<T> rows, int stateLength, int firstRow, int rowCount, int rowLength)
        where T : unmanaged, IReal<T>
    {
        DeviceVector<T> source = new DeviceVector<T>(state.SubView(DeviceVector<T>.Origin(index, stateLength))).Slice(firstRow);
        DeviceRows<T> target = new(rows.SubView(index), rowLength);
        for (int row = 0; row < rowCount; row++)
        {
            target[row] = source[row];
        }
    }

    /// <summary>state ← rows.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="index">The chain.</param>
    /// <param name="state">The state of all chains.</param>
    /// <param name="rows">[row][chain].</param>
    /// <param name="stateLength">The reals of state of each chain.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="rowLength">The length of a row.</param>
    public static void Scatter<T>(Index1D index, ArrayView<T> state, ArrayView<T> rows, int stateLength, int firstRow, int rowCount, int rowLength)
        where T : unmanaged, IReal<T>
    {
        DeviceVector<T> target = new DeviceVector<T>(state.SubView(DeviceVector<T>.Origin(index, stateLength))).Slice(firstRow);
        DeviceRows<T> source = new(rows.SubView(index), rowLength);
        for (int row = 0; row < rowCount; row++)
        {
            target[row] = source[row];
        }
    }
}
