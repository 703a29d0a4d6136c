using System.Reflection;
using System.Text.Json;
using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>Random programs: no failure of the generator, no compiler error in what it writes, and gradients as dual numbers have them.</summary>
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
            mismatches.AddRange(Mismatches(range[0] + done, Math.Min(100, range[1] - done)));
            TestContext.Current.TestOutputHelper?.WriteLine($"{done + 100} programs from {range[0]}, {mismatches.Count} mismatches");
        }

        Assert.True(mismatches.Count == 0, string.Join("\n\n", mismatches));
    }

    private static List<string> Mismatches(int first, int count)
    {
        // Many programs in one compilation: the compiler's start costs more than they do.
        string[] sources = [.. Enumerable.Range(first, count).Select(seed => RandomProgram.Create($"Random{seed}", seed))];
        Assembly assembly = GeneratorRun.OfShortLived(sources).Load();
        IReadOnlyDictionary<string, DualModel> duals = DualModel.CompileShortLived(sources);
        using JsonDocument data = JsonDocument.Parse(RandomProgram.Data);
        var mismatches = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string name = $"Random{first + i}";
            object model = assembly.GetType(name)!.GetMethod("FromJson")!.Invoke(null, [data.RootElement])!;
            try
            {
                GradientCheck.Run(model, duals[name], points: 3, seed: i, scale: 1);
            }
            catch (Exception exception) when (exception is Xunit.Sdk.XunitException or IndexOutOfRangeException or TargetInvocationException)
            {
                mismatches.Add($"{exception.InnerException?.Message ?? exception.Message}\n{sources[i]}");
            }
        }

        return mismatches;
    }
}
