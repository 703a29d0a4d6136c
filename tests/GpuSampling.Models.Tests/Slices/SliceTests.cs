using System.Collections.Immutable;
using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Slices;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.References;
using GpuSampling.Models.Tests.Transitions;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Models.Tests.Slices;

/// <summary>
/// Slice samplers on the Gumbel distribution, skewed and off centre: two draws in a row fit it and are exchangeable; and on a correlated
/// Gaussian off centre.
/// </summary>
/// <remarks>
/// Scores are standard normal if all is right: bounded by 4.5, one fails by chance once in 150,000; bounded by 4, once in 16,000. The
/// seeds are fixed.
/// </remarks>
public sealed class SliceTests
{
    private const double Bound = 4.5;
    private const int ChainCount = 1 << 16;

    public static TheoryData<string> Names => ["slice", "narrow", "elliptical"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Transitions_keep_the_distribution_and_are_in_detailed_balance(string name)
    {
        (double[] first, double[] second, KeptDraws<float> draws) = Gumbel(name switch
        {
            "slice" => new SliceSampler(new() { Scales = [1.0, 1.0] }),
            "narrow" => new SliceSampler(new() { Scales = [1.0, 1.0], WidthFactor = 0.8, WidthLimit = 3 }),
            _ => new EllipticalSliceSampler(new() { Mean = [0.5, 1], Cholesky = [1.5, 0.4, 1.8] }),
        });
        double[] scores = [GumbelBins.FitScore(first), GumbelBins.FitScore(second), ChiSquare.AsymmetryScore(GumbelBins.Table(first, second))];
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", scores));
        Assert.All(scores, score => Assert.InRange(score, -Bound, Bound));

        // Intervals that may not grow cost steps, never exactness; shrinkage always ends.
        double limits = draws.Row(DrawRows.Outputs + draws.Labels.Count + draws.StatisticLabels.Count - 1).ToArray().Sum(value => (double)value);
        Assert.Equal(0, limits);
    }

    /// <summary>The same score finds slices whose level is too low.</summary>
    [Fact]
    public void Wrong_levels_are_noticed()
    {
        CoordinateSlice slice = new() { WidthLimit = 16, ShrinkageLimit = 100 };
        EllipticalSlice elliptical = new() { ShrinkageLimit = 100 };
        double[] standard = [0, 0, 1, 0, 1];
        Assert.InRange(GumbelBins.FitScore(Gumbel(new TransitionSampler<Lowered<CoordinateSlice>>(new(slice, 0), [2, 2])).First), -Bound, Bound);
        Assert.True(GumbelBins.FitScore(Gumbel(new TransitionSampler<Lowered<CoordinateSlice>>(new(slice, 0.3), [2, 2])).First) > 2 * Bound);
        Assert.True(GumbelBins.FitScore(Gumbel(new TransitionSampler<Lowered<EllipticalSlice>>(new(elliptical, 0.3), standard)).First) > 2 * Bound);
    }

    [Theory]
    [InlineData("slice")]
    [InlineData("elliptical")]
    public void A_correlated_gaussian_has_its_moments(string name)
    {
        const int dimension = 4;
        Moments[] exact =
        [
            .. Enumerable.Range(0, dimension).Select(i => Moments.Exact(
                $"x[{i + 1}]", i % 2 == 0 ? i + 1 : -(i + 1), TestTargets.StandardDeviation(i, dimension))),
        ];
        Sampler sampler = name == "slice"
            ? new SliceSampler()
            : new EllipticalSliceSampler(new() { Mean = [0, -1, 2, -3], Cholesky = [4, 0, 4, 0, 1, 4, 0, 0, 0, 5] });
        RunOptions run = new() { ChainCount = 1024, WarmupCount = 300, DrawCount = 60, Thinning = 2, Seed = 6 };
        using SimdEngine engine = new();
        Agreement.AssertAgrees(exact, RunMoments.Of(sampler.Sample<float>(
            TestTargets.CorrelatedGaussian(dimension), run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws));
    }

    [Fact]
    public void Normal_distributions_of_another_size_and_wrong_options_are_refused()
    {
        using SimdEngine engine = new();
        Assert.Throws<ArgumentException>(() => new EllipticalSliceSampler(new() { Mean = [1, 2] }).Sample<float>(
            TestTargets.CorrelatedGaussian(3), new RunOptions(), engine, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EllipticalSliceOptions { Cholesky = [1, 2, 0] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EllipticalSliceOptions { Mean = [double.NaN] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SliceOptions { Scales = [1, -1] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SliceOptions { ShrinkageLimit = 1001 });
    }

    private static (double[] First, double[] Second, KeptDraws<float> Draws) Gumbel(Sampler sampler)
    {
        RunOptions run = new() { ChainCount = ChainCount, WarmupCount = 120, DrawCount = 2, Seed = 3 };
        using SimdEngine engine = new();
        KeptDraws<float> draws = sampler.Sample<float>(
            GumbelModel.Posterior(2), run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        double[] all = [.. draws["x[1]"].ToArray().Select(value => (double)value)];
        return (all[..ChainCount], all[ChainCount..], draws);
    }

    /// <summary>A transition that takes the log density of its position for lower than it is.</summary>
    private readonly struct Lowered<TTransition>(TTransition transition, double fault) : ITransition
        where TTransition : struct, ITransition
    {
        public static int StatisticCount => TTransition.StatisticCount;

        public static int KeptLength(int dimension) => TTransition.KeptLength(dimension);

        public int OwnLength(int dimension) => transition.OwnLength(dimension);

        public TransitionOutcome<T> Step<T, TVector, TData, TModel>(
            TModel model, StreamAddress<T> random, TVector state, TData data, TData settings, int index, T logDensity, Mask<T> moves)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T>
            where TModel : struct, IModel =>
            transition.Step(model, random, state, data, settings, index, logDensity - T.Constant(fault), moves);
    }

    private sealed class TransitionSampler<TTransition>(TTransition transition, double[] settings) : Sampler
        where TTransition : struct, ITransition
    {
        public override string Name => "test";

        internal override ImmutableArray<string> StatisticLabels => [.. Enumerable.Range(0, TTransition.StatisticCount).Select(i => $"s{i}")];

        internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision) =>
            new Program(new Chains<TModel, TTransition>(posterior, run, engine, precision, transition, settings.Length), settings);

        private sealed class Program(Chains chains, double[] settings) : SamplerProgram(chains)
        {
            public override double InitialRadius => 2;

            public override double StepSize => 1;

            public override ImmutableArray<double> Scales => [];

            public override void Warmup(RunControl control) => MoveOn(control);

            protected override void WriteSettings(int firstTransition, int count)
            {
                settings.CopyTo(Chains.SettingReals, 0);
                Array.Fill(Chains.SettingIntegers, 0);
            }
        }
    }
}
