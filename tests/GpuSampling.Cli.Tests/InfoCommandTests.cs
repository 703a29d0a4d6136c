using System.Text.Json;
using GpuSampling.Engines;

namespace GpuSampling.Cli.Tests;

public sealed class InfoCommandTests
{
    [Fact]
    public async Task EveryEngineIsEitherPresentOrMissingWithAReason()
    {
        CommandRun run = await CommandRun.Of("info", "--json");
        Assert.Equal(0, run.ExitCode);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        string[] present = Names(document, "engines");
        string[] missing = Names(document, "missing");
        foreach (string kind in new[] { "simd512", "simd256", "simd128", "scalar", "cuda", "opencl", "ilgpu-cpu" })
        {
            bool isPresent = present.Any(name => name.Split(':')[0] == kind);
            bool isMissing = missing.Any(name => name.Split(':')[0] == kind);
            Assert.True(isPresent || isMissing, $"{kind} is not mentioned");
        }

        Assert.Equal(VectorWidths.Present.Select(SimdEngine.NameOf), present.Take(VectorWidths.Present.Count));
        foreach (JsonElement engine in document.RootElement.GetProperty("missing").EnumerateArray())
        {
            Assert.EndsWith(".", engine.GetProperty("description").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TheTextNamesEnginesAndModels()
    {
        CommandRun run = await CommandRun.Of("info");
        Assert.Contains("scalar", run.Output, StringComparison.Ordinal);
        Assert.Contains("eight-schools", run.Output, StringComparison.Ordinal);
    }

    private static string[] Names(JsonDocument document, string member) =>
        [.. document.RootElement.GetProperty(member).EnumerateArray().Select(engine => engine.GetProperty("name").GetString()!)];
}
