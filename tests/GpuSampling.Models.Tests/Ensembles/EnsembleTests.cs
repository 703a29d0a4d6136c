using GpuSampling.Engines;
using GpuSampling.Kernels.Ensembles;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.References;
using GpuSampling.Models.Tests.Transitions;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Models.Tests.Ensembles;

/// <summary>
/// Ensembles on skewed and on correlated targets off centre. In equilibrium the walkers of an ensemble are independent, so that all of
/// them together fit the target, and two draws in a row of a walker are exchangeable: each half moves in detailed balance given the other.
/// </summary>
/// <remarks>
/// Scores are standard normal if all is right: bounded by 4.5, one fails by chance once in 150,000; bounded by 4, once in 16,000. The
/// seeds are fixed.
/// </remarks>
public sealed class EnsembleTests
{
    private const double Bound = 4.5;

    public static TheoryData<string> Names => ["stretch", "walk", "de", "snooker", "ensemble-slice", "ensemble-slice-stretch"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Walkers_keep_the_distribution_and_are_in_detailed_balance(string name)
    {
        (double[] first, double[] second, SamplingResult result) = Gumbel(Find(name, 8));
        double[] scores = [GumbelBins.FitScore(first), GumbelBins.FitScore(second), ChiSquare.AsymmetryScore(GumbelBins.Table(first, second))];
        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(", ", scores)}; acceptance {result.MeanAcceptance:F3}");
        Assert.InRange(result.MeanAcceptance, 0.2, 0.95);
        Assert.All(scores, score => Assert.InRange(score, -Bound, Bound));
    }

    /// <summary>The same score finds a stretch without its volume factor.</summary>
    [Fact]
    public void A_missing_volume_factor_is_noticed() =>
        Assert.True(GumbelBins.FitScore(Gumbel(new StretchWithoutVolume()).First) > 2 * Bound);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_correlated_gaussian_has_its_moments(string name)
    {
        const int dimension = 5, walkers = 24, ensembles = 96, draws = 100;
        RunOptions run = new() { ChainCount = walkers * ensembles, WarmupCount = 2000, DrawCount = draws, Thinning = 10, Seed = 5 };
        using SimdEngine engine = new();
        (KeptDraws<float> kept, SamplingResult result) = Find(name, walkers).Sample<float>(
            TestTargets.CorrelatedGaussian(dimension), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        for (int i = 0; i < dimension; i++)
        {
            double mean = i % 2 == 0 ? i + 1 : -(i + 1), deviation = TestTargets.StandardDeviation(i, dimension);
            double[] values = new double[ensembles], squares = new double[ensembles];
            ReadOnlySpan<float> all = kept[$"x[{i + 1}]"];
            for (int k = 0; k < all.Length; k++)
            {
                double whitened = (all[k] - mean) / deviation;
                values[k % run.ChainCount / walkers] += whitened / (walkers * draws);
                squares[k % run.ChainCount / walkers] += whitened * whitened / (walkers * draws);
            }

            (double average, double error) = RunMoments.MeanOfChains(values);
            (double square, double squareError) = RunMoments.MeanOfChains(squares);
            TestContext.Current.TestOutputHelper?.WriteLine($"x[{i + 1}]: {average / error:F2}, {(square - 1) / squareError:F2}");
            Assert.InRange(average / error, -4, 4);
            Assert.InRange((square - 1) / squareError, -4, 4);
        }

        // A slice takes at least two evaluations, others just one.
        long transitions = (long)run.ChainCount * draws * 10;
        Assert.InRange(result.GradientCount, transitions, name.StartsWith("ensemble-slice", StringComparison.Ordinal) ? 12 * transitions : transitions);
        Assert.Contains(result.Summarize(kept, cancellationToken: TestContext.Current.CancellationToken).Warnings, warning => warning.Contains("depend on one another", StringComparison.Ordinal));
    }

    /// <summary>
    /// From starts of a low density a slice reaches far up the tail of a variance. Differences of walkers are no longer than the ensemble is
    /// wide: by them alone a walker creeps back for thousands of steps.
    /// </summary>
    [Theory]
    [InlineData(0.1, 0, 0)]
    [InlineData(0.0, 1, 100)]
    public void Walkers_that_are_far_out_come_back(double stretchProbability, int least, int most)
    {
        RunOptions run = new() { ChainCount = 2048, WarmupCount = 400, DrawCount = 1, Seed = 8, Starts = new UniformStarts() };
        using SimdEngine engine = new();
        KeptDraws<float> draws = new EnsembleSliceSampler(new() { WalkersPerEnsemble = 32, StretchProbability = stretchProbability }).Sample<float>(
            ConjugateRegressionTarget.At(0).Posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;

        // Inverse gamma of shape 11 and mean 1.7: above 20 once in 500 million.
        Assert.InRange(draws["variance"].ToArray().Count(value => value > 20), least, most);
    }

    [Fact]
    public void An_ensemble_has_the_same_draws_in_every_run_that_contains_it()
    {
        RunOptions run = new() { ChainCount = 48, WarmupCount = 10, DrawCount = 3, Seed = 9 };
        using SimdEngine engine = new();
        Posterior posterior = TestTargets.CorrelatedGaussian(4);
        KeptDraws<float> whole = Find("stretch", 16).Sample<float>(posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        KeptDraws<float> part = Find("stretch", 16).Sample<float>(posterior, run with { FirstChain = 16, ChainCount = 16 }, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        for (int draw = 0; draw < 3; draw++)
        {
            Assert.Equal(whole["x[1]"].Slice((draw * 48) + 16, 16).ToArray(), part["x[1]"].Slice(draw * 16, 16).ToArray());
        }
    }

    [Theory]
    [InlineData(8, 10, 5)]
    [InlineData(null, 11, 4)]
    [InlineData(8, 20, 3)]
    public void Ensembles_too_small_odd_or_broken_are_refused(int? walkers, int chains, int dimension)
    {
        using SimdEngine engine = new();
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new StretchSampler(new() { WalkersPerEnsemble = walkers }).Sample<float>(
            TestTargets.CorrelatedGaussian(dimension), new RunOptions { ChainCount = chains }, engine, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains($"ensemble of {walkers ?? chains} walkers", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ensembles_that_do_not_fit_the_memory_are_refused()
    {
        using SimdEngine engine = new() { MemoryLimit = 20_000 };
        Assert.Throws<InsufficientEngineMemoryException>(() => new StretchSampler().Sample<float>(
            TestTargets.CorrelatedGaussian(4), new RunOptions { ChainCount = 200 }, engine, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static Sampler Find(string name, int walkers) => name switch
    {
        "stretch" => new StretchSampler(new() { WalkersPerEnsemble = walkers }),
        "walk" => new WalkSampler(new() { WalkersPerEnsemble = walkers }),
        "de" => new DifferentialEvolutionSampler(new() { WalkersPerEnsemble = walkers, SnookerProbability = 0 }),
        "ensemble-slice" => new EnsembleSliceSampler(new() { WalkersPerEnsemble = walkers }),
        "ensemble-slice-stretch" => new EnsembleSliceSampler(new() { WalkersPerEnsemble = walkers, StretchProbability = 1 }),
        _ => new SnookerSampler(new() { WalkersPerEnsemble = walkers }),
    };

    private static (double[] First, double[] Second, SamplingResult Result) Gumbel(Sampler sampler)
    {
        RunOptions run = new() { ChainCount = 1 << 16, WarmupCount = 200, DrawCount = 2, Seed = 2 };
        using SimdEngine engine = new();
        (KeptDraws<float> draws, SamplingResult result) = sampler.Sample<float>(
            GumbelModel.Posterior(2), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        double[] all = [.. draws["x[1]"].ToArray().Select(value => (double)value)];
        return (all[..run.ChainCount], all[run.ChainCount..], result);
    }

    private readonly struct MoveWithoutVolume : IEnsembleMove
    {
        public T Propose<T, TVector, TData>(
            StreamAddress<T> random, ComplementaryHalf<T, TData> others, TVector position, TVector proposal, TVector work, int dimension)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T> =>
            new StretchMove { Scale = 2 }.Propose(random, others, position, proposal, work, dimension) * T.Zero;
    }

    private sealed class StretchWithoutVolume : EnsembleSampler
    {
        public override string Name => "wrong";

        private protected override EnsembleOptions Common { get; } = new StretchOptions { WalkersPerEnsemble = 8 };

        internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision) =>
            With(posterior, run, engine, precision, default(MoveWithoutVolume), 2);
    }
}
