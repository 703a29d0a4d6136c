using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.References;
using GpuSampling.Sampling;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Models.Tests.StochasticGradients;

/// <summary>
/// Stochastic gradients on a normal posterior, where a step is a linear map with noise of known size, so that the distribution that the
/// sampler has in place of the posterior is known exactly; and on a logistic regression beside a sampler that makes no error.
/// </summary>
/// <remarks>
/// Errors are of means over stretches of time, for chains share their data. With 40 stretches a score beyond 4.5 comes by chance once in
/// 15,000. The seeds are fixed.
/// </remarks>
public sealed class StochasticGradientTests
{
    private const int Count = 512;
    private const int BlockLength = 8;
    private const int Stretches = 40;

    public static TheoryData<string, bool> Cases => new() { { "sgld", true }, { "sgld", false }, { "sghmc", true }, { "sghmc", false } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_variance_is_the_one_that_theory_has_for_the_biased_step(string name, bool usesControlVariates)
    {
        (double mean, double variance, double bias, string text) = Scores(Find(name, usesControlVariates, 1), usesControlVariates);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Assert.InRange(mean, -4.5, 4.5);
        Assert.InRange(variance, -4.5, 4.5);

        // The step is so long that the bias itself is seen.
        Assert.True(bias > 4.5, text);
    }

    /// <summary>The same score finds that there is no noise.</summary>
    [Theory]
    [InlineData("sgld")]
    [InlineData("sghmc")]
    public void Without_the_noise_the_variance_is_wrong(string name)
    {
        (_, double variance, _, string text) = Scores(Find(name, false, 0), false);
        Assert.True(variance < -9, text);
    }

    [Theory]
    [InlineData("sgld")]
    [InlineData("sghmc")]
    public void A_logistic_regression_has_a_bias_below_a_tenth(string name)
    {
        // ε² of 0.04 and 0.01: theory has one and a quarter per cent of variance; the rest is for the shared data.
        Posterior posterior = SuitePosteriors.Logistic(800, 5);
        RunOptions run = new() { ChainCount = 64, WarmupCount = 400, DrawCount = 400, Thinning = 5, Seed = 8 };
        using SimdEngine engine = new();
        Moments[] exact = RunMoments.Of(new HamiltonianMonteCarloSampler().Sample<float>(
            posterior, run with { Thinning = 1 }, engine, cancellationToken: TestContext.Current.CancellationToken).Draws);
        Sampler sampler = name == "sgld" ? new StochasticLangevinSampler(new() { MinibatchSize = 80 }) : new StochasticHamiltonianSampler(new() { MinibatchSize = 80 });
        Moments[] biased = RunMoments.Of(sampler.Sample<float>(posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws);
        foreach ((Moments one, Moments other) in exact.Zip(biased))
        {
            double shift = (other.Mean - one.Mean) / one.Deviation, ratio = other.Deviation / one.Deviation;
            TestContext.Current.TestOutputHelper?.WriteLine($"{one.Name}: shifted by {shift:F3}, {ratio:F3} times as wide");
            Assert.InRange(shift, -0.1, 0.1);
            Assert.InRange(ratio, 0.9, 1.1);
        }
    }

    [Fact]
    public void Steps_shrink_by_the_schedule()
    {
        // All noise: without data a step of Langevin dynamics is ε ξ but for the small drift.
        StochasticLangevinSampler sampler = new(new() { StepSize = 0.01, StepSizeDecay = 0.5, StepSizeDelay = 10, Scales = [1] });
        RunOptions run = new() { ChainCount = 4096, WarmupCount = 0, DrawCount = 301, Seed = 8 };
        using SimdEngine engine = new();
        KeptDraws<double> draws = sampler.Sample<double>(
            new NormalMean { N = 0, y = [] }.ToPosterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        double early = SquaredStep(1), late = SquaredStep(300);

        // (1 + 1/10)/(1 + 300/10), each mean of squares with a relative error of √(2/4096) = 0.022.
        Assert.Equal(1.1 / 31, late / early, 1.1 / 31 * 0.15);

        double SquaredStep(int draw) => Enumerable.Range(0, run.ChainCount)
            .Average(chain => Math.Pow(draws["mu"][(draw * run.ChainCount) + chain] - draws["mu"][((draw - 1) * run.ChainCount) + chain], 2));
    }

    private static Sampler Find(string name, bool usesControlVariates, double temperature) => name == "sgld"
        ? new StochasticLangevinSampler(new() { StepSize = 0.8, MinibatchSize = 64, BlockLength = BlockLength, UsesControlVariates = usesControlVariates, Temperature = temperature })
        : new StochasticHamiltonianSampler(new() { StepSize = 0.7, Friction = 0.5, MinibatchSize = 64, BlockLength = BlockLength, UsesControlVariates = usesControlVariates, Temperature = temperature });

    /// <summary>How far mean and variance are from what theory has, in standard errors; and the variance from the posterior's.</summary>
    private static (double Mean, double Variance, double Bias, string Text) Scores(Sampler sampler, bool usesControlVariates)
    {
        double[] y = [.. Enumerable.Range(0, Count).Select(n => 3 + (2 * Math.Sin(1 + (n * 1.7))) + Math.Cos(n * 0.37))];
        double precision = 0.25 + (Count / (NormalMean.Deviation * NormalMean.Deviation));
        double centre = y.Sum() / (NormalMean.Deviation * NormalMean.Deviation) / precision;
        RunOptions run = new() { ChainCount = 48, WarmupCount = 200, DrawCount = 20_000, Seed = 6 };
        using SimdEngine engine = new();
        (KeptDraws<double> draws, SamplingResult result) = sampler.Sample<double>(
            new NormalMean { N = Count, y = y }.ToPosterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken);
        double[] means = new double[Stretches], squares = new double[Stretches];
        ReadOnlySpan<double> values = draws["mu"];
        for (int i = 0; i < values.Length; i++)
        {
            int stretch = (int)((long)i * Stretches / values.Length);
            double deviation = values[i] - centre;
            means[stretch] += deviation * Stretches / values.Length;
            squares[stretch] += deviation * deviation * Stretches / values.Length;
        }

        (double mean, double meanError) = RunMoments.MeanOfChains(means);
        (double square, double squareError) = RunMoments.MeanOfChains(squares);
        double theory = Theory(sampler, result.Scales[0], precision, usesControlVariates ? 0 : GradientVariance(y, centre));
        squareError = Math.Max(squareError, 1e-3 * theory);
        return (mean / Math.Max(meanError, 1e-9), (square - theory) / squareError, (square - (1 / precision)) / squareError,
            $"variance {square} ± {squareError}, theory {theory}, posterior {1 / precision}; mean off by {mean} ± {meanError}; scale {result.Scales[0]}");
    }

    /// <summary>The variance of the estimated gradient: blocks are equally long, so that it is the same everywhere.</summary>
    private static double GradientVariance(double[] y, double centre)
    {
        double[] blocks = [.. y.Chunk(BlockLength).Select(block => block.Sum(one => (one - centre) / (NormalMean.Deviation * NormalMean.Deviation)))];
        double mean = blocks.Average();
        return (double)blocks.Length * blocks.Length / (64 / BlockLength) * blocks.Average(one => (one - mean) * (one - mean));
    }

    /// <summary>The stationary variance of q under v ← k v − d s P q + noise, q ← q + s v, by iterating the covariances.</summary>
    private static double Theory(Sampler sampler, double scale, double precision, double gradientVariance)
    {
        (double kept, double drift, double noise) = sampler is StochasticLangevinSampler langevin
            ? langevin.Options.Coefficients(langevin.Options.StepSize)
            : ((StochasticHamiltonianSampler)sampler).Options.Coefficients(((StochasticHamiltonianSampler)sampler).Options.StepSize);
        double added = (noise * noise) + (drift * drift * scale * scale * gradientVariance);
        double pull = drift * scale * precision;
        double vv = 0, vq = 0, qq = 0;
        for (int i = 0; i < 10_000; i++)
        {
            double newVv = (kept * kept * vv) - (2 * kept * pull * vq) + (pull * pull * qq) + added;
            double crossed = (kept * vq) - (pull * qq); // v′ with the old q
            qq = qq + (2 * scale * crossed) + (scale * scale * newVv);
            vq = crossed + (scale * newVv);
            vv = newVv;
        }

        return qq;
    }
}
