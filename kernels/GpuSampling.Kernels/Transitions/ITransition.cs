using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// One step of a Markov chain that leaves a model's posterior invariant: the algorithm of a sampler. <see cref="TransitionBlock{TModel, TTransition}"/>
/// makes many in a launch, keeps moments and writes draws.
/// </summary>
/// <remarks>
/// A struct of uniform numbers. Its own rows of the state begin at <see cref="ChainRows.Own"/>: first <see cref="StatisticCount"/>
/// numbers that it wants to tell of each draw, then what must survive between launches, up to <see cref="KeptLength"/>, then
/// memory that a transition may overwrite.
/// </remarks>
public interface ITransition
{
    /// <summary>Numbers told of each draw beside the common ones.</summary>
    static abstract int StatisticCount { get; }

    /// <summary>Own rows that survive between launches, the statistics among them.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    static abstract int KeptLength(int dimension);

    /// <summary>All own rows, at least two for each parameter, in which starts are tried.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    int OwnLength(int dimension);

    /// <summary>One transition from the state's position.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="random">The chains' random address at this step; take it at the purposes needed.</param>
    /// <param name="state">The chains' memory: the position is moved, and its gradient with it where the sampler keeps it.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="settings">What the host wrote for this launch.</param>
    /// <param name="transition">The number of the transition in its launch.</param>
    /// <param name="logDensity">log π at the position.</param>
    /// <param name="moves">Where it does not hold, chains must stay: only the acceptance probability is asked for.</param>
    TransitionOutcome<T> Step<T, TVector, TData, TModel>(
        TModel model,
        StreamAddress<T> random,
        TVector state,
        TData data,
        TData settings,
        int transition,
        T logDensity,
        Mask<T> moves)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel;
}
