using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Models;

/// <summary>
/// A curved ridge: x₁ ~ N(0, 10), x₂ ~ N(0.03 (x₁² − 100), 1). Haario, Saksman and Tamminen (1999), with the inference gym's
/// constants: means 0, standard deviations 10 and √(1 + 2 · 0.03² · 10⁴).
/// </summary>
public readonly struct BananaModel : IModel
{
    private const double Curvature = 0.03;

    /// <inheritdoc/>
    public int Dimension => 2;

    /// <inheritdoc/>
    public int OutputCount => 2;

    /// <inheritdoc/>
    public int DataTermCount => 0;

    /// <inheritdoc/>
    public int ScratchLength => 2;

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
        T along = position[0];
        T across = position[1] - (T.Constant(Curvature) * T.FusedMultiplySubtract(along, along, T.Constant(100)));
        T scaled = along * T.Constant(0.01);
        gradient[0] = T.FusedMultiplySubtract(across * T.Constant(2 * Curvature), along, scaled);
        gradient[1] = -across;
        return T.Constant(-0.5) * T.FusedMultiplyAdd(across, across, scaled * along);
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
