using GpuSampling.Modeling;
using GpuSampling.Pathfinding;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;
using GpuSampling.Tests.Sampling;

namespace GpuSampling.Models.Tests.Pathfinding;

/// <summary>Pathfinder where the answer is known, and what its weights say where it is not a normal distribution.</summary>
public sealed class PathfinderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_normal_distribution_is_found(int dimension)
    {
        // Towards the end of a path all approximations are nearly exact, and the noise of their bounds chooses among them.
        Posterior posterior = TestTargets.CorrelatedGaussian(dimension);
        double logEvidence = LogEvidence(dimension);
        PathfinderResult result = Pathfinder.Approximate(posterior, new() { PathCount = 4, EvidenceDraws = 4000, Seed = 3 }, cancellationToken: TestContext.Current.CancellationToken);
        PathfinderPath best = result.Paths.MaxBy(path => path.EvidenceBound)!;
        for (int i = 0; i < dimension; i++)
        {
            double mean = i % 2 == 0 ? i + 1 : -(i + 1);
            Assert.Equal(mean, best.Mean[i], 0.03 * TestTargets.StandardDeviation(i, dimension));
            for (int j = 0; j < dimension; j++)
            {
                double scale = TestTargets.StandardDeviation(i, dimension) * TestTargets.StandardDeviation(j, dimension);
                Assert.Equal(Math.Pow(0.5, Math.Abs(i - j)) * scale, best.Covariance(i, j), 0.15 * scale);
            }
        }

        // Where q = p every draw has the same ratio, and the bound is the evidence.
        Assert.Equal(logEvidence, best.EvidenceBound, 0.02);
        Assert.Equal(logEvidence, result.LogEvidence, 0.1);
        Assert.True(result.ParetoShape < 0.7);
        Assert.NotEqual(LogEvidence(dimension + 1), best.EvidenceBound, 0.1);
    }

    [Theory]
    [InlineData(2, 0.01)]
    [InlineData(4, 0.05)]
    [InlineData(6, 0.08)]
    public void With_the_default_draws_paths_find_the_covariance(int dimension, double bound)
    {
        // By the bounds alone, without regard to their errors, the averages are 0.034, 0.119 and 0.135.
        double[] errors = Errors(25), blind = Errors(1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{errors.Average()}, at most {errors.Max()}; by one draw {blind.Average()}, at most {blind.Max()}");
        Assert.True(errors.Average() < bound);

        // The control: one draw has no error to allow for, and the luckiest approximation is chosen.
        Assert.True(blind.Average() > 3 * bound);

        // The largest error of an element of the covariance, in standard deviations, of each of 100 paths.
        double[] Errors(int draws) =>
        [
            .. Pathfinder.Approximate(
                TestTargets.CorrelatedGaussian(dimension), new() { PathCount = 100, DrawsPerPath = 1, EvidenceDraws = draws, Seed = 11 }, cancellationToken: TestContext.Current.CancellationToken)
                .Paths.Select(path => (from i in Enumerable.Range(0, dimension)
                                       from j in Enumerable.Range(0, dimension)
                                       let scale = TestTargets.StandardDeviation(i, dimension) * TestTargets.StandardDeviation(j, dimension)
                                       select Math.Abs((path.Covariance(i, j) / scale) - Math.Pow(0.5, Math.Abs(i - j)))).Max()),
        ];
    }

    [Fact]
    public void Weighted_draws_have_the_moments_of_a_correlated_normal_distribution_of_30_dimensions()
    {
        // 16,000 weighted draws: errors of means about 1/√(16000 · efficiency); 5 of them at an efficiency of a quarter are 0.08.
        Posterior posterior = TestTargets.CorrelatedGaussian(30);
        PathfinderResult result = Pathfinder.Approximate(posterior, new() { PathCount = 8, DrawsPerPath = 2000, Seed = 1, HistorySize = 15 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(result.Paths, path => Assert.True(path.EvidenceBound < LogEvidence(30) + 0.5));
        Assert.Equal(LogEvidence(30), result.Paths.Max(path => path.EvidenceBound), 3.0);
        for (int i = 0; i < 30; i++)
        {
            double mean = i % 2 == 0 ? i + 1 : -(i + 1);
            Assert.Equal(mean, result.Paths.MaxBy(path => path.EvidenceBound)!.Mean[i], 0.1 * TestTargets.StandardDeviation(i, 30));
        }

        Assert.All(result.Scales().Select((scale, i) => scale / TestTargets.StandardDeviation(i, 30)), ratio => Assert.InRange(ratio, 0.4, 1.6));
    }

    [Fact]
    public void Weights_make_draws_of_a_skewed_density_right()
    {
        // Gumbel's density exp(−x − e^−x): its mean is Euler's constant 0.5772, its standard deviation π/√6 = 1.2825. A normal approximation at the
        // mode is off by the former; weighted draws are not, within 5 standard errors of 1.28/√8000 at an efficiency of a half.
        PathfinderResult result = Pathfinder.Approximate(
            GumbelModel.Posterior(), new() { PathCount = 4, DrawsPerPath = 4000, Seed = 5 }, cancellationToken: TestContext.Current.CancellationToken);
        double weighted = 0, plain = 0;
        for (int draw = 0; draw < result.DrawCount; draw++)
        {
            weighted += Math.Exp(result.LogWeights[draw]) * result.Position(draw)[0];
            plain += result.Position(draw)[0] / result.DrawCount;
        }

        Assert.Equal(0.5772, weighted, 0.12);
        Assert.True(Math.Abs(plain - 0.5772) > 0.3, $"The control: unweighted draws have mean {plain}.");
    }

    [Fact]
    public void The_shape_warns_of_what_no_normal_distribution_covers()
    {
        Assert.True(Shape(TestTargets.Funnel(10)) > 0.7);
        Assert.True(Shape(EightSchools.Posterior()) < 1);
        Assert.True(Shape(SuiteLogistic()) < 0.7);

        static double Shape(Posterior posterior) =>
            Pathfinder.Approximate(posterior, new() { Seed = 2 }, cancellationToken: TestContext.Current.CancellationToken).ParetoShape;

        static Posterior SuiteLogistic() => TestSupport.EngineSuite.SuitePosteriors.Logistic(rowCount: 200, columnCount: 4);
    }

    [Fact]
    public void Choices_follow_the_weights()
    {
        PathfinderResult result = Pathfinder.Approximate(
            TestTargets.Banana(), new() { PathCount = 2, DrawsPerPath = 10, Seed = 4 }, cancellationToken: TestContext.Current.CancellationToken);
        int[] counts = new int[result.DrawCount];
        for (uint stream = 0; stream < 40_000; stream++)
        {
            counts[result.Choose(stream)]++;
        }

        for (int draw = 0; draw < counts.Length; draw++)
        {
            // 20 counts, 5 standard deviations each: a false alarm in 80,000 runs, were the seed not fixed.
            double expected = 40_000 * Math.Exp(result.LogWeights[draw]);
            Assert.Equal(expected, counts[draw], 1 + (5 * Math.Sqrt(expected)));
        }
    }

    [Fact]
    public void Results_depend_on_the_seed_and_not_on_threads_or_later_paths()
    {
        PathfinderResult one = Find(1, 4, 7), two = Find(2, 6, 7), other = Find(2, 4, 8);
        for (int draw = 0; draw < 4 * 20; draw++)
        {
            Assert.Equal(one.Position(draw), two.Position(draw));
            Assert.NotEqual(one.Position(draw).ToArray(), other.Position(draw).ToArray());
        }

        static PathfinderResult Find(int threads, int paths, ulong seed) => Pathfinder.Approximate(
            EightSchools.Posterior(), new() { Threads = threads, PathCount = paths, DrawsPerPath = 20, Seed = seed }, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Chains_start_at_draws_that_they_choose_for_themselves()
    {
        Posterior posterior = TestTargets.CorrelatedGaussian(3);
        PathfinderStarts starts = new() { Options = new() { PathCount = 2, DrawsPerPath = 50 } };
        double[][] many = Starts.StartRun.Of(posterior, starts, 200), few = Starts.StartRun.Of(posterior, starts, 7);
        PathfinderResult found = Pathfinder.Approximate(
            posterior, starts.Options with { Seed = Starts.StartRun.Options(starts, 1).Seed }, cancellationToken: TestContext.Current.CancellationToken);
        for (int chain = 0; chain < 7; chain++)
        {
            double[] expected = found.Position(found.Choose((uint)chain)).ToArray();
            Assert.Equal(expected, many.Select(row => row[chain]));
            Assert.Equal(expected, few.Select(row => row[chain]));
        }
    }

    [Fact]
    public void Walkers_start_apart_where_few_draws_have_all_the_weight()
    {
        // Forty draws with weights for thirty walkers: some would share one.
        Posterior posterior = TestTargets.CorrelatedGaussian(3);
        PathfinderResult found = Pathfinder.Approximate(posterior, new() { PathCount = 1, DrawsPerPath = 40 }, cancellationToken: TestContext.Current.CancellationToken);
        double[][] apart = new double[30][];
        for (uint walker = 0; walker < 30; walker++)
        {
            apart[walker] = new double[3];
            found.ChooseApart(walker, 0, apart[walker]);
            double[] again = new double[3];
            found.ChooseApart(walker, 0, again);
            Assert.Equal(apart[walker], again);
        }

        Assert.Equal(30, apart.Select(one => one[0]).Distinct().Count());
        double[][] chosen = [.. Enumerable.Range(0, 30).Select(walker => found.Position(found.Choose((uint)walker)).ToArray())];
        Assert.True(chosen.Select(one => one[0]).Distinct().Count() < 30);

        // No further from the posterior than its own spread and a half: covariance 1 + ½ of it.
        double spread = apart.Average(one => Math.Pow(one[0] - apart.Average(other => other[0]), 2));
        double exact = Math.Pow(TestTargets.StandardDeviation(0, 3), 2);
        Assert.InRange(spread / exact, 0.6, 3);
    }

    [Fact]
    public void What_has_no_finite_start_or_no_curvature_is_refused()
    {
        PathfinderResult result = Pathfinder.Approximate(
            HalfLineModel.Posterior(5), new() { PathCount = 2 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(result.Paths, path => Assert.False(path.HasSucceeded));
        Assert.Equal(0, result.DrawCount);
        Assert.Throws<InvalidOperationException>(() => result.Choose(0));
        Assert.Throws<InvalidOperationException>(() => result.Paths[0].Covariance(0, 0));
        Assert.Contains("paths of Pathfinder", Assert.Throws<InitializationException>(() => Starts.StartRun.Of(HalfLineModel.Posterior(5), new PathfinderStarts(), 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_are_checked_and_a_search_can_be_stopped()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathfinderOptions { PathCount = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathfinderOptions { DrawsPerPath = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathfinderOptions { EvidenceDraws = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathfinderOptions { HistorySize = 101 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathfinderOptions { MostIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathfinderOptions { InitialRadius = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathfinderOptions { Threads = -1 });
        Assert.Throws<ArgumentNullException>(() => new PathfinderStarts { Options = null! });
        Assert.ThrowsAny<OperationCanceledException>(() => Pathfinder.Approximate(EightSchools.Posterior(), cancellationToken: new CancellationToken(canceled: true)));
    }

    /// <summary>log ∫ exp(−½ (x − m)ᵀ P (x − m)) dx: of covariance ½^|i−j| s_i s_j, whose determinant is (¾)^(n−1) Π s².</summary>
    private static double LogEvidence(int dimension) =>
        (0.5 * dimension * Math.Log(2 * Math.PI)) + (0.5 * (dimension - 1) * Math.Log(0.75))
        + Enumerable.Range(0, dimension).Sum(i => Math.Log(TestTargets.StandardDeviation(i, dimension)));
}
