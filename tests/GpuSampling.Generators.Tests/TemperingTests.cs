using GpuSampling.Engines;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Models.Tests.References;
using GpuSampling.Sampling;

namespace GpuSampling.Generators.Tests;

/// <summary>
/// Parallel tempering of a generated model, whose likelihood the generator has told from the prior, against posteriordb. Each of ten
/// numbers is off by four standard errors by chance once in 16,000. The seed is fixed.
/// </summary>
public class TemperingTests
{
    [Fact]
    public void A_mixture_agrees_with_posteriordb()
    {
        Moments[] reference = ReferenceTable.Posteriordb("low_dim_gauss_mix-low_dim_gauss_mix");
        Assert.Equal(5, reference.Length);
        using SimdEngine engine = new();
        RunOptions run = new() { ChainCount = 32, WarmupCount = 150, DrawCount = 100, Seed = 20 };
        (KeptDraws<float> draws, SamplingResult result) = new TemperingSampler(new TemperingOptions { LevelCount = 8, MaximumLeapfrogCount = 24 }).Sample<float>(
            PosteriorModels.Create("NormalMixture", "low_dim_gauss_mix-low_dim_gauss_mix"), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{string.Join(", ", result.Adapted.Select(one => $"{one.Key} {one.Value:G4}"))}; {result.DivergenceCount} divergences, {result.SamplingTime.TotalSeconds:F1} s");
        Agreement.AssertAgrees(reference, RunMoments.Of(draws));
    }
}
