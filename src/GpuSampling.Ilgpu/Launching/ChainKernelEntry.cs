using GpuSampling.Ilgpu.Memory;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Transitions;
using ILGPU;

namespace GpuSampling.Ilgpu.Launching;

/// <summary>The device memory of an arena, as one kernel argument.</summary>
/// <typeparam name="T">The lane type.</typeparam>
internal readonly struct ArenaMemory<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>The chains' state, laid out as <see cref="DeviceVector{T}"/> says.</summary>
    public ArrayView<T> State { get; init; }

    /// <summary>The outputs, [row][chain].</summary>
    public ArrayView<T> Output { get; init; }

    /// <summary>The model's real data.</summary>
    public ArrayView<T> DataReals { get; init; }

    /// <summary>The model's integer data.</summary>
    public ArrayView<int> DataIntegers { get; init; }

    /// <summary>The real settings of the launch.</summary>
    public ArrayView<T> SettingReals { get; init; }

    /// <summary>The integer settings of the launch.</summary>
    public ArrayView<int> SettingIntegers { get; init; }

    /// <summary>The reals of state of each chain.</summary>
    public int StateLength { get; init; }

    /// <summary>The length of a row of outputs.</summary>
    public int RowLength { get; init; }
}

/// <summary>The one device entry point of all chain kernels: a thread runs one chain.</summary>
internal static class ChainKernelEntry
{
    /// <summary>Runs one chain.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="index">The thread: the chain's place in the rows.</param>
    /// <param name="kernel">The kernel with its uniform arguments.</param>
    /// <param name="memory">The arena.</param>
    /// <param name="firstChain">The global index of the first chain.</param>
    public static void Run<TKernel, T>(Index1D index, TKernel kernel, ArenaMemory<T> memory, uint firstChain)
        where TKernel : struct, IChainKernel
        where T : unmanaged, IReal<T>
    {
        int chain = index;
        kernel.Run(
            T.WordConstant(firstChain + (uint)chain),
            new DeviceVector<T>(memory.State.SubView(DeviceVector<T>.Origin(chain, memory.StateLength))),
            new DeviceRows<T>(memory.Output.SubView(chain), memory.RowLength),
            new DeviceTable<T>(memory.DataReals, memory.DataIntegers),
            new DeviceTable<T>(memory.SettingReals, memory.SettingIntegers));
    }
}
