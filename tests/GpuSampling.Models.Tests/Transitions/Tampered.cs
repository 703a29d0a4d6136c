using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>What is wrong with a transition.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The density at the present position is taken e times too high: acceptance has a bias.</summary>
    WrongDensity,

    /// <summary>Every transition uses the same random numbers.</summary>
    RepeatedNumbers,
}

/// <summary>A transition with a fault, for tests that must notice it.</summary>
public readonly struct Tampered<TTransition>(TTransition inner, Fault fault) : ITransition
    where TTransition : struct, ITransition
{
    public static int StatisticCount => TTransition.StatisticCount;

    public static int KeptLength(int dimension) => TTransition.KeptLength(dimension);

    public int OwnLength(int dimension) => inner.OwnLength(dimension);

    public TransitionOutcome<T> Step<T, TVector, TData, TModel>(
        TModel model, StreamAddress<T> random, TVector state, TData data, TData settings, int transition, T logDensity, Mask<T> moves)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        StreamAddress<T> numbers = fault == Fault.RepeatedNumbers ? random.At(StreamPurpose.Momentum, 0) : random;
        T density = fault == Fault.WrongDensity ? logDensity + T.One : logDensity;
        TransitionOutcome<T> outcome = inner.Step(model, numbers, state, data, settings, transition, density, moves);

        // Where the chain stayed its density is still the right one.
        return outcome with { LogDensity = T.Select(T.AreEqual(outcome.LogDensity, density), logDensity, outcome.LogDensity) };
    }
}

/// <summary>Scales with a drift that favours one side, as a momentum whose mean is not 0 would.</summary>
public readonly struct BiasedMetric : IMetric
{
    public int SettingLength(int dimension) => dimension;

    public void Kick<T, TVector, TData>(TVector momentum, TVector gradient, TData settings, int dimension, T factor)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => default(DiagonalMetric).Kick(momentum, gradient, settings, dimension, factor);

    public void Drift<T, TVector, TData>(TVector position, TVector momentum, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < dimension; i++)
        {
            position[i] += settings.Real(i) * (momentum[i] + T.Constant(0.4));
        }
    }

    public void KickAndDrift<T, TVector, TData>(TVector position, TVector momentum, TVector gradient, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        Kick(momentum, gradient, settings, dimension, T.One);
        Drift<T, TVector, TData>(position, momentum, settings, dimension);
    }
}
