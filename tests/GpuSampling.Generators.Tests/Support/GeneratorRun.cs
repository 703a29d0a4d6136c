using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using GpuSampling.Modeling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>Runs the generator over source text, as the compiler does.</summary>
internal sealed class GeneratorRun
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll" or "System.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Posterior).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(GpuSampling.Kernels.Lanes.Float64).Assembly.Location),
    ];

    private GeneratorRun(Compilation output, GeneratorDriverRunResult result)
    {
        Output = output;
        Result = result;
    }

    public Compilation Output { get; }

    public GeneratorDriverRunResult Result { get; }

    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    public IEnumerable<string> Sources => Result.GeneratedTrees.Select(tree => tree.ToString());

    public static CSharpCompilation Compile(params string[] sources) => Compile(OptimizationLevel.Release, sources);

    private static CSharpCompilation Compile(OptimizationLevel optimization, params string[] sources) => CSharpCompilation.Create(
        "Models" + Guid.NewGuid().ToString("N"),
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(
            "using System; using GpuSampling.Modeling;\n" + source, new CSharpParseOptions(LanguageVersion.Preview), path: $"Model{i}.cs")),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimization, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(bool tracks = false) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: new CSharpParseOptions(LanguageVersion.Preview),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: tracks));

    public static GeneratorRun Of(params string[] sources) => Of(OptimizationLevel.Release, sources);

    /// <summary>The same for models that run a few times only: what is compiled as debug code starts sooner.</summary>
    public static GeneratorRun OfShortLived(params string[] sources) => Of(OptimizationLevel.Debug, sources);

    private static GeneratorRun Of(OptimizationLevel optimization, string[] sources)
    {
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(Compile(optimization, sources), out Compilation output, out _);
        return new GeneratorRun(output, driver.GetRunResult());
    }

    /// <summary>Compiles and loads the models; fails with the errors and the generated code if that does not work.</summary>
    public Assembly Load()
    {
        Assert.Empty(Result.Diagnostics);
        foreach (GeneratorRunResult one in Result.Results)
        {
            Assert.Null(one.Exception);
        }

        using var stream = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = Output.Emit(stream);
        Assert.True(
            emitted.Success,
            string.Join("\n", emitted.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(10)) + "\n" + string.Join("\n", Sources));
        stream.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(stream);
    }
}
