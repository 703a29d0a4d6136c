using System.Reflection;
using System.Text.Json;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests;

/// <summary>
/// Random programs: no failure of the generator, no compiler error in what it writes, gradients and parameters as dual numbers have
/// them, generated quantities as plain C# has them, parts of the data that add up to the whole and, of every sixteenth, the same bits in registers of every width.
/// </summary>
public class RandomProgramTests
{
    [Fact]
    public void Gradients_of_random_programs_are_right() => Assert.Empty(Mismatches(first: 0, count: 40));

    /// <summary>The range can be chosen: GPUSAMPLING_RANDOM_PROGRAMS="first count", in batches of a hundred.</summary>
    [Fact]
    [Trait("Category", "Exhaustive")]
    public void Gradients_of_thousands_of_random_programs_are_right()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE") == "1", "Thousands of programs take minutes: set GPUSAMPLING_EXHAUSTIVE=1.");
        int[] range = [.. (Environment.GetEnvironmentVariable("GPUSAMPLING_RANDOM_PROGRAMS") ?? "1000 3000").Split(' ').Select(int.Parse)];
        var mismatches = new List<string>();
        for (int done = 0; done < range[1]; done += 100)
        {
            List<string> found = Mismatches(range[0] + done, Math.Min(100, range[1] - done));
            mismatches.AddRange(found);
            TestContext.Current.TestOutputHelper?.WriteLine($"{done + 100} programs from {range[0]}, {mismatches.Count} mismatches");
            found.ForEach(one => TestContext.Current.TestOutputHelper?.WriteLine(one));
        }

        Assert.True(mismatches.Count == 0, string.Join("\n\n", mismatches));
    }

    private static List<string> Mismatches(int first, int count)
    {
        // Many programs in one compilation: the compiler's start costs more than they do.
        int[] seeds = [.. Enumerable.Range(first, count)];
        var mismatches = new List<string>();
        GeneratorRun run = GeneratorRun.OfShortLived([.. seeds.Select(Source)]);
        if (!run.Diagnostics.IsEmpty)
        {
            mismatches.AddRange(run.Diagnostics.Select(one => one.ToString()));
            seeds = [.. seeds.Where(seed => !run.Diagnostics.Any(one => one.Location.GetLineSpan().Path == $"Model{seed - first}.cs"))];
            run = GeneratorRun.OfShortLived([.. seeds.Select(Source)]);
        }

        Assembly assembly = run.Load();
        IReadOnlyDictionary<string, DualModel> duals = DualModel.CompileShortLived([.. seeds.Select(Source)]);
        using JsonDocument data = JsonDocument.Parse(RandomProgram.Data);
        foreach (int seed in seeds)
        {
            object model = assembly.GetType($"Random{seed}")!.GetMethod("FromJson")!.Invoke(null, [data.RootElement])!;
            try
            {
                GradientCheck.Run(model, duals[$"Random{seed}"], points: 3, seed: seed - first, scale: 1);
                OutputCheck.Run(model, duals[$"Random{seed}"], points: 2, seed: seed);
                if (seed % 16 == 0)
                {
                    Posterior posterior = ((IModelDefinition)model).ToPosterior();
                    LaneBits.AssertSameForAllWidths(posterior, [.. GradientCheck.Points(posterior.Dimension, 16, seed, 1)]);
                }
            }
            catch (Exception exception) when (exception is Xunit.Sdk.XunitException or IndexOutOfRangeException or TargetInvocationException)
            {
                mismatches.Add($"{exception.InnerException?.Message ?? exception.Message}\n{Source(seed)}");
            }
        }

        return mismatches;
    }

    private static string Source(int seed) => RandomProgram.Create($"Random{seed}", seed);
}
