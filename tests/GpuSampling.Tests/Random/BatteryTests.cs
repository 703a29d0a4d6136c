using GpuSampling.Benchmarks.Random.Quality;

namespace GpuSampling.Tests.Random;

/// <summary>
/// The battery on the project's streams, along every index of their address, and on generators that must fail. Eleven outcomes
/// each, failed below 10⁻⁶: the false-alarm rate is 10⁻⁵ per layout, and the seeds are fixed.
/// </summary>
public class BatteryTests
{
    public static TheoryData<string> Layouts => new(WordSources.Layouts);

    public static TheoryData<string> WeakGenerators => new(WordSources.WeakGenerators);

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Streams_pass(string layout) =>
        Assert.All(new Battery(WordSources.Create(layout, seed: 12345), scale: 1).Run(), outcome =>
            Assert.True(outcome.Probability > Battery.Failure, outcome.ToString()));

    [Theory]
    [MemberData(nameof(WeakGenerators))]
    public void Weak_generators_fail(string generator) =>
        Assert.Contains(
            new Battery(WordSources.Create(generator, seed: 12345), scale: 1).Run(), outcome => outcome.Probability < Battery.Failure);

    [Fact]
    public void Lanes_of_the_weak_xorshift_are_correlated() =>
        Assert.Contains(
            new Battery(WordSources.Create("xorshift32-lanes", seed: 12345), scale: 1).Run(),
            outcome => outcome.Test.StartsWith("correlations", StringComparison.Ordinal)
                && outcome.Statistic.Contains("at lag 1", StringComparison.Ordinal) && outcome.Probability < 1e-300);

    // Closed forms, and the tables' 5 % points of chi-square with 10 degrees of freedom and of Kolmogorov's statistic.
    [Fact]
    public void Tail_probabilities_have_known_values()
    {
        Assert.Equal(0.0455002638963584, TailProbability.TwoSidedNormal(2), 12);
        Assert.Equal(0.05, TailProbability.ChiSquare(18.307038053, 10), 9);
        Assert.Equal(Math.Exp(-3), TailProbability.ChiSquare(6, 2), 13);
        Assert.Equal(1, TailProbability.ChiSquare(80, 6) / (Math.Exp(-40) * (1 + 40 + 800)), 12);
        Assert.Equal(1 - Math.Exp(-0.001) - (0.001 * Math.Exp(-0.001)), TailProbability.AtLeastPoisson(2, 0.001), 14);
        Assert.Equal(2 * Math.Exp(-3), TailProbability.TwoSidedPoisson(0, 3), 12);
        Assert.Equal(0.05, TailProbability.Kolmogorov(1.3580986), 6);
    }
}
