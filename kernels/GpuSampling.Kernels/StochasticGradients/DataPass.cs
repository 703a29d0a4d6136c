using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Kernels.StochasticGradients;

/// <summary>
/// One pass over all data at a point: the likelihood's gradient, and for each parameter the sum of squares of the gradients of blocks,
/// an estimate of the diagonal of the Fisher information.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <remarks>State: the point, both results, a block's gradient, the model's scratch memory.</remarks>
public readonly struct DataPass<TModel> : IChainKernel
    where TModel : struct, IModel
{
    /// <summary>The model.</summary>
    public TModel Model { get; init; }

    /// <summary>The data terms of a block.</summary>
    public int BlockLength { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        int dimension = Model.Dimension;
        TVector sum = state.Slice(dimension);
        TVector squares = sum.Slice(dimension);
        TVector block = squares.Slice(dimension);
        for (int i = 0; i < 2 * dimension; i++)
        {
            sum[i] = T.Zero;
        }

        for (int first = 0; first < Model.DataTermCount; first += BlockLength)
        {
            for (int i = 0; i < dimension; i++)
            {
                block[i] = T.Zero;
            }

            int count = first + BlockLength > Model.DataTermCount ? Model.DataTermCount - first : BlockLength;
            Model.LogLikelihoodGradient<T, TVector, TData>(state, block, block.Slice(dimension), data, first, count);
            for (int i = 0; i < dimension; i++)
            {
                sum[i] += block[i];
                squares[i] = T.FusedMultiplyAdd(block[i], block[i], squares[i]);
            }
        }
    }
}
