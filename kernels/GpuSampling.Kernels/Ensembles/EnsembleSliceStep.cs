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
/// Ensemble slice sampling: a walker of the half that moves is sliced along the difference of two walkers of the other half. Karamanis and
/// Beutler, Ensemble slice sampling, Statistics and Computing 31 (2021), with the directions of algorithm 2, the differential move, and a μ
/// that is given; the slice by stepping out and shrinkage: Neal (2003), figures 3 and 5.
/// </summary>
/// <remarks>
/// In a share of the steps walkers are sliced along the lines from others through them instead, y = z + e^s (x − z) by s: the stretch move
/// (Goodman and Weare, 2010) without its rejections, on the line of Gilks, Roberts and George (1994). By s the density is
/// π(y) e^(d s), and widths of s are the same seen from every point of the line, as a slice needs. Differences are as long as the ensemble
/// is wide, whatever the distance of a walker from it: one that is far out would creep back by a random walk. Which of the two a step is,
/// is drawn once for all walkers, so that lanes stay together.
/// </remarks>
/// <typeparam name="TModel">The model.</typeparam>
public readonly struct EnsembleSliceStep<TModel> : IChainKernel
    where TModel : struct, IModel
{
    /// <summary>The model.</summary>
    public TModel Model { get; init; }

    /// <summary>μ: an interval's first width, in differences of walkers.</summary>
    public double Scale { get; init; }

    /// <summary>The probability of a step along the lines from others.</summary>
    public double StretchProbability { get; init; }

    /// <summary>The most widths that an interval grows to.</summary>
    public int WidthLimit { get; init; }

    /// <summary>Points tried in an interval before a walker stays where it is.</summary>
    public int ShrinkageLimit { get; init; }

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
        TVector own = state.Slice(new ChainRows(Model.Dimension).Own);
        StreamAddress<T> random = new(Key, StreamPurpose.Slice, chain, 0, Step);
        if (BeginsSums != 0)
        {
            state[ChainRows.AcceptanceSum] = T.Zero;
            state[ChainRows.DivergenceCount] = T.Zero;
            state[ChainRows.EvaluationCount] = T.Zero;
        }

        Mask<T> moves = T.AreEqual(own[EnsembleRows.Half], T.FromInteger(Half));
        if (T.Any(moves))
        {
            bool stretches = T.Any(Partners.Common(random) < T.Constant(StretchProbability));
            FindDirections<T, TVector, TData>(random, state, settings, stretches);
            SliceAlong<T, TVector, TData>(random, state, data, moves, stretches);
        }

        if (Draw >= 0)
        {
            EnsembleDraw.Write(Model, random, state, output, data, Draw);
        }
    }

    private void FindDirections<T, TVector, TData>(StreamAddress<T> random, TVector state, TData settings, bool stretches)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int dimension = Model.Dimension;
        TVector own = state.Slice(new ChainRows(dimension).Own);
        TVector position = state.Slice(ChainRows.Position);
        TVector direction = own.Slice(EnsembleRows.Proposal + dimension);
        ComplementaryHalf<T, TData> others = new(
            settings, EnsembleRows.OtherHalfIn<T>(own[EnsembleRows.OtherHalf], PublishedStart, PublishedRowLength, HalfLength), PublishedRowLength, HalfLength);
        Word<T> first = Partners.First(random, HalfLength);
        Word<T> second = Partners.Second(random, HalfLength, first);
        for (int i = 0; i < dimension; i++)
        {
            direction[i] = stretches
                ? position[i] - others.Coordinate(first, i)
                : T.Constant(Scale) * (others.Coordinate(first, i) - others.Coordinate(second, i));
        }
    }

    // The position along the direction, from 0 at the walker: in units of the direction, or the logarithm of the stretch.
    private void SliceAlong<T, TVector, TData>(StreamAddress<T> random, TVector state, TData data, Mask<T> moves, bool stretches)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int dimension = Model.Dimension;
        TVector own = state.Slice(new ChainRows(dimension).Own);
        T kept = state[ChainRows.LogDensity];
        T volume = T.FromInteger(stretches ? dimension : 0);
        T level = kept - ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        T left = -UniformVariate.HalfOpen(random, 0);
        T right = left + T.One;
        T leftBudget = T.Floor(T.FromInteger(WidthLimit) * UniformVariate.HalfOpen(random, 1));
        T rightBudget = T.FromInteger(WidthLimit - 1) - leftBudget;
        T evaluations = T.Zero;
        for (int side = 0; side < 2; side++)
        {
            T end = side == 0 ? left : right;
            T budget = side == 0 ? leftBudget : rightBudget;
            Mask<T> growing = moves & (budget > T.Zero);
            while (T.Any(growing))
            {
                T found = Evaluate<T, TVector, TData>(state, data, end, stretches);
                evaluations += T.Select(growing, T.One, T.Zero);
                growing &= T.FusedMultiplyAdd(volume, end, found) > level;
                end = T.Select(growing, side == 0 ? end - T.One : end + T.One, end);
                budget -= T.Select(growing, T.One, T.Zero);
                growing &= budget > T.Zero;
            }

            left = side == 0 ? end : left;
            right = side == 0 ? right : end;
        }

        Mask<T> searching = moves;
        for (int attempt = 0; attempt < ShrinkageLimit && T.Any(searching); attempt++)
        {
            T point = T.FusedMultiplyAdd(right - left, UniformVariate.HalfOpen(random, 2 + (uint)attempt), left);
            T found = Evaluate<T, TVector, TData>(state, data, point, stretches);
            evaluations += T.Select(searching, T.One, T.Zero);
            Mask<T> accepted = searching & (T.FusedMultiplyAdd(volume, point, found) > level);
            ChainVectors.CopyWhere(accepted, own.Slice(EnsembleRows.Proposal), state.Slice(ChainRows.Position), dimension);
            kept = T.Select(accepted, found, kept);
            searching &= !accepted;
            Mask<T> below = point < T.Zero;
            left = T.Select(below, point, left);
            right = T.Select(below, right, point);
        }

        // After acceptance the position has moved, but lanes that have found theirs change no more.
        T probability = T.One / T.Max(evaluations, T.One);
        state[ChainRows.LogDensity] = kept;
        own[EnsembleRows.Acceptance] = T.Select(moves, probability, own[EnsembleRows.Acceptance]);
        state[ChainRows.AcceptanceSum] += T.Select(moves, probability, T.Zero);
        state[ChainRows.EvaluationCount] += evaluations;
    }

    // A call of its own on CPUs: two copies of a model's density would be too much for one method.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T Evaluate<T, TVector, TData>(TVector state, TData data, T along, bool stretches)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int dimension = Model.Dimension;
        TVector position = state.Slice(ChainRows.Position);
        TVector own = state.Slice(new ChainRows(dimension).Own);
        TVector proposal = own.Slice(EnsembleRows.Proposal);
        TVector direction = proposal.Slice(dimension);
        T factor = stretches ? Elementary.Expm1(along) : along;
        for (int i = 0; i < dimension; i++)
        {
            proposal[i] = T.FusedMultiplyAdd(factor, direction[i], position[i]);
        }

        return ModelDensity.LogDensity<T, TVector, TData, TModel>(Model, proposal, own.Slice(EnsembleRows.Length(dimension)), data);
    }
}
