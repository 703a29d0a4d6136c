using System.Xml.Linq;

namespace GpuSampling.Cli.Tests;

/// <summary>
/// What a user does who has only the packages: install the command, write a project with it, build, check and sample that, and ask
/// for a GPU engine. Nothing refers to this repository but a folder of packages.
/// </summary>
public sealed class PackageTests
{
    private static readonly string[] Packed =
        ["kernels/GpuSampling.Kernels", "src/GpuSampling", "src/GpuSampling.Models", "src/GpuSampling.Ilgpu", "src/GpuSampling.Cli"];

    [Fact]
    [Trait("Category", "Exhaustive")]
    public async Task ANewModelBuildsAndSamplesFromPackages()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE") == "1", "Packing and restoring take minutes: set GPUSAMPLING_EXHAUSTIVE=1.");
        using TemporaryFolder folder = new();
        string source = await PackAll(folder), packages = folder.File("restored"), tools = folder.File("tools");
        await Succeeds("dotnet", $"tool install GpuSampling.Cli --version {NewModelCommand.Version} --tool-path \"{tools}\"");
        string command = Path.Combine(tools, OperatingSystem.IsWindows() ? "gpusampling.exe" : "gpusampling");
        await Succeeds(command, "new model CoinFlips");

        // Fields without initializers, and analyzers off: the compiler has nothing to warn of.
        string project = folder.File("CoinFlips"), model = Path.Combine(project, "CoinFlips.cs");
        string text = await File.ReadAllTextAsync(model, TestContext.Current.CancellationToken);
        Assert.Contains(" = []", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            model, text.Replace(" = []", "", StringComparison.Ordinal).Replace("required double[]", "double[]", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await Succeeds("dotnet", "build -c Release -warnaserror -p:RunAnalyzers=false", project);
        Assert.Contains("theta[8]", await Succeeds("dotnet", "run -c Release --no-build", project), StringComparison.Ordinal);

        string given = "bin/Release/net10.0/CoinFlips.dll --data data.json";
        Assert.Contains("gradient: passed", await Succeeds(command, "model check " + given, project), StringComparison.Ordinal);
        string run = " --model CoinFlips --chains 8 --warmup 60 --draws 20 --engine ";
        Assert.Contains("theta[8]", await Succeeds(command, "sample " + given + run + "simd", project), StringComparison.Ordinal);
        if (File.Exists(Path.Combine(source, $"GpuSampling.Ilgpu.{NewModelCommand.Version}.nupkg")))
        {
            Assert.Contains("theta[8]", await Succeeds(command, "sample " + given + run + "ilgpu-cpu", project), StringComparison.Ordinal);
            await SampleInOwnProgram(project);
        }

        async Task SampleInOwnProgram(string at)
        {
            // The engine for GPUs is one more package; that of ILGPU itself comes with it.
            string file = Path.Combine(at, "CoinFlips.csproj"), program = Path.Combine(at, "Program.cs");
            var xml = XDocument.Load(file);
            XElement reference = xml.Descendants("PackageReference").Single();
            reference.AddAfterSelf(new XElement("PackageReference", new XAttribute("Include", "GpuSampling.Ilgpu"), new XAttribute("Version", NewModelCommand.Version)));
            xml.Save(file);
            string code = await File.ReadAllTextAsync(program, TestContext.Current.CancellationToken);
            Assert.Contains("using SimdEngine engine = new();", code, StringComparison.Ordinal);
            await File.WriteAllTextAsync(program, "using GpuSampling.Ilgpu;\n" + code
                .Replace("using SimdEngine engine = new();", "using IlgpuEngine engine = IlgpuEngine.Open(\"ilgpu-cpu\");", StringComparison.Ordinal)
                .Replace("ChainCount = 256, WarmupCount = 300, DrawCount = 200", "ChainCount = 8, WarmupCount = 60, DrawCount = 20", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Assert.Contains("theta[8]", await Succeeds("dotnet", "run -c Release", at), StringComparison.Ordinal);
        }

        async Task<string> Succeeds(string program, string arguments, string? at = null)
        {
            (int exitCode, string output) = await DotnetRun.Of(program, arguments, at ?? folder.Path, packages);
            Assert.True(exitCode == 0, $"{program} {arguments} ended with {exitCode}:\n{output}");
            return output;
        }
    }

    /// <summary>Packs what this build has, and makes the folder the only source besides those configured for ILGPU and the command's own packages.</summary>
    private static async Task<string> PackAll(TemporaryFolder folder)
    {
        string root = TestSupport.ReferenceData.RepositoryRoot!, source = folder.File("source");
        string configuration = AppContext.BaseDirectory.Contains("debug", StringComparison.OrdinalIgnoreCase) ? "Debug" : "Release";
        foreach (string project in Packed)
        {
            (int exitCode, string output) = await DotnetRun.Of($"pack {project} -c {configuration} -m:1 -o \"{source}\"", root);
            Assert.True(exitCode == 0, output);
        }

        (_, string configured) = await DotnetRun.Of("nuget locals global-packages --list", root);
        string cached = configured[(configured.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        string[] sources = [.. Directory.EnumerateFiles(cached, "ilgpu*.nupkg", SearchOption.AllDirectories)];
        foreach (string package in sources)
        {
            File.Copy(package, Path.Combine(source, Path.GetFileName(package)), overwrite: true);
        }

        folder.Write("NuGet.config", $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration><packageSources><clear /><add key="packed" value="{source}" /></packageSources></configuration>
            """);
        return source;
    }
}
