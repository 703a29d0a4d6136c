using System.Text.Json;
using GpuSampling.Engines;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Generators.Tests;

/// <summary>One model with 1 and with 5000 parameters, which carries a value through them all: its gradient, its draws, its memory.</summary>
public class DimensionTests
{
    private const int WidestPack = 16;

    private static readonly string Source = PosteriorModels.Source("Chained");

    private static readonly Lazy<Type> Model = new(() => GeneratorRun.Of(Source).Load().GetTypes().Single(type => type.Name == "Chained"));

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void Gradients_are_right(int dimension) =>
        GradientCheck.Run(Definition(dimension), DualModel.Compile(Source)["Chained"], points: 5, seed: 3, scale: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void Models_sample_and_their_state_and_tape_count_as_memory(int dimension)
    {
        Posterior posterior = Definition(dimension).ToPosterior();
        using SimdEngine ample = new();
        double[] expected = Draw(posterior, ample);
        Assert.All(expected, value => Assert.True(double.IsFinite(value)));
        Assert.True(expected.Distinct().Count() > 10);

        // Too little for one pack of chains is refused with both sizes; the need grows by position, gradient and tape at the least.
        using SimdEngine tiny = new() { MemoryLimit = 100 };
        InsufficientEngineMemoryException refusal = Assert.Throws<InsufficientEngineMemoryException>(() => Draw(posterior, tiny));
        Assert.Equal(100, refusal.AvailableBytes);
        int scratch = posterior.Accept(new ScratchLength());
        Assert.True(scratch >= dimension, "The values carried through the loop are kept on a tape.");
        Assert.InRange(refusal.NeededBytes, (long)WidestPack * sizeof(double) * ((2 * dimension) + scratch), long.MaxValue);
        Assert.Contains("100", refusal.Message, StringComparison.Ordinal);

        // Just enough for one pack splits the chains into three batches with the same draws; a byte less does not do.
        using SimdEngine small = new() { MemoryLimit = refusal.NeededBytes };
        Assert.Equal(expected, Draw(posterior, small));
        using SimdEngine shortOfIt = new() { MemoryLimit = refusal.NeededBytes - 1 };
        Assert.Throws<InsufficientEngineMemoryException>(() => Draw(posterior, shortOfIt));
    }

    private static IModelDefinition Definition(int dimension)
    {
        using JsonDocument data = JsonDocument.Parse($$"""{"D": {{dimension}}}""");
        return (IModelDefinition)Model.Value.GetMethod("FromJson")!.Invoke(null, [data.RootElement])!;
    }

    private static double[] Draw(Posterior posterior, Engine engine)
    {
        KeptDraws<double> draws = new HamiltonianMonteCarloSampler(new HamiltonianMonteCarloOptions { MaximumLeapfrogCount = 6 }).Sample<double>(
            posterior, new RunOptions { ChainCount = 3 * WidestPack, WarmupCount = 10, DrawCount = 3, Seed = 5 }, engine,
            cancellationToken: TestContext.Current.CancellationToken).Draws;
        return [.. new[] { draws.Labels[0], draws.Labels[^1] }.SelectMany(label => draws[label].ToArray())];
    }

    private sealed class ScratchLength : IPosteriorVisitor<int>
    {
        public int Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, GpuSampling.Kernels.Models.IModel => posterior.Model.ScratchLength;
    }
}
