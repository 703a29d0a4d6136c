using GpuSampling.Engines;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Tempering;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>The replicas of a run's ladders: replica k of the arena is level k mod the number of levels of its ladder.</summary>
internal abstract class ReplicaChains(Posterior posterior, RunOptions run, Engine engine, Precision precision, int scratchLength, int levelCount)
    : Chains(posterior, run, engine, precision, new ChainSizes(
        ReplicaRows.Length(posterior.Dimension),
        ReplicaRows.KeptLength(posterior.Dimension),
        0,
        scratchLength,
        levelCount * (1 + posterior.Dimension))
    {
        PublishedLength = ReplicaRows.PublishedLength(posterior.Dimension),
        ReplicaCount = levelCount,
    })
{
    /// <summary>Tells every replica its level and evaluates the densities at the starts.</summary>
    public void Place()
    {
        double[] levels = new double[Run.ChainCount];
        for (int replica = 0; replica < levels.Length; replica++)
        {
            levels[replica] = replica % ReplicaCount;
        }

        Batches.WriteRow(Rows.Own + ReplicaRows.Level, levels);
        for (int batch = 0; batch < Batches.BatchCount; batch++)
        {
            Evaluate(Batches.Load(batch));
        }

        ForgetSums();
    }

    /// <summary>Begins the sums over transitions anew.</summary>
    public void ForgetSums()
    {
        double[] zeros = new double[Run.ChainCount];
        foreach (int row in (ReadOnlySpan<int>)[ReplicaRows.RejectionSum, ReplicaRows.TryCount, ReplicaRows.RoundTrips, ReplicaRows.WeightSum, ReplicaRows.WeightCount])
        {
            Batches.WriteRow(Rows.Own + row, zeros);
        }

        Array.Fill(zeros, -1e30);
        Batches.WriteRow(Rows.Own + ReplicaRows.WeightMaximum, zeros);
    }

    /// <summary>Evaluates the densities at the starts.</summary>
    protected abstract void Evaluate(ChainArena arena);
}

/// <summary>The replicas with their model.</summary>
internal sealed class ReplicaChains<TModel> : ReplicaChains
    where TModel : struct, IModel
{
    private readonly TModel model;
    private readonly ReplicaStep<TModel> step;

    public ReplicaChains(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision, TemperingOptions options, TemperingPath path)
        : base(posterior, run, engine, precision, posterior.Model.ScratchLength, options.LevelCount)
    {
        model = posterior.Model;
        step = new ReplicaStep<TModel>
        {
            Model = model,
            Density = new TemperedDensity
            {
                Path = path,
                ReferencePrecision = 1 / (options.ReferenceScale * options.ReferenceScale),
                ReferenceAtZero = -Dimension * Math.Log(options.ReferenceScale * Math.Sqrt(2 * Math.PI)),
            },
            Key = new StreamKey(run.Seed),
            DivergenceThreshold = options.DivergenceThreshold,
            Draw = -1,
        };
    }

    protected override void Evaluate(ChainArena arena) => arena.Launch(step with { Begins = 1 });

    protected override void Launch(ChainArena arena, ChainLaunch launch)
    {
        ReplicaExchange exchange = new()
        {
            LevelCount = ReplicaCount,
            FirstChain = unchecked((uint)arena.FirstChain),
            PublishedStart = arena.Layout.SettingRealCount,
            PublishedRowLength = (int)arena.Layout.PaddedChainCount,
        };
        int draw = 0;
        for (int i = 0; i < launch.Count; i++)
        {
            if (launch.MovesChains)
            {
                arena.Publish(ChainRows.Position, 2 * Dimension, 0);
                arena.Publish(Rows.Own + ReplicaRows.Base, ReplicaRows.ExchangedScalars + Dimension, 2 * Dimension);
            }

            bool isDrawn = launch.DrawInterval > 0 && (i + 1) % launch.DrawInterval == 0;
            arena.Launch(step with
            {
                Exchange = exchange,
                Step = launch.FirstStep + (uint)i,
                Transition = i,
                MovesChains = launch.MovesChains ? 1 : 0,
                MomentCount = launch.FirstMomentCount == 0 ? 0 : launch.FirstMomentCount + i,
                Draw = isDrawn ? draw : -1,
            });
            draw += isDrawn ? 1 : 0;
        }
    }
}
