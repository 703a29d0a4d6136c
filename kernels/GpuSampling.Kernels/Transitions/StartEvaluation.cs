using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Evaluates density and gradient where the host has put the chains. Where either is not finite, the log density becomes NaN.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <remarks>Rows as in <see cref="ChainRows"/>.</remarks>
public readonly struct StartEvaluation<TModel> : IChainKernel
    where TModel : struct, IModel
{
    /// <summary>The model.</summary>
    public TModel Model { get; init; }

    /// <summary>The row of the state where the model's scratch memory begins.</summary>
    public int ScratchRow { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        TVector gradient = state.Slice(new ChainRows(Model.Dimension).Gradient);
        T logDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(
            Model, state.Slice(ChainRows.Position), gradient, state.Slice(ScratchRow), data);
        Mask<T> finite = StartRules.IsFinite<T, TVector>(logDensity, gradient, Model.Dimension);
        state[ChainRows.LogDensity] = T.Select(finite, logDensity, T.Zero / T.Zero);
    }
}
