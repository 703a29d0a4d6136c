using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Work that every chain does alike: the unit that an engine launches over all chains. The struct's fields are the uniform
/// arguments of the launch.
/// </summary>
public interface IChainKernel
{
    /// <summary>Does the work for one pack of chains.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TOutput">The accessor of the outputs.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <param name="chain">The global index of each lane's chain: its random stream.</param>
    /// <param name="state">The chains' own memory, kept from launch to launch.</param>
    /// <param name="output">What the launch writes for the host.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="settings">Numbers that change from launch to launch: step sizes, metrics.</param>
    void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>;
}
