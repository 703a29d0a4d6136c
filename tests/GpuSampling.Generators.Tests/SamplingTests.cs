using GpuSampling.Engines;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Models.Tests.References;
using GpuSampling.Sampling;

namespace GpuSampling.Generators.Tests;

/// <summary>
/// Generated models through the sampler, warm-up included, against the reference draws of posteriordb. Each number is off by four
/// standard errors by chance once in 16,000, and there are 82 in all: a false alarm in 190. The seeds are fixed.
/// </summary>
public class SamplingTests
{
    [Theory]
    [InlineData("EightSchoolsNonCentered", "eight_schools-eight_schools_noncentered", 10, Precision.Single)]
    [InlineData("EightSchoolsNonCentered", "eight_schools-eight_schools_noncentered", 10, Precision.Double)]
    [InlineData("Garch", "garch-garch11", 4, Precision.Single)]
    [InlineData("Garch", "garch-garch11", 4, Precision.Double)]
    [InlineData("Autoregression", "arK-arK", 7, Precision.Single)]
    [InlineData("HiddenMarkovModel", "hmm_example-hmm_example", 6, Precision.Single)]
    public void Moments_agree_with_posteriordb(string model, string data, int parameterCount, Precision precision)
    {
        Moments[] reference = ReferenceTable.Posteriordb(data);
        Moments[] moments = precision == Precision.Single ? Run<float>(model, data) : Run<double>(model, data);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", moments.Select(one => one.Name)) + " | " + string.Join(", ", reference.Select(one => one.Name)));
        Assert.Equal(parameterCount, reference.Length);
        Agreement.AssertAgrees(reference, moments);
    }

    private static Moments[] Run<TElement>(string model, string data)
        where TElement : unmanaged, IConvertible
    {
        using SimdEngine engine = new();
        RunOptions run = new() { ChainCount = 128, WarmupCount = 200, DrawCount = 100, Seed = 20 };
        (KeptDraws<TElement> draws, SamplingResult result) = new HamiltonianMonteCarloSampler(new HamiltonianMonteCarloOptions { MaximumLeapfrogCount = 48 }).Sample<TElement>(
            PosteriorModels.Create(model, data), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"step size {result.StepSize}, {result.MeanAcceptance} accepted, {result.DivergenceCount} divergences, {result.GradientCount} gradients");
        return RunMoments.Of(draws);
    }
}
