using GpuSampling.Engines;
using GpuSampling.Models.Tests.Densities;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>
/// Two draws in a row of each of many independent chains on the Gumbel distribution, which is skewed and off centre: the first and
/// second fit the distribution, and the pairs are exchangeable, which is detailed balance.
/// </summary>
/// <remarks>
/// Scores are standard normal if all is right. Bounded by 4.5, a test fails by chance once in 300,000; the seeds are fixed.
/// </remarks>
public sealed class DetailedBalanceTests
{
    private const double Bound = 4.5;

    // A step so large that a fifth of the proposals is rejected: without rejection the distribution would be another.
    private static readonly HamiltonianMonteCarloOptions Options = new()
    {
        StepSize = 1.5,
        Scales = [1.0],
        PathLength = 3,
        PathJitter = 0.5,
    };

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Transitions_keep_the_distribution_and_are_in_detailed_balance(Precision precision)
    {
        const int chainCount = 1 << 18;
        RunOptions run = new() { ChainCount = chainCount, WarmupCount = 30, DrawCount = 2, Seed = 1 };
        using SimdEngine engine = new();
        (double[] first, double[] second, SamplingResult result) = precision == Precision.Single
            ? Draw<float>(engine, run)
            : Draw<double>(engine, run);

        Assert.InRange(result.MeanAcceptance, 0.5, 0.9);
        Assert.InRange(GumbelBins.FitScore(first), -Bound, Bound);
        Assert.InRange(GumbelBins.FitScore(second), -Bound, Bound);
        Assert.InRange(ChiSquare.AsymmetryScore(GumbelBins.Table(first, second)), -Bound, Bound);

        // Pairs are far from independent, or exchangeability would say little.
        Assert.True(Enumerable.Range(0, chainCount).Count(chain => first[chain] == second[chain]) > chainCount / 10);
    }

    /// <summary>The same scores find faults in a sampler that has them.</summary>
    [Fact]
    public void Wrong_acceptance_is_noticed()
    {
        Assert.InRange(GumbelBins.FitScore(TwinDraws((error, level) => error < level)), -Bound, Bound);
        Assert.True(GumbelBins.FitScore(TwinDraws((_, _) => true)) > 2 * Bound, "accepting everything");
        Assert.True(GumbelBins.FitScore(TwinDraws((error, level) => -error < level)) > 2 * Bound, "the wrong sign");
        Assert.True(GumbelBins.FitScore(TwinDraws((error, level) => error < 1.5 * level)) > Bound, "a temperature of 1.5");
    }

    [Fact]
    public void Pairs_out_of_balance_are_noticed()
    {
        // A rotation of the unit interval keeps the uniform distribution and is as far from detailed balance as can be.
        System.Random random = new(4);
        double[] first = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        double[] second = [.. first.Select(u => (u + (0.2 * random.NextDouble())) % 1)];
        Assert.InRange(GumbelBins.FitScore([.. first.Select(Quantile)]), -Bound, Bound);
        Assert.InRange(GumbelBins.FitScore([.. second.Select(Quantile)]), -Bound, Bound);
        Assert.True(ChiSquare.AsymmetryScore(GumbelBins.Table([.. first.Select(Quantile)], [.. second.Select(Quantile)])) > 2 * Bound);

        static double Quantile(double u) => -Math.Log(-Math.Log(u));
    }

    private static (double[] First, double[] Second, SamplingResult Result) Draw<TElement>(Engine engine, RunOptions run)
        where TElement : unmanaged, IConvertible
    {
        (KeptDraws<TElement> draws, SamplingResult result) = new HamiltonianMonteCarloSampler(Options).Sample<TElement>(
            GumbelModel.Posterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        double[] all = [.. draws["x[1]"].ToArray().Select(value => value.ToDouble(null))];
        return (all[..run.ChainCount], all[run.ChainCount..], result);
    }

    private static double[] TwinDraws(Func<double, double, bool> accepts)
    {
        double[] scales = [1.0];
        double[] draws = new double[15_000];
        for (int chain = 0; chain < draws.Length; chain++)
        {
            HamiltonianMonteCarloTwin twin = new(new PlainGumbel(), 2, (uint)chain);
            twin.Start(1, 2);
            for (uint transition = 0; transition < 12; transition++)
            {
                twin.Step(transition, Options.StepSize!.Value, scales, 1 + (int)(transition % 3), accepts);
            }

            draws[chain] = twin.Position[0];
        }

        return draws;
    }

    private sealed class PlainGumbel : PlainDensity
    {
        public override double LogDensity(double[] x) => -x[0] - Math.Exp(-x[0]);

        public override double[] Gradient(double[] x) => [Math.Exp(-x[0]) - 1];
    }
}
