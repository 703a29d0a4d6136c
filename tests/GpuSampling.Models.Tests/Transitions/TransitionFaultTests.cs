using GpuSampling.Engines;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.TestSupport;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>
/// Each transition alone, launched without its sampler: right, its draws of the Gumbel distribution fit and are in detailed balance;
/// with a biased acceptance, repeated random numbers or a biased momentum the same scores say so.
/// </summary>
/// <remarks>Scores are standard normal if all is right; bounded by 4.5, a test fails by chance once in 100,000. The seed is fixed.</remarks>
public sealed class TransitionFaultTests
{
    private const int ChainCount = 1 << 15;
    private const double Bound = 4.5;

    [Theory]
    [InlineData("hmc")]
    [InlineData("nuts")]
    [InlineData("rwm")]
    [InlineData("barker")]
    [InlineData("mams")]
    [InlineData("meads")]
    public void Faults_are_noticed_and_none_is_found_in_the_transition(string name)
    {
        switch (name)
        {
            case "hmc":
                Check(Hmc<DiagonalMetric>(), Hmc<BiasedMetric>(), 1, 1.2, 3);
                break;
            case "nuts":
                Check(Nuts<DiagonalMetric>(), Nuts<BiasedMetric>(), 1, 1.2, 6);
                break;
            case "rwm":
                Check(default(RandomWalkMetropolis<DiagonalMetric>), default(RandomWalkMetropolis<BiasedMetric>), 1, 2.2, 0);
                break;
            case "barker":
                Check(default(Barker<DiagonalMetric>), default(Barker<BiasedMetric>), 1, 2, 0);
                break;
            case "meads":
                // A damping of ½: e^−½, √(1 − e^−1), and half the square of that. Not reversible: balance is not asked for.
                Check(Meads<DiagonalMetric>(), Meads<BiasedMetric>(), 1, 1.1, 0, [0.60653066, 0.79506010, 0.31606028]);
                break;
            default:
                Check(Mams<DiagonalMetric>(), Mams<BiasedMetric>(), 2, 1.8, 3);
                break;
        }

        static HamiltonianMonteCarlo<TMetric> Hmc<TMetric>()
            where TMetric : struct, IMetric => new() { DivergenceThreshold = 1000 };

        static NoUTurn<TMetric> Nuts<TMetric>()
            where TMetric : struct, IMetric => new() { DivergenceThreshold = 1000, MaximumDepth = 6 };

        static GeneralizedHamiltonian<TMetric> Meads<TMetric>()
            where TMetric : struct, IMetric => new() { DivergenceThreshold = 1000 };

        static Microcanonical<TMetric> Mams<TMetric>()
            where TMetric : struct, IMetric => new() { DivergenceThreshold = 1000 };
    }

    private static void Check<TRight, TBiased>(TRight right, TBiased biased, int dimension, double stepSize, int integer, params double[] extra)
        where TRight : struct, ITransition
        where TBiased : struct, ITransition
    {
        double sound = WorstScore(new Tampered<TRight>(right, Fault.None), dimension, stepSize, integer, extra);
        double density = WorstScore(new Tampered<TRight>(right, Fault.WrongDensity), dimension, stepSize, integer, extra);
        double numbers = WorstScore(new Tampered<TRight>(right, Fault.RepeatedNumbers), dimension, stepSize, integer, extra);
        double momentum = WorstScore(biased, dimension, stepSize, integer, extra);
        TestContext.Current.TestOutputHelper?.WriteLine($"right {sound:F1}, density {density:F1}, numbers {numbers:F1}, momentum {momentum:F1}");
        Assert.True(sound < Bound, $"The transition scores {sound:F1}.");
        Assert.True(density > 2 * Bound, $"A wrong density scores {density:F1}.");
        Assert.True(numbers > 2 * Bound, $"Repeated numbers score {numbers:F1}.");
        Assert.True(momentum > 2 * Bound, $"A biased momentum scores {momentum:F1}.");
    }

    /// <summary>The largest of two scores of fit and, where the transition is reversible, one of detailed balance.</summary>
    private static double WorstScore<TTransition>(TTransition transition, int dimension, double stepSize, int integer, double[] extra)
        where TTransition : struct, ITransition
    {
        GumbelModel model = new(dimension);
        ChainRows rows = new(dimension);
        int scratchRow = rows.Own + transition.OwnLength(dimension);
        using SimdEngine engine = new();
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = Precision.Single,
            FirstChain = 0,
            ChainCount = ChainCount,
            StateLength = scratchRow + model.ScratchLength,
            OutputLength = ChainRows.DrawOutputs + model.OutputCount + TTransition.StatisticCount,
            DataReals = ReadOnlyMemory<double>.Empty,
            DataIntegers = ReadOnlyMemory<int>.Empty,
            SettingRealCount = dimension + extra.Length,
            SettingIntegerCount = 50,
        });
        StreamKey key = new(11);
        arena.Launch(new UniformInitialization<GumbelModel> { Model = model, Key = key, Radius = 2, AttemptLimit = 10, ScratchRow = scratchRow });
        arena.WriteSettings([.. Enumerable.Repeat(stepSize, dimension), .. extra], [.. Enumerable.Repeat(integer, 50)]);
        TransitionBlock<GumbelModel, TTransition> block = new() { Model = model, Transition = transition, Key = key, MovesChains = 1, TransitionCount = 50 };
        arena.Launch(block);
        double[] first = Draw(arena, block with { FirstStep = 50 });
        double[] second = Draw(arena, block with { FirstStep = 51 });
        double fit = Math.Max(GumbelBins.FitScore(first), GumbelBins.FitScore(second));
        double balance = ChiSquare.AsymmetryScore(GumbelBins.Table(first, second));

        // Chains that never leave their bins have no pairs to compare.
        return extra.Length > 0 || double.IsNaN(balance) ? fit : Math.Max(fit, balance);
    }

    private static double[] Draw<TTransition>(ChainArena arena, TransitionBlock<GumbelModel, TTransition> block)
        where TTransition : struct, ITransition
    {
        arena.Launch(block with { TransitionCount = 1, DrawInterval = 1 });
        float[] draws = new float[ChainCount];
        arena.ReadOutputRow<float>(ChainRows.DrawOutputs, draws);
        return [.. draws.Select(value => (double)value)];
    }
}
