using GpuSampling.Engines;
using GpuSampling.Kernels.Slices;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Models.Tests.Transitions;

namespace GpuSampling.Models.Tests.Slices;

/// <summary>
/// Geweke's joint distribution test of elliptical slices, with the prior as their normal distribution and with another: parameters from
/// the prior and data given them, then by turns transitions given the data and new data given the parameters. The parameters must go on
/// having their prior distribution.
/// </summary>
/// <remarks>
/// J. Geweke, Getting it right, Journal of the American Statistical Association 99 (2004). Four scores of fit, standard normal if all is
/// right: bounded by 4.5 one of them is larger by chance once in 70,000. The seeds are fixed.
/// </remarks>
public sealed class EllipticalJointDistributionTests
{
    private const int ChainCount = 1 << 14;
    private const int CycleCount = 12;
    private const double Bound = 4.5;
    private static readonly EllipticalSlice Slice = new() { ShrinkageLimit = 100 };

    // Mean, then the Cholesky factor by rows.
    private static readonly double[] Prior = [1, -2, 1, 0, 1];
    private static readonly double[] Another = [0.4, -1.5, 1.3, 0.5, 0.9];

    [Theory]
    [InlineData(true, Precision.Single)]
    [InlineData(true, Precision.Double)]
    [InlineData(false, Precision.Single)]
    [InlineData(false, Precision.Double)]
    public void Transitions_keep_the_joint_distribution(bool takesPrior, Precision precision)
    {
        double score = Score(Slice, takesPrior ? Prior : Another, precision);
        Assert.True(score < Bound, $"The slice scores {score:F1}.");
    }

    /// <summary>The same score finds a level that is too high.</summary>
    [Fact]
    public void A_wrong_level_is_noticed() =>
        Assert.True(Score(new Tampered<EllipticalSlice>(Slice, Fault.WrongDensity), Prior, Precision.Single) > 2 * Bound);

    private static double Score<TTransition>(TTransition transition, double[] settings, Precision precision)
        where TTransition : struct, ITransition
    {
        ConjugateLine model = default;
        ChainRows rows = new(model.Dimension);
        int dataRow = rows.Own + transition.OwnLength(model.Dimension);
        using SimdEngine engine = new();
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = precision,
            FirstChain = 0,
            ChainCount = ChainCount,
            StateLength = dataRow + model.ScratchLength,
            OutputLength = 0,
            DataReals = ReadOnlyMemory<double>.Empty,
            DataIntegers = ReadOnlyMemory<int>.Empty,
            SettingRealCount = settings.Length,
            SettingIntegerCount = 1,
        });
        arena.WriteSettings(settings, [0]);
        LineReplicate[] replicates = [.. Enumerable.Range(0, ChainCount).Select(seed => new LineReplicate(seed))];
        double[] positions = new double[2 * ChainCount], data = new double[2 * ChainCount], densities = new double[ChainCount];
        for (uint cycle = 0; cycle < CycleCount; cycle++)
        {
            for (int chain = 0; chain < ChainCount; chain++)
            {
                LineReplicate one = replicates[chain];
                (positions[chain], positions[ChainCount + chain]) = (one.Level, one.Slope);
                (data[chain], data[ChainCount + chain]) = (one.Data[0], one.Data[1]);
                densities[chain] = ConjugateLine.LogDensity(one.Level, one.Slope, one.Data);
            }

            arena.WriteState(ChainRows.Position, 2, positions);
            arena.WriteState(ChainRows.LogDensity, 1, densities);
            arena.WriteState(dataRow, 2, data);
            arena.Launch(new TransitionBlock<ConjugateLine, TTransition>
            {
                Model = model, Transition = transition, Key = new StreamKey(31), MovesChains = 1, TransitionCount = 1, FirstStep = cycle,
            });
            arena.ReadState(ChainRows.Position, 2, positions);
            for (int chain = 0; chain < ChainCount; chain++)
            {
                replicates[chain].Take(positions[chain], positions[ChainCount + chain]);
                if (cycle + 1 < CycleCount)
                {
                    replicates[chain].Renew();
                }
            }
        }

        double score = LineReplicate.Score(replicates);
        TestContext.Current.TestOutputHelper?.WriteLine($"{score:F1}");
        return score;
    }
}
