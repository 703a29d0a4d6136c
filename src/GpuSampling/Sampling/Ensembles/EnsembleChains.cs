using GpuSampling.Engines;
using GpuSampling.Kernels.Ensembles;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>The walkers of a run's ensembles: a transition moves one half given the other, then the other.</summary>
internal abstract class EnsembleChains(Posterior posterior, RunOptions run, Engine engine, Precision precision, int scratchLength, int walkers)
    : Chains(posterior, run, engine, precision, new ChainSizes(EnsembleRows.Length(posterior.Dimension), EnsembleRows.KeptLength, 0, scratchLength, 1) { PublishedLength = posterior.Dimension })
{
    /// <summary>The walkers of a half of an ensemble.</summary>
    protected int HalfLength { get; } = walkers / 2;

    /// <summary>Tells every walker where it stands. To be called after the starts were drawn.</summary>
    /// <exception cref="InsufficientEngineMemoryException">The walkers do not fit the engine's memory together.</exception>
    public void Place(Engine engine)
    {
        ChainArena arena = Batches.Load(0);
        if (Batches.BatchCount > 1)
        {
            throw new InsufficientEngineMemoryException(
                engine.Name, (arena.Layout with { ChainCount = Run.ChainCount }).TotalBytesInBlocks(engine.ChainBlock), engine.MemoryBudget);
        }

        int walkers = 2 * HalfLength;
        double[] places = new double[2 * Run.ChainCount];
        for (int chain = 0; chain < Run.ChainCount; chain++)
        {
            int half = chain % walkers / HalfLength;
            places[chain] = (chain / walkers * walkers) + ((1 - half) * HalfLength);
            places[Run.ChainCount + chain] = half;
        }

        arena.WriteState(Rows.Own + EnsembleRows.OtherHalf, 2, places);
    }
}

/// <summary>The walkers of a run's ensembles with their model.</summary>
internal abstract class EnsembleChains<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision, int walkers)
    : EnsembleChains(posterior, run, engine, precision, posterior.Model.ScratchLength, walkers)
    where TModel : struct, IModel
{
    /// <summary>The model.</summary>
    protected TModel Model { get; } = posterior.Model;

    protected override void Launch(ChainArena arena, ChainLaunch launch)
    {
        int draw = 0;
        for (int i = 0; i < launch.Count; i++)
        {
            bool isDrawn = launch.DrawInterval > 0 && (i + 1) % launch.DrawInterval == 0;
            for (int half = 0; half < 2; half++)
            {
                arena.Publish(ChainRows.Position, Dimension, 0);
                LaunchHalf(arena, new HalfStep
                {
                    Step = launch.FirstStep + (uint)i,
                    Half = half,
                    BeginsSums = i == 0 && half == 0 ? 1 : 0,
                    Draw = isDrawn && half == 1 ? draw : -1,
                });
            }

            draw += isDrawn ? 1 : 0;
        }
    }

    /// <summary>Moves one half.</summary>
    protected abstract void LaunchHalf(ChainArena arena, HalfStep step);

    /// <summary>Which half moves, and when.</summary>
    protected readonly record struct HalfStep
    {
        /// <summary>The number of the transition, counted from the beginning of the run.</summary>
        public required uint Step { get; init; }

        /// <summary>The half: 0 or 1.</summary>
        public required int Half { get; init; }

        /// <summary>1: the sums over a launch begin anew.</summary>
        public required int BeginsSums { get; init; }

        /// <summary>The place of the draw that is written after the move; −1 writes none.</summary>
        public required int Draw { get; init; }
    }
}

/// <summary>The walkers of a run's ensembles with their model and move.</summary>
internal sealed class EnsembleMoveChains<TModel, TMove>(
    Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision, TMove move, int walkers)
    : EnsembleChains<TModel>(posterior, run, engine, precision, walkers)
    where TModel : struct, IModel
    where TMove : struct, IEnsembleMove
{
    protected override void LaunchHalf(ChainArena arena, HalfStep step) => arena.Launch(new EnsembleHalfStep<TModel, TMove>
    {
        Model = Model,
        Move = move,
        Key = new StreamKey(Run.Seed),
        Step = step.Step,
        Half = step.Half,
        HalfLength = HalfLength,
        PublishedStart = arena.Layout.SettingRealCount,
        PublishedRowLength = (int)arena.Layout.PaddedChainCount,
        BeginsSums = step.BeginsSums,
        Draw = step.Draw,
    });
}

/// <summary>The walkers of a run's ensembles that are sliced.</summary>
internal sealed class EnsembleSliceChains<TModel>(
    Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision, EnsembleSliceOptions options, int walkers)
    : EnsembleChains<TModel>(posterior, run, engine, precision, walkers)
    where TModel : struct, IModel
{
    protected override void LaunchHalf(ChainArena arena, HalfStep step) => arena.Launch(new EnsembleSliceStep<TModel>
    {
        Model = Model,
        Scale = options.Scale,
        StretchProbability = options.StretchProbability,
        WidthLimit = options.WidthLimit,
        ShrinkageLimit = options.ShrinkageLimit,
        Key = new StreamKey(Run.Seed),
        Step = step.Step,
        Half = step.Half,
        HalfLength = HalfLength,
        PublishedStart = arena.Layout.SettingRealCount,
        PublishedRowLength = (int)arena.Layout.PaddedChainCount,
        BeginsSums = step.BeginsSums,
        Draw = step.Draw,
    });
}
