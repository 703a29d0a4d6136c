using GpuSampling.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.References;

/// <summary>
/// Means and standard deviations of whole runs, warm-up included, against third parties' and exact ones. Each of the k numbers of
/// a posterior is off by four standard errors by chance once in 16,000; the seeds are fixed.
/// </summary>
public sealed class PosteriorMomentTests
{
    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Eight_schools_agree_with_posteriordb(Precision precision)
    {
        // 20 numbers: a false alarm in 800.
        Moments[] reference = ReferenceTable.Posteriordb("eight_schools-eight_schools_noncentered");
        Assert.Equal(10, reference.Length);
        RunOptions run = new() { ChainCount = 1024, WarmupCount = 300, DrawCount = 150, Seed = 1 };
        (Moments[] moments, SamplingResult result) = Run(EightSchools.Posterior(), run, precision);
        Agreement.AssertAgrees(reference, moments);

        // The harmonic mean over chains is 0.8 in the end: those in the narrow neck make the steps of all short.
        Assert.InRange(result.MeanAcceptance, 0.8, 0.99);
    }

    [Fact]
    public void German_credit_agrees_with_the_inference_gym_and_another_prior_does_not()
    {
        // 50 numbers: a false alarm in 300.
        Moments[] reference = ReferenceTable.InferenceGym(
            "german_credit_numeric_logistic_regression", index => $"beta[{index + 1}]");
        Assert.Equal(25, reference.Length);
        RunOptions run = new() { ChainCount = 512, WarmupCount = 120, DrawCount = 60, Seed = 2 };
        Agreement.AssertAgrees(reference, Run(GermanCredit.PosteriorOrSkip(), run, Precision.Single).Moments);

        // A prior narrower by a fifth moves the intercept and little else.
        (double score, _) = Agreement.Worst(reference, Run(GermanCredit.PosteriorOrSkip(0.8), run, Precision.Single).Moments);
        Assert.True(score > 6, $"The wrong prior was not noticed: z = {score:F2}.");
    }

    [Theory]
    [InlineData(1, Precision.Single)]
    [InlineData(10, Precision.Single)]
    [InlineData(10, Precision.Double)]
    public void A_correlated_gaussian_has_its_moments(int dimension, Precision precision)
    {
        RunOptions run = new() { ChainCount = 512, WarmupCount = 200, DrawCount = 100, Seed = 3 };
        Agreement.AssertAgrees(GaussianMoments(dimension), Run(TestTargets.CorrelatedGaussian(dimension), run, precision).Moments);
    }

    [Fact]
    public void A_correlated_gaussian_has_its_correlations()
    {
        const int dimension = 6;
        Moments[] exact = GaussianMoments(dimension);
        RunOptions run = new() { ChainCount = 512, WarmupCount = 200, DrawCount = 100, Seed = 7 };
        KeptDraws<float> draws = Sample<float>(TestTargets.CorrelatedGaussian(dimension), run).Draws;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // Means over each chain of products of standardized draws.
                double[] products = new double[run.ChainCount];
                for (int k = 0; k < run.ChainCount * run.DrawCount; k++)
                {
                    double left = (draws[exact[i].Name][k] - exact[i].Mean) / exact[i].Deviation;
                    double right = (draws[exact[j].Name][k] - exact[j].Mean) / exact[j].Deviation;
                    products[k % run.ChainCount] += left * right / run.DrawCount;
                }

                (double mean, double error) = RunMoments.MeanOfChains(products);
                Assert.InRange((mean - Math.Pow(0.5, i - j)) / error, -4, 4);
            }
        }
    }

    [Fact]
    public void The_banana_has_its_moments()
    {
        Moments[] exact = [Moments.Exact("x[1]", 0, 10), Moments.Exact("x[2]", 0, Math.Sqrt(19))];
        RunOptions run = new() { ChainCount = 1024, WarmupCount = 300, DrawCount = 300, Seed = 4 };
        Agreement.AssertAgrees(exact, Run(TestTargets.Banana(), run, Precision.Single).Moments);
    }

    [Fact]
    public void A_missing_Jacobian_is_noticed()
    {
        // Flat in log τ and so with far too much mass at small τ: a common fault, against the same reference and bound.
        Moments[] reference = ReferenceTable.Posteriordb("eight_schools-eight_schools_noncentered");
        RunOptions run = new() { ChainCount = 256, WarmupCount = 200, DrawCount = 100, Seed = 5 };
        (double score, string where) = Agreement.Worst(reference, Run(EightSchoolsWithoutJacobian.Posterior(), run, Precision.Double).Moments);
        Assert.True(score > 8, $"z = {score:F2}, {where}");
    }

    [Fact]
    public void The_funnel_reports_its_trouble()
    {
        RunOptions run = new() { ChainCount = 256, WarmupCount = 200, DrawCount = 100, Seed = 6 };
        (KeptDraws<float> draws, SamplingResult result) = Sample<float>(TestTargets.Funnel(), run, new HamiltonianMonteCarloSampler(new() { TargetAcceptance = 0.4 }));
        Assert.True(result.DivergenceCount > 0);
        Assert.Equal(result.DivergenceCount, draws.Row(DrawRows.Divergent).ToArray().Sum(value => (double)value));
        DiagnosticsSummary summary = result.Summarize(draws, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(summary.Warnings, warning => warning.Contains("diverge", StringComparison.OrdinalIgnoreCase));

        // And rightly: the neck is not reached, and v does not vary as it should.
        Assert.True(Agreement.Worst([Moments.Exact("v", 0, 3)], RunMoments.Of(draws)).Score > 4);
    }

    private static Moments[] GaussianMoments(int dimension) =>
    [
        .. Enumerable.Range(0, dimension).Select(i => Moments.Exact(
            $"x[{i + 1}]", i % 2 == 0 ? i + 1 : -(i + 1), dimension == 1 ? 1 : 1 + (9.0 * i / (dimension - 1)))),
    ];

    private static (Moments[] Moments, SamplingResult Result) Run(Posterior posterior, RunOptions run, Precision precision)
    {
        if (precision == Precision.Single)
        {
            (KeptDraws<float> singles, SamplingResult result) = Sample<float>(posterior, run);
            return (RunMoments.Of(singles), result);
        }

        (KeptDraws<double> doubles, SamplingResult other) = Sample<double>(posterior, run);
        return (RunMoments.Of(doubles), other);
    }

    private static (KeptDraws<TElement> Draws, SamplingResult Result) Sample<TElement>(Posterior posterior, RunOptions run, Sampler? sampler = null)
        where TElement : unmanaged
    {
        using SimdEngine engine = new();
        return (sampler ?? new HamiltonianMonteCarloSampler()).Sample<TElement>(
            posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken);
    }
}
