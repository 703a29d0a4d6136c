using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Ensembles;

/// <summary>
/// A proposal for one walker of an ensemble from the positions of the other half, which stands still meanwhile: for any fixed
/// positions of that half it must keep every walker's distribution.
/// </summary>
public interface IEnsembleMove
{
    /// <summary>Proposes a position for each lane's walker.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <param name="random">The walkers' address at this step; take it at the purposes needed.</param>
    /// <param name="others">The other half.</param>
    /// <param name="position">The walker's position, read only.</param>
    /// <param name="proposal">Receives the proposal.</param>
    /// <param name="work">As many elements for the move's own use.</param>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    /// <returns>The logarithm of the factor beside π(y)/π(x) in the acceptance probability.</returns>
    T Propose<T, TVector, TData>(
        StreamAddress<T> random, ComplementaryHalf<T, TData> others, TVector position, TVector proposal, TVector work, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>;
}
