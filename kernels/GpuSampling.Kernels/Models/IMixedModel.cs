using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Models;

/// <summary>
/// A model with discrete parameters beside the continuous ones. They are its last unconstrained parameters, integers held as real
/// numbers, which only <see cref="DrawDiscrete"/> changes; their gradients are 0.
/// </summary>
/// <remarks>
/// At a start they are real numbers within the initial radius, for which the density must be finite, too; the first update makes
/// integers of them.
/// </remarks>
public interface IMixedModel : IModel
{
    /// <summary>The number of discrete parameters, at least 1 and below <see cref="IModel.Dimension"/>.</summary>
    int DiscreteCount { get; }

    /// <summary>
    /// Updates the discrete parameters in a way that keeps their distribution given the continuous ones: draws each from its conditional
    /// distribution in turn (Gibbs), or makes Metropolis steps.
    /// </summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <param name="position">All parameters; the last <see cref="DiscreteCount"/> are overwritten.</param>
    /// <param name="scratch"><see cref="IModel.ScratchLength"/> elements.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="random">The chains' random address for this update: every number of it is free.</param>
    void DrawDiscrete<T, TVector, TData>(TVector position, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>;
}
