using System.Globalization;
using System.Text;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GpuSampling.Generators.Reading;

/// <summary>Sizes and bounds that attributes give as C# text, bound in the context of the model.</summary>
internal sealed class ExpressionTexts(Compilation compilation, INamedTypeSymbol type, FunctionCollector collector)
{
    private readonly Dictionary<(string Text, bool IsSize), (int Index, SourceSpan Span)> indices = [];
    private readonly Dictionary<(string Text, bool IsSize), Expression> expressions = [];

    public void Add(string text, bool isSize, SourceSpan span)
    {
        if (indices.ContainsKey((text, isSize)) || expressions.ContainsKey((text, isSize)))
        {
            return;
        }

        if (Plain(text, isSize, span) is { } plain)
        {
            expressions[(text, isSize)] = plain;
        }
        else
        {
            indices[(text, isSize)] = (indices.Count, span);
        }
    }

    public Expression Expression(string text, bool isSize) => expressions[(text, isSize)];

    /// <summary>Binds all texts.</summary>
    public void Bind(CancellationToken cancellation)
    {
        if (indices.Count == 0)
        {
            return;
        }

        var options = (CSharpParseOptions)type.DeclaringSyntaxReferences[0].SyntaxTree.Options;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(Declaration(), options, cancellationToken: cancellation);
        Compilation extended = compilation.AddSyntaxTrees(tree);
        SemanticModel semantics = extended.GetSemanticModel(tree);
        SyntaxNode root = tree.GetRoot(cancellation);
        foreach (KeyValuePair<(string Text, bool IsSize), (int Index, SourceSpan Span)> entry in indices)
        {
            string name = NameOf(entry.Value.Index);
            MethodDeclarationSyntax method = root.DescendantNodes().OfType<MethodDeclarationSyntax>().First(one => one.Identifier.Text == name);
            Diagnostic? error = semantics.GetDiagnostics(method.Span, cancellation).Concat(method.GetDiagnostics())
                .FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            IOperation? operation = method.ExpressionBody is { } body ? semantics.GetOperation(body.Expression, cancellation) : null;
            string earlier = entry.Key.IsSize ? "" : " and earlier parameters";
            if (error is not null || operation is null)
            {
                throw new UnsupportedProgramException(
                    Rules.InvalidExpressionText, entry.Value.Span, entry.Key.Text, earlier, error?.GetMessage(CultureInfo.InvariantCulture) ?? "it is incomplete");
            }

            try
            {
                Expression expression = OperationReader.ReadExpression(collector, semantics.GetDeclaredSymbol(method, cancellation)!, operation);
                if (!entry.Key.IsSize && expression.Type == ProgramType.Integer)
                {
                    expression = new IntegerToReal(expression, expression.Span);
                }

                expressions[entry.Key] = expression with { Span = entry.Value.Span };
            }
            catch (UnsupportedProgramException unsupported)
            {
                // The place in the extra tree means nothing to the author; the attribute does.
                throw new UnsupportedProgramException(unsupported.Diagnostic with { Span = entry.Value.Span });
            }
        }
    }

    /// <summary>Numbers and names of fields, which most texts are: they need no syntax tree of their own.</summary>
    private Expression? Plain(string text, bool isSize, SourceSpan span)
    {
        ExpressionSyntax syntax = SyntaxFactory.ParseExpression(text);
        if (syntax.ContainsDiagnostics)
        {
            return null;
        }

        if (syntax is CastExpressionSyntax { Type: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.DoubleKeyword } } cast && !isSize)
        {
            syntax = cast.Expression;
        }

        int sign = 1;
        if (syntax is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus && !isSize)
        {
            (sign, syntax) = (-1, minus.Operand);
        }

        switch (syntax)
        {
            case LiteralExpressionSyntax { Token.Value: int number }:
                return isSize ? new IntegerLiteral(number, span) : new RealLiteral(sign * number, span);
            case LiteralExpressionSyntax { Token.Value: double number } when !isSize:
                return new RealLiteral(sign * number, span);
            case IdentifierNameSyntax { Identifier.ValueText: var name } when sign > 0 && collector.RoleOf(name) is not null:
                ITypeSymbol? fieldType = type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.Type;
                return TypeReader.TryRead(fieldType) switch
                {
                    { Rank: 0, Element: ElementType.Integer } kind when isSize => new FieldReference(name, kind, span),
                    { Rank: 0, Element: ElementType.Integer } kind => new IntegerToReal(new FieldReference(name, kind, span), span),
                    { Rank: 0, Element: ElementType.Real } kind when !isSize => new FieldReference(name, kind, span),
                    _ => null,
                };
            default:
                return null;
        }
    }

    private static string NameOf(int index) => "GpuSamplingExpression" + index.ToString(CultureInfo.InvariantCulture);

    private string Declaration()
    {
        var text = new StringBuilder("using System; using GpuSampling.Modeling;\n");
        int depth = 0;
        if (!type.ContainingNamespace.IsGlobalNamespace)
        {
            text.Append("namespace ").Append(type.ContainingNamespace.ToDisplayString()).Append(" {\n");
            depth++;
        }

        var types = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? one = type; one is not null; one = one.ContainingType)
        {
            types.Push(one);
        }

        foreach (INamedTypeSymbol one in types)
        {
            string keyword = one.IsRecord ? (one.IsValueType ? "record struct" : "record") : one.IsValueType ? "struct" : "class";
            text.Append("partial ").Append(keyword).Append(' ').Append(one.Name).Append(" {\n");
            depth++;
        }

        foreach (KeyValuePair<(string Text, bool IsSize), (int Index, SourceSpan Span)> entry in indices)
        {
            text.Append(entry.Key.IsSize ? "int " : "double ").Append(NameOf(entry.Value.Index)).Append("() => ").Append(entry.Key.Text).Append(";\n");
        }

        return text.Append('}', depth).ToString();
    }
}
