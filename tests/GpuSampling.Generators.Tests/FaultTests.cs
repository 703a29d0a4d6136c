using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Reading;
using GpuSampling.Generators.Support;
using GpuSampling.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GpuSampling.Generators.Tests;

/// <summary>A fault of the generator itself is reported, at the innermost expression that it arose from, and does not bring down the compiler.</summary>
public class FaultTests
{
    private const string Source = """
        [Model]
        public partial class M
        {
            [Parameter] double x;
            double LogDensity()
            {
                double y = 2 * x;
                if (x > 0) { y = Half(x - 1) + Density.Normal(x, 0, 1); }
                return y;
            }
            static double Half(double u) => u * Math.Sin(0.5 * u);
        }
        """;

    /// <summary>What is planted in place of one expression, and which one is marked.</summary>
    [Theory]
    [InlineData("Unknown", "x - 1", "x - 1")]
    [InlineData("Unknown", "0.5 * u", "0.5 * u")]
    [InlineData("Unknown", "2 * x", "2 * x")]
    [InlineData("NoSuchFunction", "x - 1", "x - 1")] // it has no derivative
    [InlineData("NoSuchFunction", "0.5 * u", "0.5 * u")]
    [InlineData("NoSuchFunction", "Math.Sin(0.5 * u)", "Math.Sin(0.5 * u)")]
    [InlineData("Unknown", "library", "Density.Normal(x, 0, 1)")]
    [InlineData("NoSuchFunction", "library", "Density.Normal(x, 0, 1)")]
    public void Is_reported_at_its_expression(string planted, string place, string marked)
    {
        GeneratorDriver driver = GeneratorRun.Driver(tracks: true).RunGenerators(GeneratorRun.Compile(Source), TestContext.Current.CancellationToken);
        var reading = (ModelReading)driver.GetRunResult().Results[0].TrackedSteps[ModelGenerator.ReadingStep].Single().Outputs.Single().Value;
        ModelProgram program = reading.Program!;
        int count = 0;
        Expression Plant(Expression one)
        {
            count++;
            return planted == "Unknown" ? new Unknown(one.Span)
                : new IntrinsicCall("NoSuchFunction", new[] { one }.ToEquatableArray(), ProgramType.Real, one.Span);
        }

        bool IsWanted(Function function, Expression one) => place == "library"
            ? function.Name == "Normal" && one is BinaryExpression { Operator: BinaryOperator.Divide }
            : !function.IsLibrary && TextAt(one.Span) == place;
        Function[] functions = [.. program.Functions.Select(function => function with { Body = (Block)Replaced(function.Body, one => IsWanted(function, one), Plant) })];
        Assert.Equal(1, count);

        GeneratedModel result = ModelEmitter.Generate(reading with { Program = program with { Functions = functions.ToEquatableArray() } }, TestContext.Current.CancellationToken);
        Assert.Null(result.Source);
        DiagnosticInfo diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("GS0199", marked), (diagnostic.Id, TextAt(diagnostic.Span)));
        Assert.Contains(planted == "Unknown" ? "Unknown" : "KeyNotFound", diagnostic.ToDiagnostic().GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>A reader that has nobody to collect called methods fails at the call.</summary>
    [Fact]
    public void Is_noted_at_its_expression_while_the_source_is_read()
    {
        CSharpCompilation compilation = GeneratorRun.Compile(Source);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        SemanticModel semantics = compilation.GetSemanticModel(tree);
        ExpressionSyntax sum = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<BinaryExpressionSyntax>().First(one => one.ToString().StartsWith("Half", StringComparison.Ordinal));
        var method = (IMethodSymbol)semantics.GetEnclosingSymbol(sum.SpanStart, TestContext.Current.CancellationToken)!;
        IOperation operation = semantics.GetOperation(((InvocationExpressionSyntax)((BinaryExpressionSyntax)sum).Right).ArgumentList.Arguments[1].Expression, TestContext.Current.CancellationToken)!;
        Assert.Equal(new IntegerLiteral(0, SourceSpan.Of(operation.Syntax.GetLocation())), OperationReader.ReadExpression(null!, method, operation));
        Exception fault = Assert.ThrowsAny<Exception>(() => OperationReader.ReadExpression(null!, method, semantics.GetOperation(sum, TestContext.Current.CancellationToken)!));
        Assert.Equal("x", TextAt(FaultPlace.Of(fault)!.Value));
        DiagnosticInfo report = FaultPlace.Report(fault, "M", default);
        Assert.Equal(("GS0199", "x"), (report.Id, TextAt(report.Span)));
    }

    private static string TextAt(SourceSpan span) => ("using System; using GpuSampling.Modeling;\n" + Source).Substring(span.Start, span.Length);

    /// <summary>A statement with some of its expressions replaced.</summary>
    private static Statement Replaced(Statement statement, Func<Expression, bool> isWanted, Func<Expression, Expression> replacement)
    {
        Expression In(Expression one) => isWanted(one) ? replacement(one) : one switch
        {
            BinaryExpression binary => binary with { Left = In(binary.Left), Right = In(binary.Right) },
            IntrinsicCall call => call with { Arguments = call.Arguments.Select(In).ToEquatableArray() },
            FunctionCall call => call with { Arguments = call.Arguments.Select(In).ToEquatableArray() },
            _ => one,
        };
        return statement switch
        {
            Block block => block with { Statements = block.Statements.Select(one => Replaced(one, isWanted, replacement)).ToEquatableArray() },
            Branch branch => branch with { WhenTrue = (Block)Replaced(branch.WhenTrue, isWanted, replacement), WhenFalse = (Block)Replaced(branch.WhenFalse, isWanted, replacement) },
            Declaration { Initializer: { } value } declaration => declaration with { Initializer = In(value) },
            Assignment assignment => assignment with { Value = In(assignment.Value) },
            Return { Value: { } value } ending => ending with { Value = In(value) },
            _ => statement,
        };
    }

    private sealed record Unknown(SourceSpan Span) : Expression(ProgramType.Real, Span);
}
