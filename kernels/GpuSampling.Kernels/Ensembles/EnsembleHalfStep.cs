using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Ensembles;

/// <summary>
/// Moves one half of every ensemble given the published positions of the other: Foreman-Mackey, Hogg, Lang and Goodman, emcee: the
/// MCMC hammer, PASP 125 (2013), algorithm 3. (Moving all walkers at once by the others' old positions would not keep the posterior.)
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TMove">The proposal.</typeparam>
public readonly struct EnsembleHalfStep<TModel, TMove> : IChainKernel
    where TModel : struct, IModel
    where TMove : struct, IEnsembleMove
{
    /// <summary>The model.</summary>
    public TModel Model { get; init; }

    /// <summary>The proposal.</summary>
    public TMove Move { get; init; }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; init; }

    /// <summary>The number of the transition, counted from the beginning of the run.</summary>
    public uint Step { get; init; }

    /// <summary>The half that moves: 0 or 1.</summary>
    public int Half { get; init; }

    /// <summary>The walkers of a half.</summary>
    public int HalfLength { get; init; }

    /// <summary>The place of the published positions in the settings.</summary>
    public int PublishedStart { get; init; }

    /// <summary>The distance between published rows.</summary>
    public int PublishedRowLength { get; init; }

    /// <summary>1: the sums over a launch begin anew.</summary>
    public int BeginsSums { get; init; }

    /// <summary>The place of the draw that is written after the move; −1 writes none.</summary>
    public int Draw { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        ChainRows rows = new(Model.Dimension);
        TVector own = state.Slice(rows.Own);
        StreamAddress<T> random = new(Key, StreamPurpose.Proposal, chain, 0, Step);
        if (BeginsSums != 0)
        {
            state[ChainRows.AcceptanceSum] = T.Zero;
            state[ChainRows.DivergenceCount] = T.Zero;
            state[ChainRows.EvaluationCount] = T.Zero;
        }

        Mask<T> moves = T.AreEqual(own[EnsembleRows.Half], T.FromInteger(Half));
        if (T.Any(moves))
        {
            MoveWalkers<T, TVector, TData>(random, state, data, settings, moves);
        }

        if (Draw >= 0)
        {
            EnsembleDraw.Write(Model, random, state, output, data, Draw);
        }
    }

    private void MoveWalkers<T, TVector, TData>(StreamAddress<T> random, TVector state, TData data, TData settings, Mask<T> moves)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int dimension = Model.Dimension;
        TVector own = state.Slice(new ChainRows(dimension).Own);
        TVector position = state.Slice(ChainRows.Position);
        TVector proposal = own.Slice(EnsembleRows.Proposal);

        Word<T> first = EnsembleRows.OtherHalfIn<T>(own[EnsembleRows.OtherHalf], PublishedStart, PublishedRowLength, HalfLength);
        ComplementaryHalf<T, TData> others = new(settings, first, PublishedRowLength, HalfLength);
        T factor = Move.Propose(random, others, position, proposal, proposal.Slice(dimension), dimension);
        T proposed = ModelDensity.LogDensity<T, TVector, TData, TModel>(Model, proposal, own.Slice(EnsembleRows.Length(dimension)), data);

        // A unit exponential variate exceeds the loss with the probability wanted. NaN compares false.
        T logDensity = state[ChainRows.LogDensity];
        T loss = logDensity - proposed - factor;
        T level = ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        Mask<T> accepted = (loss < level) & moves;
        ChainVectors.CopyWhere(accepted, proposal, position, dimension);
        T probability = T.Select(T.AreEqual(loss, loss), Elementary.Exp(T.Min(-loss, T.Zero)), T.Zero);
        state[ChainRows.LogDensity] = T.Select(accepted, proposed, logDensity);
        own[EnsembleRows.Acceptance] = T.Select(moves, probability, own[EnsembleRows.Acceptance]);
        state[ChainRows.AcceptanceSum] += T.Select(moves, probability, T.Zero);
        state[ChainRows.EvaluationCount] += T.Select(moves, T.One, T.Zero);
    }
}
