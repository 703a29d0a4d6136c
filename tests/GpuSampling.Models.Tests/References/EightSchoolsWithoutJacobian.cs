using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.References;

/// <summary>
/// Eight schools with a fault: the density of τ is taken for that of log τ. (With τ bounded below by a weak prior on log τ, or the
/// posterior would not be proper.)
/// </summary>
public readonly struct EightSchoolsWithoutJacobian : IModel
{
    private readonly EightSchoolsModel model = new(8);

    public EightSchoolsWithoutJacobian()
    {
    }

    public int Dimension => model.Dimension;

    public int OutputCount => model.OutputCount;

    public int DataTermCount => model.DataTermCount;

    public int ScratchLength => model.ScratchLength;

    public static Posterior<EightSchoolsWithoutJacobian> Posterior()
    {
        Posterior<EightSchoolsModel> right = EightSchools.Posterior();
        return new Posterior<EightSchoolsWithoutJacobian>("eight-schools", new EightSchoolsWithoutJacobian(), right.Data, right.Outputs.AsSpan());
    }

    public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => LogPriorGradient<T, TVector, TData>(position, scratch, scratch, data);

    public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T logPrior = model.LogPriorGradient<T, TVector, TData>(position, gradient, scratch, data);
        T logTau = position[9];
        T weak = T.Constant(0.01);
        gradient[9] -= T.One + (weak * logTau);
        return logPrior - logTau - (T.Constant(0.5) * weak * logTau * logTau);
    }

    public T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => model.LogLikelihood<T, TVector, TData>(position, scratch, data, firstTerm, termCount);

    public T LogLikelihoodGradient<T, TVector, TData>(
        TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> =>
        model.LogLikelihoodGradient<T, TVector, TData>(position, gradient, scratch, data, firstTerm, termCount);

    public void WriteOutputs<T, TVector, TOutput, TData>(
        TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T> =>
        model.WriteOutputs<T, TVector, TOutput, TData>(position, outputs, scratch, data, random);
}
