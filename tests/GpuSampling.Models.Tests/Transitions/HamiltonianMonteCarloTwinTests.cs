using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Models.Tests.Densities;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>The sampler in float64 against its twin, transition by transition, on every ready model.</summary>
public sealed class HamiltonianMonteCarloTwinTests
{
    private const int ChainCount = 6;
    private const int DrawCount = 5;
    private const uint FirstChain = 3;
    private const ulong Seed = 0xABCDEF0123456789;

    [Theory]
    [MemberData(nameof(ModelCase.Names), MemberType = typeof(ModelCase))]
    public void The_kernel_makes_the_twins_transitions(string name)
    {
        ModelCase one = ModelCase.Find(name);
        IEnumerable<TwinOutcome> outcomes = Compare(one, StepSizeFor(name), 1e-10);
        Assert.Contains(outcomes, outcome => outcome.Accepted);
    }

    [Fact]
    public void Rejections_and_divergences_are_among_what_is_compared()
    {
        // Large steps and far too large ones.
        List<TwinOutcome> outcomes =
        [
            .. Compare(ModelCase.Find("eight-schools"), 0.6, 1e-9),
            .. Compare(ModelCase.Find("banana"), 0.6, 1e-9),
            .. Compare(ModelCase.Find("funnel"), 1.2, 1e-9),
        ];
        Assert.Contains(outcomes, outcome => !outcome.Accepted && !outcome.Diverged && outcome.Acceptance > 0.01);
        Assert.Contains(outcomes, outcome => outcome.Diverged);
        Assert.Contains(outcomes, outcome => outcome.Accepted && outcome.Acceptance < 1);
    }

    private static double StepSizeFor(string name) => name == "logistic-regression" ? 0.02 : 0.15;

    private static List<TwinOutcome> Compare(ModelCase one, double stepSize, double tolerance)
    {
        double[] scales = [.. one.Spread.Select((spread, i) => Math.Min(spread, 2) * (1 + (0.1 * i)))];
        HamiltonianMonteCarloOptions options = new()
        {
            StepSize = stepSize,
            Scales = [.. scales],
            PathLength = 12 * stepSize,
            PathJitter = 0.7,
        };
        RunOptions run = new() { ChainCount = ChainCount, WarmupCount = 0, DrawCount = DrawCount, Seed = Seed, FirstChain = FirstChain };
        using SimdEngine engine = new(VectorWidth.Scalar, 1);
        (KeptDraws<double> draws, SamplingResult result) = new HamiltonianMonteCarloSampler(options).Sample<double>(
            one.Posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken);

        double constant = one.Plain.LogDensity(one.Centre) - ModelEvaluation.Of<Float64>(one.Posterior).LogDensity(one.Centre);
        List<TwinOutcome> outcomes = [];
        for (int chain = 0; chain < ChainCount; chain++)
        {
            HamiltonianMonteCarloTwin twin = new(one.Plain, Seed, FirstChain + (uint)chain);
            twin.Start(one.Posterior.Dimension, options.InitialRadius);
            for (int draw = 0; draw < DrawCount; draw++)
            {
                int leapfrogs = HamiltonianMonteCarloTwin.LeapfrogCount(Seed, (uint)draw, stepSize, options.PathLength, options.PathJitter);
                TwinOutcome outcome = twin.Step((uint)draw, stepSize, scales, leapfrogs);
                outcomes.Add(outcome);
                double[] outputs = one.Plain.Outputs(twin.Position);
                AssertRow(DrawRows.LogDensity, outcome.LogDensity - constant);
                AssertRow(DrawRows.Energy, outcome.Energy + constant);
                AssertRow(DrawRows.Acceptance, outcome.Acceptance);
                AssertRow(DrawRows.Divergent, outcome.Diverged ? 1 : 0);
                for (int i = 0; i < outputs.Length; i++)
                {
                    AssertRow(DrawRows.Outputs + i, outputs[i]);
                }

                void AssertRow(int row, double expected) =>
                    Assert.Equal(expected, draws.Row(row)[(draw * ChainCount) + chain], tolerance * (1 + Math.Abs(expected)));
            }
        }

        Assert.Equal(outcomes.Count(outcome => outcome.Diverged), result.DivergenceCount);
        Assert.Equal(outcomes.Average(outcome => outcome.Acceptance), result.MeanAcceptance, 1e-8);
        Assert.Equal(
            Enumerable.Range(0, DrawCount).Sum(draw => HamiltonianMonteCarloTwin.LeapfrogCount(
                Seed, (uint)draw, stepSize, options.PathLength, options.PathJitter)) * ChainCount,
            result.GradientCount);
        return outcomes;
    }
}
