using System.Text.Json;
using GpuSampling.Engines;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Models.Tests.References;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Generators.Tests.Transforms;

/// <summary>
/// Known distributions sampled through every transform. Errors are from the spread of 256 chains. A mean or variance is off by 4.3
/// standard errors by chance once in 50,000 (Student's t with 255 degrees); of some ninety numbers, one false alarm in 500 seeds. The
/// seed is fixed.
/// </summary>
public class TransformSamplingTests
{
    private const double Limit = 4.3;

    [Fact]
    public void Means_and_variances_are_those_of_the_known_distributions()
    {
        IModelDefinition definition = Definition();
        List<(KnownMoment Moment, double Score, string What)> scores = Scores(definition);
        TestContext.Current.TestOutputHelper?.WriteLine($"{scores.Count} numbers, largest |z| {scores.Max(one => one.Score):F2}");
        Assert.All(scores, one => Assert.True(one.Score < Limit, $"z = {one.Score:F2}: {one.What}"));

        // The control: every Jacobian taken away, every parameter but the unconstrained one is far off.
        definition.GetType().GetField("isComplete")!.SetValue(definition, 0);
        foreach (IGrouping<string, (KnownMoment Moment, double Score, string What)> parameter in Scores(definition).GroupBy(one => one.Moment.Parameter))
        {
            double worst = parameter.Max(one => one.Score);
            Assert.True(parameter.Key == "free" || worst > 2 * Limit, $"Without its Jacobian {parameter.Key} has z = {worst:F2} only.");
        }
    }

    private static IModelDefinition Definition()
    {
        using JsonDocument data = JsonDocument.Parse(KnownDensities.Data);
        return (IModelDefinition)GeneratorRun.Of(KnownDensities.Source).Load().GetType("KnownDensities")!.GetMethod("FromJson")!.Invoke(null, [data.RootElement])!;
    }

    private static List<(KnownMoment Moment, double Score, string What)> Scores(IModelDefinition definition)
    {
        using SimdEngine engine = new();
        RunOptions run = new() { ChainCount = 256, WarmupCount = 300, DrawCount = 200, Seed = 31 };
        KeptDraws<double> draws = new HamiltonianMonteCarloSampler(new HamiltonianMonteCarloOptions { MaximumLeapfrogCount = 32 }).Sample<double>(
            definition.ToPosterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        var scores = new List<(KnownMoment, double, string)>();
        foreach (KnownMoment known in KnownDensities.Moments())
        {
            ReadOnlySpan<double> values = draws[known.Label], others = draws[known.Other ?? known.Label];
            double otherMean = known.Other is null ? known.Mean : known.OtherMean;
            double[] means = new double[draws.ChainCount], products = new double[draws.ChainCount];
            for (int i = 0; i < values.Length; i++)
            {
                means[i % draws.ChainCount] += values[i] / run.DrawCount;
                products[i % draws.ChainCount] += (values[i] - known.Mean) * (others[i] - otherMean) / run.DrawCount;
            }

            if (known.Other is null)
            {
                Add(means, known.Mean, "mean of " + known.Label);
            }

            Add(products, known.Variance, known.Other is null ? "variance of " + known.Label : $"covariance of {known.Label} and {known.Other}");
            void Add(double[] chains, double exact, string what)
            {
                (double mean, double error) = RunMoments.MeanOfChains(chains);
                scores.Add((known, Math.Abs(mean - exact) / error, $"{what} is {mean} ± {error}, should be {exact}"));
            }
        }

        return scores;
    }
}
