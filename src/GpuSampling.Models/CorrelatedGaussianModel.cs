using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Models;

/// <summary>A normal distribution of any mean and precision matrix: log π(x) = −½ (x − m)ᵀ P (x − m).</summary>
/// <remarks>Data: the mean, then the precision matrix row by row.</remarks>
public readonly struct CorrelatedGaussianModel : IModel
{
    /// <summary>Fixes the dimension.</summary>
    /// <param name="dimension">At least 1.</param>
    public CorrelatedGaussianModel(int dimension) => Dimension = dimension;

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
        T quadraticForm = T.Zero;
        for (int i = 0; i < Dimension; i++)
        {
            T product = T.Zero;
            for (int j = 0; j < Dimension; j++)
            {
                T precision = data.Real(Dimension + (i * Dimension) + j);
                product = T.FusedMultiplyAdd(precision, position[j] - data.Real(j), product);
            }

            quadraticForm = T.FusedMultiplyAdd(position[i] - data.Real(i), product, quadraticForm);
            gradient[i] = -product;
        }

        return T.Constant(-0.5) * quadraticForm;
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
