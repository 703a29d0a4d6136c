using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Models;

/// <summary>
/// A posterior density over unconstrained parameters, evaluated for a pack of chains at once: a prior (with the log-Jacobians of
/// the transforms to unconstrained space) times a likelihood that is a product over data terms. The split lets engines share
/// the data loop, temper the likelihood, or take a subset of the data.
/// </summary>
/// <remarks>
/// Implementations are structs of plain numbers (sizes and scalar settings), pure, and compute only by the operations of the
/// lane type and <see cref="Functions.Elementary"/>. Every method stands alone: nothing is remembered between calls, and
/// <c>scratch</c> holds garbage on entry. Densities may drop additive constants, but always the same ones. Where the density is
/// zero or undefined the result is −∞ or NaN, never an exception.
/// </remarks>
public interface IModel
{
    /// <summary>The number of unconstrained parameters, at least 1.</summary>
    int Dimension { get; }

    /// <summary>The number of values that <see cref="WriteOutputs"/> writes for each draw: the constrained parameters and generated quantities.</summary>
    int OutputCount { get; }

    /// <summary>The number of data terms of which the log-likelihood is the sum, 0 or more.</summary>
    int DataTermCount { get; }

    /// <summary>The number of reals of scratch memory per chain that the methods need, 0 or more.</summary>
    int ScratchLength { get; }

    /// <summary>The log prior density with all log-Jacobians.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <param name="position">The unconstrained parameters: <see cref="Dimension"/> elements, read only.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> elements.</param>
    /// <param name="data">The model's data.</param>
    T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>;

    /// <summary>The log-likelihood of the terms <paramref name="firstTerm"/> to <paramref name="firstTerm"/> + <paramref name="termCount"/> − 1.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <param name="position">The unconstrained parameters, read only.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> elements.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="firstTerm">The first term, from 0.</param>
    /// <param name="termCount">How many terms.</param>
    T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>;

    /// <summary>The log prior as <see cref="LogPrior"/>; its gradient overwrites <paramref name="gradient"/>.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <param name="position">The unconstrained parameters, read only.</param>
    /// <param name="gradient">Receives the gradient: <see cref="Dimension"/> elements.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> elements.</param>
    /// <param name="data">The model's data.</param>
    T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>;

    /// <summary>The log-likelihood as <see cref="LogLikelihood"/>; its gradient is added to <paramref name="gradient"/>.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <param name="position">The unconstrained parameters, read only.</param>
    /// <param name="gradient">The gradient to add to: <see cref="Dimension"/> elements.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> elements.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="firstTerm">The first term, from 0.</param>
    /// <param name="termCount">How many terms.</param>
    T LogLikelihoodGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>;

    /// <summary>Writes what is kept of a draw: constrained parameters, then generated quantities.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TOutput">The accessor of the outputs.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <param name="position">The unconstrained parameters, read only.</param>
    /// <param name="outputs">Receives <see cref="OutputCount"/> elements.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> elements.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="random">The chains' random address for generated quantities at this draw.</param>
    void WriteOutputs<T, TVector, TOutput, TData>(TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>;
}
