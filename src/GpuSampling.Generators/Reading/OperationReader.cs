using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace GpuSampling.Generators.Reading;

/// <summary>
/// Reads one method of the source, by way of the compiler's operations, into a function of the program. What a kernel cannot do
/// is refused at its place.
/// </summary>
internal sealed partial class OperationReader
{
    private readonly FunctionCollector collector;
    private readonly IMethodSymbol? method;
    private readonly bool isLibrary;
    private readonly Dictionary<ISymbol, int> variables = new(SymbolEqualityComparer.Default);
    private readonly List<ISymbol> captured = [];
    private readonly HashSet<ISymbol> assignedCaptures = new(SymbolEqualityComparer.Default);
    private int variableCount;

    private OperationReader(FunctionCollector collector, IMethodSymbol? method, bool isLibrary)
    {
        this.collector = collector;
        this.method = method;
        this.isLibrary = isLibrary;
    }

    /// <summary>Reads a method.</summary>
    /// <param name="collector">Collects the functions that it calls.</param>
    /// <param name="method">The method.</param>
    /// <param name="body">Its body.</param>
    /// <param name="isLibrary">Whether it belongs to the library.</param>
    /// <returns>The function, and the variables around it that it captures: its last parameters stand for them.</returns>
    public static (Function Function, IReadOnlyList<ISymbol> Captured) Read(FunctionCollector collector, IMethodSymbol method, IOperation body, bool isLibrary)
    {
        var reader = new OperationReader(collector, method, isLibrary);
        FunctionParameter[] parameters = method.Parameters.Select(parameter =>
        {
            SourceSpan span = SourceSpan.Of(parameter.Locations[0]);
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            {
                throw new UnsupportedProgramException(
                    Rules.UnsupportedExpression, span, $"The '{parameter.RefKind.ToString().ToLowerInvariant()}' parameter '{parameter.Name}'", "return a tuple");
            }

            return new FunctionParameter(reader.Declare(parameter), parameter.Name, reader.TypeOf(parameter.Type, span));
        }).ToArray();
        ProgramType result = method.ReturnsVoid ? ProgramType.Void : reader.TypeOf(method.ReturnType, SourceSpan.Of(method.Locations[0]));
        Block block = reader.ReadBody(body);
        return (
            new Function(FunctionCollector.KeyOf(method), method.Name, parameters.Concat(reader.CapturedParameters()).ToEquatableArray(), result, block, isLibrary),
            reader.captured);
    }

    /// <summary>Reads an expression that stands by itself, such as a size or a bound.</summary>
    public static Expression ReadExpression(FunctionCollector collector, IMethodSymbol? context, IOperation operation) =>
        new OperationReader(collector, context, isLibrary: false).ReadExpression(operation);

    private Block ReadBody(IOperation body) => body switch
    {
        IMethodBodyOperation methodBody => ReadBlock((methodBody.BlockBody ?? methodBody.ExpressionBody)!),
        IBlockOperation block => ReadBlock(block),
        _ => throw Unsupported(Rules.UnsupportedStatement, body, "This body", "write a block or an expression"),
    };

    private int Declare(ISymbol symbol)
    {
        variables[symbol] = variableCount;
        return variableCount++;
    }

    /// <summary>The type of a value, refused if kernels do not have it.</summary>
    private ProgramType TypeOf(ITypeSymbol? type, SourceSpan span) =>
        TypeReader.TryRead(type) ?? throw new UnsupportedProgramException(
            type?.SpecialType == SpecialType.System_String ? Rules.Text
                : type?.TypeKind == TypeKind.Delegate ? Rules.Delegate
                : Rules.UnsupportedType,
            span,
            type?.ToDisplayString() ?? "?");

    private ProgramType TypeOf(IOperation operation) => TypeOf(operation.Type, SpanOf(operation));

    private static SourceSpan SpanOf(IOperation operation) => SourceSpan.Of(operation.Syntax.GetLocation());

    private static UnsupportedProgramException Unsupported(DiagnosticDescriptor rule, IOperation place, params string[] arguments) =>
        new(rule, SpanOf(place), arguments);

    /// <summary>The first line of a piece of source.</summary>
    private static string TextOf(SyntaxNode? syntax)
    {
        if (syntax is null)
        {
            return "";
        }

        SourceText text = syntax.SyntaxTree.GetText();
        int end = Math.Min(syntax.Span.End, text.Lines.GetLineFromPosition(syntax.SpanStart).End);
        return text.ToString(TextSpan.FromBounds(syntax.SpanStart, end)).TrimEnd();
    }
}
