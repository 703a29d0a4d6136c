using GpuSampling.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GpuSampling.Generators.Tests;

public class IncrementalityTests
{
    private const string Model = "[Model] public partial class M { [Parameter] double x; double LogDensity() => Density.Normal(x, SCALE, 2); }";

    [Fact]
    public void EditingAnotherFileDoesNotDifferentiateAgain()
    {
        CSharpCompilation compilation = GeneratorRun.Compile(Model.Replace("SCALE", "1", StringComparison.Ordinal), "class Other { }");
        GeneratorDriver driver = GeneratorRun.Driver(tracks: true).RunGenerators(compilation, TestContext.Current.CancellationToken);
        SyntaxTree other = compilation.SyntaxTrees[1];
        compilation = compilation.ReplaceSyntaxTree(other, CSharpSyntaxTree.ParseText(
            "class Other { int y; }", (CSharpParseOptions)other.Options, cancellationToken: TestContext.Current.CancellationToken));
        driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
        Assert.All(Reasons(driver), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));
    }

    [Fact]
    public void EditingTheModelDoes()
    {
        CSharpCompilation compilation = GeneratorRun.Compile(Model.Replace("SCALE", "1", StringComparison.Ordinal));
        GeneratorDriver driver = GeneratorRun.Driver(tracks: true).RunGenerators(compilation, TestContext.Current.CancellationToken);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
            tree.ToString().Replace("(x, 1", "(x, 3", StringComparison.Ordinal), (CSharpParseOptions)tree.Options, cancellationToken: TestContext.Current.CancellationToken));
        driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(driver));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriver driver) => driver.GetRunResult().Results[0]
        .TrackedSteps[ModelGenerator.GenerationStep].SelectMany(step => step.Outputs).Select(output => output.Reason);
}
