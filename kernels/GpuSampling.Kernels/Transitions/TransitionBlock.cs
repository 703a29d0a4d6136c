using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Transitions;

/// <summary>A block of transitions of any sampler in one launch, with running moments and draws.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TTransition">The sampler's transition.</typeparam>
public readonly struct TransitionBlock<TModel, TTransition> : IChainKernel
    where TModel : struct, IModel
    where TTransition : struct, ITransition
{
    /// <summary>The model.</summary>
    public TModel Model { get; init; }

    /// <summary>The transition.</summary>
    public TTransition Transition { get; init; }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; init; }

    /// <summary>The number of the block's first transition, counted from the beginning of the run.</summary>
    public uint FirstStep { get; init; }

    /// <summary>How many transitions to make.</summary>
    public int TransitionCount { get; init; }

    /// <summary>Write one draw for every so many transitions; 0 writes none.</summary>
    public int DrawInterval { get; init; }

    /// <summary>1: move the chains; 0: only find out how likely they would be to accept.</summary>
    public int MovesChains { get; init; }

    /// <summary>
    /// The number of positions that the running moments already hold plus 1: moments are updated with weights from 1 over this
    /// number on. 0 leaves the moments alone; 1 begins them anew.
    /// </summary>
    public int FirstMomentCount { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        ChainRows rows = new(Model.Dimension);
        TVector position = state.Slice(ChainRows.Position);
        T logDensity = state[ChainRows.LogDensity];
        T acceptanceSum = T.Zero;
        T divergenceCount = T.Zero;
        T evaluationCount = T.Zero;
        int draw = 0;
        for (int transition = 0; transition < TransitionCount; transition++)
        {
            StreamAddress<T> random = new(Key, StreamPurpose.Momentum, chain, 0, FirstStep + (uint)transition);
            TransitionOutcome<T> outcome = Transition.Step(
                Model, random, state, data, settings, transition, logDensity, T.UniformMask(MovesChains != 0));
            acceptanceSum += outcome.AcceptanceProbability;
            evaluationCount += outcome.EvaluationCount;
            divergenceCount += T.Select(outcome.Diverged, T.One, T.Zero);
            if (MovesChains != 0)
            {
                logDensity = outcome.LogDensity;
            }

            if (FirstMomentCount > 0)
            {
                RunningMoments.Add<T, TVector>(
                    position, state.Slice(rows.Mean), state.Slice(rows.SquaredDeviations), Model.Dimension, FirstMomentCount + transition);
            }

            if (DrawInterval > 0 && (transition + 1) % DrawInterval == 0)
            {
                int drawLength = ChainRows.DrawOutputs + Model.OutputCount + TTransition.StatisticCount;
                TOutput drawOutput = output.Slice(draw * drawLength);
                drawOutput[ChainRows.DrawLogDensity] = logDensity;
                drawOutput[ChainRows.DrawEnergy] = outcome.Energy;
                drawOutput[ChainRows.DrawAcceptance] = outcome.AcceptanceProbability;
                drawOutput[ChainRows.DrawDivergent] = T.Select(outcome.Diverged, T.One, T.Zero);
                for (int i = 0; i < TTransition.StatisticCount; i++)
                {
                    drawOutput[ChainRows.DrawOutputs + Model.OutputCount + i] = state[rows.Own + i];
                }

                Model.WriteOutputs<T, TVector, TOutput, TData>(
                    position,
                    drawOutput.Slice(ChainRows.DrawOutputs),
                    state.Slice(rows.Own + Transition.OwnLength(Model.Dimension)),
                    data,
                    random.At(StreamPurpose.GeneratedQuantity, random.Step));
                draw++;
            }
        }

        state[ChainRows.LogDensity] = logDensity;
        state[ChainRows.AcceptanceSum] = acceptanceSum;
        state[ChainRows.DivergenceCount] = divergenceCount;
        state[ChainRows.EvaluationCount] = evaluationCount;
    }
}
