using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Models;

/// <summary>
/// Neal's funnel: v ~ N(0, 3), x_i ~ N(0, e^{v/2}) for each other coordinate. Neal, Slice sampling, Annals of Statistics 31
/// (2003), section 8. Its neck is narrower than any fixed step size: a test that divergences are reported.
/// </summary>
public readonly struct FunnelModel : IModel
{
    /// <summary>Fixes the dimension.</summary>
    /// <param name="dimension">v and the x together: at least 2.</param>
    public FunnelModel(int dimension) => Dimension = dimension;

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int OutputCount => Dimension;

    /// <inheritdoc/>
    public int DataTermCount => 0;

    /// <inheritdoc/>
    public int ScratchLength => Dimension;

    /// <inheritdoc/>
    public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> =>
        LogPriorGradient<T, TVector, TData>(position, scratch, scratch, data);

    /// <inheritdoc/>
    public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T logVariance = position[0];
        T precision = Elementary.Exp(-logVariance);
        T sumOfSquares = T.Zero;
        for (int i = 1; i < Dimension; i++)
        {
            T x = position[i];
            sumOfSquares = T.FusedMultiplyAdd(x, x, sumOfSquares);
            gradient[i] = -(x * precision);
        }

        T count = T.FromInteger(Dimension - 1);
        T scaledSquares = sumOfSquares * precision;
        T ninth = T.Constant(1.0 / 9);
        T half = T.Constant(0.5);
        gradient[0] = T.FusedNegatedMultiplyAdd(logVariance, ninth, half * (scaledSquares - count));
        return -half * T.FusedMultiplyAdd(logVariance * ninth, logVariance, T.FusedMultiplyAdd(count, logVariance, scaledSquares));
    }

    /// <inheritdoc/>
    public T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => T.Zero;

    /// <inheritdoc/>
    public T LogLikelihoodGradient<T, TVector, TData>(
        TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => T.Zero;

    /// <inheritdoc/>
    public void WriteOutputs<T, TVector, TOutput, TData>(
        TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < Dimension; i++)
        {
            outputs[i] = position[i];
        }
    }
}
