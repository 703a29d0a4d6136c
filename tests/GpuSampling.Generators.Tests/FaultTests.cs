using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Reading;
using GpuSampling.Generators.Support;
using GpuSampling.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Tests;

/// <summary>A fault of the generator itself is reported, at the statement that it arose from, and does not bring down the compiler.</summary>
public class FaultTests
{
    /// <summary>Both faults come from "x - 1" replaced: by an expression that nothing knows, or by a function without a derivative.</summary>
    [Theory]
    [InlineData(false, "Unknown")]
    [InlineData(true, "KeyNotFound")]
    public void Is_reported_at_its_statement(bool isOfDifferentiation, string message)
    {
        const string source = "[Model] public partial class M { [Parameter] double x; double LogDensity() { double y = 2 * x; if (x > 0) { y = x - 1; } return y; } }";
        GeneratorDriver driver = GeneratorRun.Driver(tracks: true).RunGenerators(GeneratorRun.Compile(source), TestContext.Current.CancellationToken);
        var reading = (ModelReading)driver.GetRunResult().Results[0].TrackedSteps[ModelGenerator.ReadingStep].Single().Outputs.Single().Value;
        ModelProgram program = reading.Program!;

        Function density = program.Functions.Single(function => function.Name == "LogDensity");
        Statement[] statements = [.. density.Body.Statements];
        var branch = (Branch)statements[1];
        var assignment = (Assignment)branch.WhenTrue.Statements.Single();
        Statement broken = assignment with
        {
            Value = isOfDifferentiation
                ? new IntrinsicCall("NoSuchFunction", new[] { ((BinaryExpression)assignment.Value).Left }.ToEquatableArray(), ProgramType.Real, assignment.Value.Span)
                : new Unknown(assignment.Value.Span),
        };
        statements[1] = branch with { WhenTrue = branch.WhenTrue with { Statements = new[] { broken }.ToEquatableArray() } };
        Function changed = density with { Body = density.Body with { Statements = statements.ToEquatableArray() } };
        ModelReading faulty = reading with { Program = program with { Functions = program.Functions.Select(one => one == density ? changed : one).ToEquatableArray() } };

        GeneratedModel result = ModelEmitter.Generate(faulty, TestContext.Current.CancellationToken);
        Assert.Null(result.Source);
        Diagnostic diagnostic = Assert.Single(result.Diagnostics).ToDiagnostic();
        Assert.Equal("GS0199", diagnostic.Id);
        string text = "using System; using GpuSampling.Modeling;\n" + source;
        Assert.Equal("y = x - 1;", text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Contains(message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private sealed record Unknown(SourceSpan Span) : Expression(ProgramType.Real, Span);
}
