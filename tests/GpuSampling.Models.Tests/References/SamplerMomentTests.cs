using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.Transitions;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.References;

/// <summary>
/// Every sampler with its defaults, warm-up included: means and standard deviations of a correlated Gaussian off centre against the
/// exact ones and of eight schools against posteriordb's. Each number is off by four standard errors by chance once in 16,000, a
/// sampler's 32 numbers once in 500; the seeds are fixed.
/// </summary>
public sealed class SamplerMomentTests
{
    [Theory]
    [MemberData(nameof(SamplerCase.Names), MemberType = typeof(SamplerCase))]
    public void A_correlated_gaussian_has_its_moments(string name)
    {
        const int dimension = 6;
        Moments[] exact =
        [
            .. Enumerable.Range(0, dimension).Select(i => Moments.Exact(
                $"x[{i + 1}]", i % 2 == 0 ? i + 1 : -(i + 1), TestTargets.StandardDeviation(i, dimension))),
        ];
        Agreement.AssertAgrees(exact, Run(name, TestTargets.CorrelatedGaussian(dimension), seed: 3));
    }

    [Theory]
    [MemberData(nameof(SamplerCase.Names), MemberType = typeof(SamplerCase))]
    public void Eight_schools_agree_with_posteriordb(string name) => Agreement.AssertAgrees(
        ReferenceTable.Posteriordb("eight_schools-eight_schools_noncentered"), Run(name, EightSchools.Posterior(), seed: 4));

    [Theory]
    [InlineData("nuts")]
    [InlineData("chees")]
    [InlineData("snaper")]
    [InlineData("mams")]
    public void German_credit_agrees_with_the_inference_gym(string name)
    {
        // 50 numbers: a false alarm in 300.
        Moments[] reference = ReferenceTable.InferenceGym(
            "german_credit_numeric_logistic_regression", index => $"beta[{index + 1}]");
        RunOptions run = new() { ChainCount = 128, WarmupCount = 150, DrawCount = 60, Seed = 5 };
        Agreement.AssertAgrees(reference, Run(name, GermanCredit.PosteriorOrSkip(), run));
    }

    [Theory]
    [InlineData("nuts")]
    [InlineData("mams")]
    public void The_banana_has_its_moments(string name)
    {
        // Four numbers: a false alarm in 4,000.
        Moments[] exact = [Moments.Exact("x[1]", 0, 10), Moments.Exact("x[2]", 0, Math.Sqrt(19))];
        Agreement.AssertAgrees(exact, Run(name, TestTargets.Banana(), new RunOptions { ChainCount = 512, WarmupCount = 400, DrawCount = 300, Seed = 6 }));
    }

    [Theory]
    [InlineData("nuts")]
    [InlineData("chees")]
    [InlineData("snaper")]
    public void The_funnel_reports_divergences(string name)
    {
        using SimdEngine engine = new();
        (KeptDraws<float> draws, SamplingResult result) = SamplerCase.Find(name).Adaptive.Sample<float>(
            TestTargets.Funnel(),
            new RunOptions { ChainCount = 256, WarmupCount = 150, DrawCount = 60, Seed = 7 },
            engine,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.DivergenceCount > 0);
        Assert.Equal(result.DivergenceCount, draws.Row(DrawRows.Divergent).ToArray().Sum(value => (double)value));
        Assert.Contains(
            result.Summarize(draws, cancellationToken: TestContext.Current.CancellationToken).Warnings,
            warning => warning.Contains("diverge", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(MetricKind.Identity)]
    [InlineData(MetricKind.Dense)]
    [InlineData(MetricKind.Fisher)]
    [InlineData(MetricKind.LowRank)]
    public void Every_metric_leaves_the_distribution_alone(MetricKind metric)
    {
        const int dimension = 6;
        using SimdEngine engine = new();
        (KeptDraws<float> draws, SamplingResult result) = new NoUTurnSampler(new() { Metric = metric }).Sample<float>(
            TestTargets.CorrelatedGaussian(dimension),
            new RunOptions { ChainCount = 256, WarmupCount = 200, DrawCount = 60, Seed = 8 },
            engine,
            cancellationToken: TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{result.GradientCount} evaluations");
        Moments[] exact =
        [
            .. Enumerable.Range(0, dimension).Select(i => Moments.Exact(
                $"x[{i + 1}]", i % 2 == 0 ? i + 1 : -(i + 1), TestTargets.StandardDeviation(i, dimension))),
        ];
        Agreement.AssertAgrees(exact, RunMoments.Of(draws));
    }

    private static Moments[] Run(string name, Posterior posterior, ulong seed)
    {
        // Those that creep need longer to arrive.
        int length = name is "rwm" ? 1500 : name is "mala" or "barker" or "meads" ? 600 : 300;
        return Run(
            name,
            posterior,
            new RunOptions { ChainCount = 512, WarmupCount = length, DrawCount = 100, Seed = seed, Thinning = Math.Max(1, length / 300) });
    }

    private static Moments[] Run(string name, Posterior posterior, RunOptions run)
    {
        using SimdEngine engine = new();
        (KeptDraws<float> draws, SamplingResult result) = SamplerCase.Find(name).Adaptive.Sample<float>(
            posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"acceptance {result.MeanAcceptance:F3}, step size {result.StepSize:G3}, {string.Join(", ", result.Adapted)}, {result.GradientCount} evaluations");
        return RunMoments.Of(draws);
    }
}
