using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Modeling;

namespace GpuSampling.TestSupport;

/// <summary>
/// Independent standard Gumbel variables, log π(x) = Σ −x_i − e^−x_i: smooth, skewed and off centre, with the distribution function
/// exp(−e^−x). Writes x and, as a generated quantity, a uniform number for each draw.
/// </summary>
public readonly struct GumbelModel(int dimension) : IModel
{
    public int Dimension { get; } = dimension;

    public int OutputCount => Dimension + 1;

    public int DataTermCount => 0;

    public int ScratchLength => Dimension;

    public static Posterior<GumbelModel> Posterior(int dimension = 1) =>
        new("gumbel", new GumbelModel(dimension), ModelData.Empty, new OutputShape("x", dimension), new OutputShape("u"));

    public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => LogPriorGradient<T, TVector, TData>(position, scratch, scratch, data);

    public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < Dimension; i++)
        {
            T exponential = Elementary.Exp(-position[i]);
            gradient[i] = exponential - T.One;
            sum -= position[i] + exponential;
        }

        return sum;
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
        for (int i = 0; i < Dimension; i++)
        {
            outputs[i] = position[i];
        }

        outputs[Dimension] = Kernels.Variates.UniformVariate.HalfOpen(random, 0);
    }
}
