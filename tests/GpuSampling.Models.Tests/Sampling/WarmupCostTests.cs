using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Random;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Sampling;

/// <summary>
/// What warm-ups of trajectories cost where the posterior is a hundredth as wide as the starts: a trajectory length in units of a metric
/// that is not known yet, or a step size that swings far below what is accepted, makes hundreds of steps of a transition.
/// </summary>
public sealed class WarmupCostTests
{
    private const int Rows = 2000, Columns = 10;

    /// <summary>Eight steps at most until the metric is known, and the length 4 of whitened trajectories takes about as many.</summary>
    [Theory]
    [InlineData("hmc")]
    [InlineData("snaper")]
    [InlineData("chees")]
    [InlineData("mams")]
    public void A_warm_up_takes_few_gradients(string name)
    {
        Sampler sampler = name switch
        {
            "hmc" => new HamiltonianMonteCarloSampler(),
            "snaper" => new SnaperSampler(),
            "chees" => new CheesSampler(),
            _ => new MicrocanonicalSampler(),
        };
        using SimdEngine engine = new();
        (_, SamplingResult result) = sampler.Sample<float>(
            Narrow(), new RunOptions { ChainCount = 32, WarmupCount = 200, DrawCount = 20, Seed = 4 }, engine, null, TestContext.Current.CancellationToken);
        double each = (double)result.WarmupGradientCount / (32 * 200);
        Assert.True(each < 6, $"{each:0.0} gradients for each transition of the warm-up");
    }

    private static Posterior<LogisticRegressionModel> Narrow()
    {
        float[] numbers = new float[(Rows * Columns) + Rows];
        new RandomStream(3).FillNormal(numbers);
        double[,] design = new double[Rows, Columns];
        int[] labels = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            double eta = 0.3;
            for (int column = 0; column < Columns; column++)
            {
                design[row, column] = numbers[(row * Columns) + column];
                eta += design[row, column] * Math.Cos(column);
            }

            labels[row] = eta + (1.7 * numbers[(Rows * Columns) + row]) > 0 ? 1 : 0;
        }

        return LogisticRegression.Posterior(design, labels);
    }
}
