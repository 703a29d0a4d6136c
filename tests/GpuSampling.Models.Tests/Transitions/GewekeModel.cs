using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>
/// Two normal data with unknown mean b ~ N(0, 1) and variance e^a, a of the Gumbel distribution (so that e^−a ~ Exponential(1)).
/// A chain's position is (a, b, y₁, y₂): every chain has data of its own. The gradient of the data is 0; with scales of 0 they rest.
/// </summary>
/// <param name="forgetsJacobian">A fault: the prior of the variance is taken for that of its logarithm.</param>
public readonly struct GewekeModel(bool forgetsJacobian) : IModel
{
    public const int DatumCount = 2;

    public int Dimension => 2 + DatumCount;

    public int OutputCount => 2;

    public int DataTermCount => 0;

    public int ScratchLength => Dimension;

    public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => LogPriorGradient<T, TVector, TData>(position, scratch, scratch, data);

    public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T a = position[0], b = position[1], half = T.Constant(0.5);
        T precision = Elementary.Exp(-a);
        T slope = forgetsJacobian ? T.Constant(2) : T.One;
        T logDensity = -(slope * a) - precision - (half * b * b);
        T gradientOfA = precision - slope;
        T gradientOfB = -b;
        for (int i = 0; i < DatumCount; i++)
        {
            T deviation = position[2 + i] - b;
            T square = half * deviation * deviation * precision;
            logDensity -= (half * a) + square;
            gradientOfA += square - half;
            gradientOfB += deviation * precision;
        }

        // After the position was read: the gradient may be the scratch memory.
        gradient[0] = gradientOfA;
        gradient[1] = gradientOfB;
        for (int i = 0; i < DatumCount; i++)
        {
            gradient[2 + i] = T.Zero;
        }

        return logDensity;
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

/// <summary>Draws each chain's data given its parameters, and where asked its parameters from the prior first.</summary>
public readonly struct GewekeRenewal : IChainKernel
{
    /// <summary>The model, with its faults if any.</summary>
    public required GewekeModel Model { get; init; }

    /// <summary>The seed.</summary>
    public required StreamKey Key { get; init; }

    /// <summary>Which renewal of the run it is.</summary>
    public required uint Cycle { get; init; }

    /// <summary>Where the model's scratch memory begins.</summary>
    public required int ScratchRow { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        StreamAddress<T> random = new(Key, StreamPurpose.GeneratedQuantity, chain, 0, Cycle);
        TVector position = state.Slice(ChainRows.Position);
        TVector normals = state.Slice(ScratchRow);
        VectorVariates.FillNormal(random, normals, Model.Dimension);
        if (Cycle == 0)
        {
            position[0] = -Elementary.Log(ExponentialVariate.At(random, 100));
            position[1] = normals[0];
        }

        T deviation = Elementary.Exp(T.Constant(0.5) * position[0]);
        for (int i = 0; i < GewekeModel.DatumCount; i++)
        {
            position[2 + i] = T.FusedMultiplyAdd(deviation, normals[1 + i], position[1]);
        }

        state[ChainRows.LogDensity] = ModelGradient.LogDensityGradient<T, TVector, TData, GewekeModel>(
            Model, position, state.Slice(new ChainRows(Model.Dimension).Gradient), normals, data);
    }
}
