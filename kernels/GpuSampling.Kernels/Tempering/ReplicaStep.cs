using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Kernels.Tempering;

/// <summary>A transition of parallel tempering: every replica exchanges its state with a neighbour's, or not, and then moves at its own temperature.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <remarks>Settings: the inverse temperature of each level; then for each level the step size of each parameter. Integer t: leapfrog steps of transition t.</remarks>
public readonly struct ReplicaStep<TModel> : IChainKernel
    where TModel : struct, IModel
{
    /// <summary>The model.</summary>
    public TModel Model { get; init; }

    /// <summary>The path.</summary>
    public TemperedDensity Density { get; init; }

    /// <summary>The exchange.</summary>
    public ReplicaExchange Exchange { get; init; }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; init; }

    /// <summary>The number of the transition, counted from the beginning of the run.</summary>
    public uint Step { get; init; }

    /// <summary>The number of the transition in its launch.</summary>
    public int Transition { get; init; }

    /// <summary>1: replicas exchange states and move; 0: only find out how likely they would be to accept.</summary>
    public int MovesChains { get; init; }

    /// <summary>1: only evaluate the densities at the starts.</summary>
    public int Begins { get; init; }

    /// <summary>As <see cref="TransitionBlock{TModel, TTransition}.FirstMomentCount"/>, of this transition.</summary>
    public int MomentCount { get; init; }

    /// <summary>An energy error above this marks a transition as divergent.</summary>
    public double DivergenceThreshold { get; init; }

    /// <summary>The place of the draw that is written; −1 writes none.</summary>
    public int Draw { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        int dimension = Model.Dimension;
        ChainRows rows = new(dimension);
        TVector own = state.Slice(rows.Own);
        if (Begins != 0)
        {
            Evaluate<T, TVector, TData>(state, data);
            return;
        }

        StreamAddress<T> random = new(Key, StreamPurpose.Momentum, chain, 0, Step);
        if (MovesChains != 0)
        {
            Exchange.Exchange(random, state, settings, dimension);
        }

        Word<T> level = Exchange.LevelOf(own[ReplicaRows.Level]);
        TVector stepSizes = own.Slice(ReplicaRows.Length(dimension) - dimension);
        Word<T> first = T.KeepLow32(T.MultiplyWide32(level, (uint)dimension).Low) + T.WordConstant((ulong)(uint)Exchange.LevelCount);
        for (int i = 0; i < dimension; i++)
        {
            stepSizes[i] = settings.Gather(first + T.WordConstant((ulong)(uint)i));
        }

        T inverseTemperature = settings.Gather(level);
        TransitionOutcome<T> outcome = TemperedTrajectory.Move<T, TVector, TData, TModel>(
            Model, Density, random, state, data, inverseTemperature, settings.Integer(Transition), DivergenceThreshold, T.UniformMask(MovesChains != 0));
        Tally<T, TVector>(state, outcome);
        if (MovesChains != 0)
        {
            Weigh<T, TVector, TData>(own, settings, level, inverseTemperature);
        }

        if (MomentCount > 0)
        {
            RunningMoments.Add<T, TVector>(
                state.Slice(ChainRows.Position), state.Slice(rows.Mean), state.Slice(rows.SquaredDeviations), dimension, MomentCount);
        }

        if (Draw >= 0)
        {
            Write<T, TVector, TOutput, TData>(random, state, output, data, outcome);
        }
    }

    private void Evaluate<T, TVector, TData>(TVector state, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int dimension = Model.Dimension;
        ChainRows rows = new(dimension);
        TVector own = state.Slice(rows.Own);
        TemperedParts<T> parts = Density.Evaluate<T, TVector, TData, TModel>(
            Model, state.Slice(ChainRows.Position), state.Slice(rows.Gradient), own.Slice(ReplicaRows.TiltGradient), own.Slice(ReplicaRows.Length(dimension)), data);
        own[ReplicaRows.Base] = parts.Base;
        own[ReplicaRows.Tilt] = parts.Tilt;
        own[ReplicaRows.WasHot] = T.Zero;
    }

    // A launch has several transitions: the first begins its sums. Only the coldest level's divergences are the draws' own.
    private void Tally<T, TVector>(TVector state, TransitionOutcome<T> outcome)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        TVector own = state.Slice(new ChainRows(Model.Dimension).Own);
        Mask<T> counts = outcome.Diverged & T.AreEqual(own[ReplicaRows.Level], T.Zero);
        T divergence = T.Select(counts, T.One, T.Zero);
        bool isFirst = Transition == 0;
        state[ChainRows.AcceptanceSum] = isFirst ? outcome.AcceptanceProbability : state[ChainRows.AcceptanceSum] + outcome.AcceptanceProbability;
        state[ChainRows.EvaluationCount] = isFirst ? outcome.EvaluationCount : state[ChainRows.EvaluationCount] + outcome.EvaluationCount;
        state[ChainRows.DivergenceCount] = isFirst ? divergence : state[ChainRows.DivergenceCount] + divergence;
        state[ChainRows.LogDensity] = outcome.LogDensity;
        own[ReplicaRows.Acceptance] = outcome.AcceptanceProbability;
    }

    // Stepping stones: Z_colder/Z_this is the mean of e^((β_colder − β) tilt). Xie, Lewis, Fan, Kuo and Chen, Systematic Biology 60
    // (2011), eq. 9. A weight of nothing counts as 0.
    private static void Weigh<T, TVector, TData>(TVector own, TData settings, Word<T> level, T inverseTemperature)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        Mask<T> isColdest = T.AreEqual(level, T.WordConstant(0));
        Word<T> colder = T.Select(isColdest, level, level - T.WordConstant(1));
        T weight = (settings.Gather(colder) - inverseTemperature) * own[ReplicaRows.Tilt];
        Mask<T> weighs = weight > T.Constant(-1e30);
        T largest = own[ReplicaRows.WeightMaximum];
        T larger = T.Select(weighs, T.Max(weight, largest), largest);
        T added = T.Select(weighs, Elementary.Exp(weight - larger), T.Zero);
        own[ReplicaRows.WeightSum] = T.FusedMultiplyAdd(own[ReplicaRows.WeightSum], Elementary.Exp(largest - larger), added);
        own[ReplicaRows.WeightMaximum] = larger;
        own[ReplicaRows.WeightCount] += T.One;
    }

    private void Write<T, TVector, TOutput, TData>(StreamAddress<T> random, TVector state, TOutput output, TData data, TransitionOutcome<T> outcome)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        int dimension = Model.Dimension;
        TOutput draw = output.Slice(Draw * (ChainRows.DrawOutputs + Model.OutputCount));
        draw[ChainRows.DrawLogDensity] = outcome.LogDensity;
        draw[ChainRows.DrawEnergy] = outcome.Energy;
        draw[ChainRows.DrawAcceptance] = outcome.AcceptanceProbability;
        draw[ChainRows.DrawDivergent] = T.Select(outcome.Diverged, T.One, T.Zero);
        Model.WriteOutputs<T, TVector, TOutput, TData>(
            state.Slice(ChainRows.Position),
            draw.Slice(ChainRows.DrawOutputs),
            state.Slice(new ChainRows(dimension).Own + ReplicaRows.Length(dimension)),
            data,
            random.At(StreamPurpose.GeneratedQuantity, random.Step));
    }
}
