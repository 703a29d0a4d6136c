using GpuSampling.Importance;
using GpuSampling.Random;

namespace GpuSampling.Tests.Importance;

/// <summary>Smoothed weights against a plain twin, tails of known shape, and the cases at the edge.</summary>
public sealed class ParetoSmoothingTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void The_shape_of_a_known_tail_is_found(double shape)
    {
        // Weights u^−k have a Pareto tail of shape k. The estimate of 20,000 weights has a standard deviation of about (1 + k)/√M, with
        // M = 425 in the tail 0.06 to 0.09; the mean over 40 has 0.015 at most. Bias to the prior's ½: below 0.01. Bound: 5 standard deviations and the bias.
        double sum = 0;
        for (int run = 0; run < 40; run++)
        {
            sum += ParetoSmoothedImportanceSampling.Smooth(Powers(20_000, shape, (ulong)run), new double[20_000]);
        }

        Assert.Equal(shape, sum / 40, 0.085);
        Assert.NotEqual(shape + 0.2, sum / 40, 0.085);
    }

    [Fact]
    public void Weights_are_those_of_a_plain_twin()
    {
        double[] ratios = Powers(1000, 0.5, 3), smoothed = new double[1000];
        double shape = ParetoSmoothedImportanceSampling.Smooth(ratios, smoothed);
        (double[] expected, double expectedShape) = Twin(ratios);
        Assert.Equal(expectedShape, shape, 1e-10);
        Assert.All(expected.Zip(smoothed), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(1, smoothed.Sum(Math.Exp), 1e-12);
    }

    [Fact]
    public void Smoothing_keeps_the_order_and_leaves_all_but_the_tail()
    {
        double[] ratios = Powers(500, 0.8, 5), smoothed = new double[500];
        ParetoSmoothedImportanceSampling.Smooth(ratios, smoothed);
        int[] order = [.. Enumerable.Range(0, 500).OrderBy(i => ratios[i])];
        Assert.All(Enumerable.Range(1, 499), i => Assert.True(smoothed[order[i]] >= smoothed[order[i - 1]]));
        double shift = smoothed[order[0]] - ratios[order[0]];
        Assert.All(order[..430], i => Assert.Equal(shift, smoothed[i] - ratios[i], 1e-12));
        Assert.True(smoothed[order[^1]] - ratios[order[^1]] < shift + 1e-12);
    }

    [Fact]
    public void Equal_weights_are_a_success_and_few_leave_the_question_open()
    {
        double[] weights = new double[100];
        Assert.Equal(double.NegativeInfinity, ParetoSmoothedImportanceSampling.Smooth(Enumerable.Repeat(-3.5, 100).ToArray(), weights));
        Assert.All(weights, weight => Assert.Equal(-Math.Log(100), weight, 1e-14));
        Assert.Equal(double.PositiveInfinity, ParetoSmoothedImportanceSampling.Smooth([0, 1, 2, 3, 4], new double[5]));
    }

    [Fact]
    public void Draws_of_weight_0_keep_it()
    {
        double[] ratios = Powers(400, 0.4, 9);
        for (int i = 0; i < 100; i++)
        {
            ratios[4 * i] = double.NegativeInfinity;
        }

        double[] smoothed = new double[400];
        Assert.InRange(ParetoSmoothedImportanceSampling.Smooth(ratios, smoothed), -0.5, 1);
        Assert.Equal(100, smoothed.Count(double.IsNegativeInfinity));
        Assert.Equal(1, smoothed.Sum(Math.Exp), 1e-12);
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentException>(() => ParetoSmoothedImportanceSampling.Smooth([], []));
        Assert.Throws<ArgumentException>(() => ParetoSmoothedImportanceSampling.Smooth([1, 2], new double[3]));
        Assert.Throws<ArgumentException>(() => ParetoSmoothedImportanceSampling.Smooth([1, double.NaN], new double[2]));
        Assert.Throws<ArgumentException>(() => ParetoSmoothedImportanceSampling.Smooth([1, double.PositiveInfinity], new double[2]));
        Assert.Throws<ArgumentException>(() => ParetoSmoothedImportanceSampling.Smooth([double.NegativeInfinity], new double[1]));
    }

    private static double[] Powers(int count, double shape, ulong seed)
    {
        double[] uniform = new double[count];
        new RandomStream(seed).FillUniform(uniform);
        return [.. uniform.Select(u => -shape * Math.Log(1 - u))];
    }

    /// <summary>Section 4 of the paper with the estimator of Zhang and Stephens, by the book and the runtime's own functions.</summary>
    private static (double[] LogWeights, double Shape) Twin(double[] ratios)
    {
        int count = ratios.Length, tail = (int)Math.Ceiling(Math.Min(count / 5.0, 3 * Math.Sqrt(count)));
        double[] weights = [.. ratios.Select(ratio => Math.Exp(ratio - ratios.Max()))];
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => weights[i])];
        double cutoff = weights[order[count - tail - 1]];
        double[] y = [.. order[^tail..].Select(i => weights[i] - cutoff)];
        int m = 30 + (int)Math.Floor(Math.Sqrt(tail));
        double[] b = [.. Enumerable.Range(1, m).Select(j => (1 / y[^1]) + ((1 - Math.Sqrt(m / (j - 0.5))) / (3 * y[(int)Math.Floor((tail / 4.0) + 0.5) - 1])))];
        double[] k = [.. b.Select(one => y.Average(value => Math.Log(1 - (one * value))))];
        double[] likelihood = [.. b.Zip(k, (one, shape) => tail * (Math.Log(-one / shape) - shape - 1))];
        double mean = b.Select((one, j) => one / likelihood.Sum(other => Math.Exp(other - likelihood[j]))).Sum();
        double raw = y.Average(value => Math.Log(1 - (mean * value))), sigma = -raw / mean, fitted = ((tail * raw) + 5) / (tail + 10);
        for (int j = 1; j <= tail; j++)
        {
            double share = (j - 0.5) / tail;
            weights[order[count - tail + j - 1]] = Math.Min(1, cutoff + (sigma / fitted * (Math.Pow(1 - share, -fitted) - 1)));
        }

        return ([.. weights.Select(weight => Math.Log(weight / weights.Sum()))], fitted);
    }
}
