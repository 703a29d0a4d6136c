using GpuSampling.Engines;
using GpuSampling.Kernels.Ensembles;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Models.Tests.Transitions;

namespace GpuSampling.Models.Tests.Ensembles;

/// <summary>
/// Geweke's joint distribution test of each move: of every ensemble one walker has parameters from the prior and data given them, the
/// others are exact draws given the same data. By turns the ensemble moves, and the data and the other walkers are drawn anew. The one
/// walker must go on having its prior distribution.
/// </summary>
/// <remarks>
/// J. Geweke, Getting it right, Journal of the American Statistical Association 99 (2004). Four scores of fit, standard normal if all is
/// right: bounded by 4.5 one of them is larger by chance once in 70,000. Six moves in two precisions: once in 6,000 for the class. The
/// seeds are fixed.
/// </remarks>
public sealed class EnsembleJointDistributionTests
{
    private const int EnsembleCount = 1 << 12;
    private const int WalkerCount = 8;
    private const int ChainCount = EnsembleCount * WalkerCount;
    private const int CycleCount = 12;
    private const int StepsPerCycle = 4;
    private const double Bound = 4.5;

    public static TheoryData<string, Precision> Moves =>
    [
        .. new[] { "stretch", "walk", "de", "snooker", "ensemble-slice", "ensemble-slice-stretch" }.SelectMany(
            name => new[] { (name, Precision.Single), (name, Precision.Double) }),
    ];

    [Theory]
    [MemberData(nameof(Moves))]
    public void Moves_keep_the_joint_distribution(string name, Precision precision)
    {
        double score = name switch
        {
            "stretch" => Score(new StretchMove { Scale = 2 }, precision),
            "walk" => Score(new WalkMove { SubsetSize = 3 }, precision),
            "de" => Score(new DifferentialEvolutionMove { Scale = 1.2, NoiseScale = 1e-5, JumpProbability = 0.1 }, precision),
            "snooker" => Score(new DifferentialEvolutionMove { SnookerProbability = 1 }, precision),
            _ => Score((half, arena) => arena.Launch(new EnsembleSliceStep<ConjugateLine>
            {
                Scale = 1.5,
                StretchProbability = name == "ensemble-slice" ? 0 : 1,
                WidthLimit = 16,
                ShrinkageLimit = 100,
                Key = new StreamKey(23),
                Step = half / 2,
                Half = (int)(half % 2),
                HalfLength = WalkerCount / 2,
                PublishedStart = arena.Layout.SettingRealCount,
                PublishedRowLength = (int)arena.Layout.PaddedChainCount,
                BeginsSums = 1,
                Draw = -1,
            }), precision),
        };
        Assert.True(score < Bound, $"The move scores {score:F1}.");
    }

    /// <summary>The same score finds moves whose acceptance lacks the change of volume, or a part of it, or takes it twice.</summary>
    [Fact]
    public void A_wrong_change_of_volume_is_noticed()
    {
        Assert.True(Score(new Weighted<StretchMove>(new StretchMove { Scale = 2 }, 1), Precision.Single) < Bound, "the right one");
        Assert.True(Score(new Weighted<StretchMove>(new StretchMove { Scale = 2 }, 0), Precision.Single) > Bound, "none, stretch");
        Assert.True(Score(new Weighted<StretchMove>(new StretchMove { Scale = 2 }, -1), Precision.Single) > 2 * Bound, "the wrong sign, stretch");
        Assert.True(Score(new Weighted<DifferentialEvolutionMove>(new() { SnookerProbability = 1 }, 0), Precision.Single) > Bound, "none, snooker");
        Assert.True(Score(new Weighted<DifferentialEvolutionMove>(new() { SnookerProbability = 1 }, 2), Precision.Single) > Bound, "twice, snooker");
    }

    private static double Score<TMove>(TMove move, Precision precision)
        where TMove : struct, IEnsembleMove => Score((half, arena) => arena.Launch(new EnsembleHalfStep<ConjugateLine, TMove>
        {
            Move = move,
            Key = new StreamKey(23),
            Step = half / 2,
            Half = (int)(half % 2),
            HalfLength = WalkerCount / 2,
            PublishedStart = arena.Layout.SettingRealCount,
            PublishedRowLength = (int)arena.Layout.PaddedChainCount,
            BeginsSums = 1,
            Draw = -1,
        }), precision);

    private static double Score(Action<uint, ChainArena> launchHalf, Precision precision)
    {
        ConjugateLine model = default;
        ChainRows rows = new(model.Dimension);
        using SimdEngine engine = new();
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = precision,
            FirstChain = 0,
            ChainCount = ChainCount,
            StateLength = rows.Own + EnsembleRows.Length(model.Dimension) + model.ScratchLength,
            OutputLength = 0,
            DataReals = ReadOnlyMemory<double>.Empty,
            DataIntegers = ReadOnlyMemory<int>.Empty,
            SettingRealCount = 1,
            SettingIntegerCount = 1,
            PublishedLength = model.Dimension,
        });
        WriteHalves(arena, rows);
        LineReplicate[] replicates = [.. Enumerable.Range(0, EnsembleCount).Select(seed => new LineReplicate(seed))];
        double[] positions = new double[2 * ChainCount], data = new double[2 * ChainCount], densities = new double[ChainCount];
        uint half = 0;
        for (int cycle = 0; cycle < CycleCount; cycle++)
        {
            for (int chain = 0; chain < ChainCount; chain++)
            {
                // Another walker in each cycle is the one that counts.
                LineReplicate one = replicates[chain / WalkerCount];
                bool counts = chain % WalkerCount == cycle * 3 % WalkerCount;
                (positions[chain], positions[ChainCount + chain]) = counts ? (one.Level, one.Slope) : one.Other(1);
                (data[chain], data[ChainCount + chain]) = (one.Data[0], one.Data[1]);
                densities[chain] = ConjugateLine.LogDensity(positions[chain], positions[ChainCount + chain], one.Data);
            }

            arena.WriteState(ChainRows.Position, 2, positions);
            arena.WriteState(ChainRows.LogDensity, 1, densities);
            arena.WriteState(rows.Own + EnsembleRows.Length(model.Dimension), 2, data);
            for (int i = 0; i < 2 * StepsPerCycle; i++)
            {
                arena.Publish(ChainRows.Position, model.Dimension, 0);
                launchHalf(half++, arena);
            }

            arena.ReadState(ChainRows.Position, 2, positions);
            for (int ensemble = 0; ensemble < EnsembleCount; ensemble++)
            {
                int chain = (ensemble * WalkerCount) + (cycle * 3 % WalkerCount);
                replicates[ensemble].Take(positions[chain], positions[ChainCount + chain]);
                if (cycle + 1 < CycleCount)
                {
                    replicates[ensemble].Renew();
                }
            }
        }

        double score = LineReplicate.Score(replicates);
        TestContext.Current.TestOutputHelper?.WriteLine($"{score:F1}");
        return score;
    }

    /// <summary>Where each walker's other half begins, and its own half.</summary>
    private static void WriteHalves(ChainArena arena, ChainRows rows)
    {
        double[] places = new double[2 * ChainCount];
        for (int chain = 0; chain < ChainCount; chain++)
        {
            int half = chain % WalkerCount / (WalkerCount / 2);
            places[chain] = (chain / WalkerCount * WalkerCount) + ((1 - half) * (WalkerCount / 2));
            places[ChainCount + chain] = half;
        }

        arena.WriteState(rows.Own + EnsembleRows.OtherHalf, 2, places);
    }

    /// <summary>A move whose change of volume counts so many times.</summary>
    private readonly struct Weighted<TMove>(TMove move, double weight) : IEnsembleMove
        where TMove : struct, IEnsembleMove
    {
        public T Propose<T, TVector, TData>(
            StreamAddress<T> random, ComplementaryHalf<T, TData> others, TVector position, TVector proposal, TVector work, int dimension)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T> =>
            T.Constant(weight) * move.Propose(random, others, position, proposal, work, dimension);
    }
}
