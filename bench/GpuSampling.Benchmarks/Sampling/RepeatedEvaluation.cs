using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Benchmarks.Sampling;

/// <summary>Evaluates a model's density again and again, with or without its gradient, at points that drift a little.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <remarks>State: position, gradient, scratch.</remarks>
internal readonly struct RepeatedEvaluation<TModel> : IChainKernel
    where TModel : struct, IModel
{
    public required TModel Model { get; init; }

    public required int Count { get; init; }

    public required bool WithGradient { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        TVector gradient = state.Slice(Model.Dimension);
        TVector scratch = state.Slice(2 * Model.Dimension);
        T sum = T.Zero;
        for (int i = 0; i < Count; i++)
        {
            if (WithGradient)
            {
                sum += ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(Model, state, gradient, scratch, data);
            }
            else
            {
                sum += Model.LogPrior<T, TVector, TData>(state, scratch, data)
                    + Model.LogLikelihood<T, TVector, TData>(state, scratch, data, 0, Model.DataTermCount);
            }

            // Each evaluation depends on the one before.
            state[0] = T.FusedMultiplyAdd(sum, T.Constant(1e-30), state[0]);
        }

        output[0] = sum;
    }
}
