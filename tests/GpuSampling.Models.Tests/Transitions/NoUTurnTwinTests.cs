using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Models.Tests.Densities;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>
/// The No-U-Turn sampler in float64 against its twin, which keeps whole trees: same draws, depths and numbers of leaves.
/// </summary>
public sealed class NoUTurnTwinTests
{
    private const int ChainCount = 11;
    private const int DrawCount = 6;
    private const int MaximumDepth = 6;
    private const ulong Seed = 0xABCDEF0123456789;

    [Theory]
    [InlineData("eight-schools", 0.25)]
    [InlineData("eight-schools", 0.9)]
    [InlineData("correlated-gaussian", 0.3)]
    [InlineData("logistic-regression", 0.05)]
    [InlineData("banana", 0.1)]
    [InlineData("funnel", 0.9)]
    public void The_kernel_makes_the_twins_transitions(string name, double stepSize)
    {
        ModelCase one = ModelCase.Find(name);
        int dimension = one.Posterior.Dimension;
        double[] scales = [.. one.Spread.Select((spread, i) => Math.Min(spread, 2) * (1 + (0.1 * i)))];
        NoUTurnOptions options = new() { StepSize = stepSize, Scales = [.. scales], MaximumTreeDepth = MaximumDepth };
        RunOptions run = new() { ChainCount = ChainCount, WarmupCount = 0, DrawCount = DrawCount, Seed = Seed };
        using SimdEngine engine = new();
        (KeptDraws<double> draws, SamplingResult result) = new NoUTurnSampler(options).Sample<double>(
            one.Posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken);
        double constant = one.Plain.LogDensity(one.Centre) - ModelEvaluation.Of<Float64>(one.Posterior).LogDensity(one.Centre);
        HashSet<int> depths = [];
        long leaves = 0;
        for (int chain = 0; chain < ChainCount; chain++)
        {
            HamiltonianMonteCarloTwin start = new(one.Plain, Seed, (uint)chain);
            start.Start(dimension, options.InitialRadius);
            NoUTurnTwin twin = new(one.Plain, Seed, (uint)chain, stepSize, scales, MaximumDepth) { Position = start.Position };
            for (int draw = 0; draw < DrawCount; draw++)
            {
                NoUTurnOutcome outcome = twin.Step((uint)draw);
                depths.Add(outcome.Depth);
                leaves += outcome.LeafCount;
                int place = (draw * ChainCount) + chain;
                Assert.Equal(outcome.Depth, draws.Statistic("tree_depth")[place]);
                Assert.Equal(outcome.LeafCount, draws.Statistic("n_steps")[place]);
                Assert.Equal(outcome.Diverged ? 1 : 0, draws.Row(DrawRows.Divergent)[place]);
                AssertClose(outcome.LogDensity - constant, draws.Row(DrawRows.LogDensity)[place]);
                AssertClose(outcome.Energy + constant, draws.Row(DrawRows.Energy)[place]);
                AssertClose(outcome.Acceptance, draws.Row(DrawRows.Acceptance)[place]);
                double[] outputs = one.Plain.Outputs(twin.Position);
                for (int i = 0; i < outputs.Length; i++)
                {
                    AssertClose(outputs[i], draws.Output(i)[place]);
                }
            }
        }

        Assert.Equal(leaves, result.GradientCount);
        Assert.True(depths.Count > 1, "Trees of one depth only say little.");

        static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-6 * (1 + Math.Abs(expected)));
    }
}
