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

    private static Moments[] Run(string name, Posterior posterior, ulong seed)
    {
        // Those that creep need longer to arrive.
        int length = name is "rwm" ? 1500 : name is "mala" or "barker" ? 600 : 300;
        RunOptions run = new() { ChainCount = 512, WarmupCount = length, DrawCount = 100, Seed = seed, Thinning = Math.Max(1, length / 300) };
        using SimdEngine engine = new();
        (KeptDraws<float> draws, SamplingResult result) = SamplerCase.Find(name).Adaptive.Sample<float>(
            posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"acceptance {result.MeanAcceptance:F3}, step size {result.StepSize:G3}, {string.Join(", ", result.Adapted)}, {result.GradientCount} evaluations");
        return RunMoments.Of(draws);
    }
}
