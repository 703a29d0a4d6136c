using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Tempering;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Models.Tests.Transitions;

namespace GpuSampling.Models.Tests.Tempering;

/// <summary>
/// Geweke's joint distribution test of ladders: the coldest replica has parameters from the prior and data given them, the others are
/// exact draws of their tempered posteriors given the same data. By turns the ladder exchanges and moves, and the data and the hotter
/// replicas are drawn anew. The coldest must go on having its prior distribution.
/// </summary>
/// <remarks>
/// J. Geweke, Getting it right, Journal of the American Statistical Association 99 (2004). Four scores of fit, standard normal if all is
/// right: bounded by 4.5 one of them is larger by chance once in 70,000, and once in 14,000 for the five runs of the class. The seeds are
/// fixed.
/// </remarks>
public sealed class LadderJointDistributionTests
{
    private const int LadderCount = 1 << 13;
    private const int CycleCount = 12;
    private const int StepsPerCycle = 4;
    private const double Bound = 4.5;
    private static readonly double[] InverseTemperatures = [1, 0.4, 0.1, 0];

    [Theory]
    [InlineData(true, Precision.Single)]
    [InlineData(true, Precision.Double)]
    [InlineData(false, Precision.Single)]
    [InlineData(false, Precision.Double)]
    public void Ladders_keep_the_joint_distribution(bool moves, Precision precision)
    {
        double score = Score(moves, sign: 1, precision);
        Assert.True(score < Bound, $"The ladder scores {score:F1}.");
    }

    /// <summary>An exchange that is accepted where it should be rejected, with the sign of its exponent wrong, and one always accepted.</summary>
    [Fact]
    public void A_wrong_sign_of_the_exchange_is_noticed()
    {
        Assert.True(Score(moves: false, sign: 1, Precision.Single) < Bound, "the right sign");
        Assert.True(Score(moves: false, sign: -1, Precision.Single) > 2 * Bound, "the wrong sign");
        Assert.True(Score(moves: false, sign: 0, Precision.Single) > 2 * Bound, "always accepted");
    }

    /// <param name="moves">Whether replicas move between exchanges.</param>
    /// <param name="sign">What the tilts are multiplied by while exchanges are decided.</param>
    /// <param name="precision">The type of all reals.</param>
    private static double Score(bool moves, int sign, Precision precision)
    {
        ConjugateLine model = default;
        int levels = InverseTemperatures.Length, chainCount = LadderCount * levels, dimension = model.Dimension;
        ChainRows rows = new(dimension);
        using SimdEngine engine = new();
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = precision,
            FirstChain = 0,
            ChainCount = chainCount,
            StateLength = rows.Own + ReplicaRows.Length(dimension) + model.ScratchLength,
            OutputLength = 0,
            DataReals = ReadOnlyMemory<double>.Empty,
            DataIntegers = ReadOnlyMemory<int>.Empty,
            SettingRealCount = levels * (1 + dimension),
            SettingIntegerCount = 1,
            PublishedLength = ReplicaRows.PublishedLength(dimension),
        });
        ReplicaExchange exchange = new()
        {
            LevelCount = levels,
            FirstChain = 0,
            PublishedStart = arena.Layout.SettingRealCount,
            PublishedRowLength = (int)arena.Layout.PaddedChainCount,
        };
        ReplicaStep<ConjugateLine> step = new()
        {
            Density = new TemperedDensity { Path = TemperingPath.Likelihood }, Exchange = exchange, Key = new StreamKey(29), DivergenceThreshold = 1000, Draw = -1,
        };

        // Step sizes of which a good part is rejected, at each level its own.
        arena.WriteSettings([.. InverseTemperatures, 0.5, 0.5, 0.7, 0.7, 0.9, 0.9, 1.1, 1.1], [3]);
        arena.WriteState(rows.Own + ReplicaRows.Level, 1, [.. Enumerable.Range(0, chainCount).Select(chain => (double)(chain % levels))]);
        LineReplicate[] replicates = [.. Enumerable.Range(0, LadderCount).Select(seed => new LineReplicate(seed))];
        double[] positions = new double[2 * chainCount], data = new double[2 * chainCount];
        for (uint cycle = 0; cycle < CycleCount; cycle++)
        {
            for (int chain = 0; chain < chainCount; chain++)
            {
                LineReplicate one = replicates[chain / levels];
                (positions[chain], positions[chainCount + chain]) =
                    chain % levels == 0 ? (one.Level, one.Slope) : one.Other(InverseTemperatures[chain % levels]);
                (data[chain], data[chainCount + chain]) = (one.Data[0], one.Data[1]);
            }

            arena.WriteState(ChainRows.Position, 2, positions);
            arena.WriteState(rows.Own + ReplicaRows.Length(dimension), 2, data);
            arena.Launch(step with { Begins = 1 });
            for (uint i = 0; i < StepsPerCycle; i++)
            {
                uint number = (cycle * StepsPerCycle) + i;
                TiltFactor factor = new() { Row = rows.Own + ReplicaRows.Tilt, Factor = sign };
                if (!moves)
                {
                    arena.Launch(factor);
                }

                arena.Publish(ChainRows.Position, 2 * dimension, 0);
                arena.Publish(rows.Own + ReplicaRows.Base, ReplicaRows.ExchangedScalars + dimension, 2 * dimension);
                if (moves)
                {
                    arena.Launch(step with { Step = number, MovesChains = 1 });
                }
                else
                {
                    arena.Launch(new ExchangeAlone { Exchange = exchange, Key = step.Key, Step = number });
                    arena.Launch(step with { Begins = 1 });
                }
            }

            arena.ReadState(ChainRows.Position, 2, positions);
            for (int ladder = 0; ladder < LadderCount; ladder++)
            {
                replicates[ladder].Take(positions[ladder * levels], positions[chainCount + (ladder * levels)]);
                if (cycle + 1 < CycleCount)
                {
                    replicates[ladder].Renew();
                }
            }
        }

        double score = LineReplicate.Score(replicates);
        TestContext.Current.TestOutputHelper?.WriteLine($"moves {moves}, sign {sign}: {score:F1}");
        return score;
    }

    /// <summary>Multiplies a row: a fault of the exchange that follows.</summary>
    internal readonly struct TiltFactor : IChainKernel
    {
        public required int Row { get; init; }

        public required double Factor { get; init; }

        public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TOutput : struct, IChainVector<TOutput, T>
            where TData : struct, IDataTable<T> => state[Row] = T.Constant(Factor) * state[Row];
    }

    /// <summary>The exchange without the moves.</summary>
    internal readonly struct ExchangeAlone : IChainKernel
    {
        public required ReplicaExchange Exchange { get; init; }

        public required StreamKey Key { get; init; }

        public required uint Step { get; init; }

        public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TOutput : struct, IChainVector<TOutput, T>
            where TData : struct, IDataTable<T> =>
            Exchange.Exchange(new StreamAddress<T>(Key, StreamPurpose.Momentum, chain, 0, Step), state, settings, default(ConjugateLine).Dimension);
    }
}
