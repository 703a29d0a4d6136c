using GpuSampling.Engines;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>
/// Every sampler on the Gumbel distribution, skewed and off centre: the first and second of two draws in a row fit it, and the pairs
/// are exchangeable, which is detailed balance. <see cref="DetailedBalanceTests"/> shows that these scores find wrong samplers.
/// </summary>
/// <remarks>Scores are standard normal if all is right; bounded by 4.5, a test fails by chance once in 100,000. The seeds are fixed.</remarks>
public sealed class SamplerBalanceTests
{
    private const double Bound = 4.5;

    [Theory]
    [MemberData(nameof(SamplerCase.Reversible), MemberType = typeof(SamplerCase))]
    public void Transitions_keep_the_distribution_and_are_in_detailed_balance(string name)
    {
        const int chainCount = 1 << 17;
        RunOptions run = new() { ChainCount = chainCount, WarmupCount = 60, DrawCount = 2, Seed = 1 };
        using SimdEngine engine = new();
        (KeptDraws<float> draws, SamplingResult result) = SamplerCase.Find(name).Fixed.Sample<float>(
            GumbelModel.Posterior(name is "mams" ? 2 : 1), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        double[] all = [.. draws["x[1]"].ToArray().Select(value => (double)value)];
        double[] first = all[..chainCount], second = all[chainCount..];
        double[] scores = [GumbelBins.FitScore(first), GumbelBins.FitScore(second), ChiSquare.AsymmetryScore(GumbelBins.Table(first, second))];
        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(", ", scores)}; acceptance {result.MeanAcceptance:F3}");
        Assert.InRange(result.MeanAcceptance, 0.3, 0.97);
        Assert.All(scores, score => Assert.InRange(score, -Bound, Bound));
    }
}
