using System.Text.Json;
using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>Random programs: no failure of the generator, no compiler error in what it writes, and gradients as dual numbers have them.</summary>
public class RandomProgramTests
{
    [Fact]
    public void Gradients_of_random_programs_are_right() => Check(first: 0, count: 40);

    [Fact]
    [Trait("Category", "Exhaustive")]
    public void Gradients_of_thousands_of_random_programs_are_right()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE") == "1", "Thousands of programs take minutes: set GPUSAMPLING_EXHAUSTIVE=1.");
        for (int batch = 0; batch < 20; batch++)
        {
            Check(first: 1000 + (100 * batch), count: 100);
            TestContext.Current.TestOutputHelper?.WriteLine($"{100 * (batch + 1)} programs");
        }
    }

    private static void Check(int first, int count)
    {
        // Many programs in one compilation: the compiler's start costs more than they do.
        string[] sources = [.. Enumerable.Range(first, count).Select(seed => RandomProgram.Create($"Random{seed}", seed))];
        System.Reflection.Assembly assembly = GeneratorRun.Of(sources).Load();
        IReadOnlyDictionary<string, DualModel> duals = DualModel.Compile(sources);
        using JsonDocument data = JsonDocument.Parse(RandomProgram.Data);
        for (int i = 0; i < count; i++)
        {
            string name = $"Random{first + i}";
            object model = assembly.GetType(name)!.GetMethod("FromJson")!.Invoke(null, [data.RootElement])!;
            try
            {
                GradientCheck.Run(model, duals[name], points: 3, seed: i, scale: 1);
            }
            catch (Exception exception) when (exception is Xunit.Sdk.XunitException or IndexOutOfRangeException)
            {
                Assert.Fail($"{exception.Message}\n{sources[i]}");
            }
        }
    }
}
