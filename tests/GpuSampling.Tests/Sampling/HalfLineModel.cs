using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Modeling;

namespace GpuSampling.Tests.Sampling;

/// <summary>An exponential distribution above a bound, undefined (NaN) below: log π(x) = −x for x &gt; bound, in two coordinates.</summary>
public readonly struct HalfLineModel(double bound) : IModel
{
    public int Dimension => 2;

    public int OutputCount => 2;

    public int DataTermCount => 0;

    public int ScratchLength => 2;

    public static Posterior<HalfLineModel> Posterior(double bound) =>
        new("half-line", new HalfLineModel(bound), ModelData.Empty, new OutputShape("x", 2));

    public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => LogPriorGradient<T, TVector, TData>(position, scratch, scratch, data);

    public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T first = position[0], second = position[1];
        T limit = T.Constant(bound);
        gradient[0] = -T.One;
        gradient[1] = -T.One;
        return T.Select((first > limit) & (second > limit), -(first + second), T.Zero / T.Zero);
    }

    public T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => T.Zero;

    public T LogLikelihoodGradient<T, TVector, TData>(
        TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => T.Zero;

    public void WriteOutputs<T, TVector, TOutput, TData>(
        TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        outputs[0] = position[0];
        outputs[1] = position[1];
    }
}
