using GpuSampling.Generators.Program;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GpuSampling.Generators.Reading;

/// <content>Static fields that are as good as constants.</content>
internal sealed partial class FunctionCollector
{
    /// <summary>
    /// What a static readonly number is initialised with; null for other fields, and where the order of initialisation has a say:
    /// C# has zero for fields that come later.
    /// </summary>
    public Expression? InitializerOf(IFieldSymbol field)
    {
        if (!field.IsStatic || !field.IsReadOnly || TypeReader.TryRead(field.Type) is not { Rank: 0, Element: ElementType.Real or ElementType.Integer or ElementType.Boolean }
            || field.ContainingType.StaticConstructors.Any(constructor => !constructor.IsImplicitlyDeclared)
            || DeclarationOf(field)?.Initializer?.Value is not { } value
            || !compilation.ContainsSyntaxTree(value.SyntaxTree)
            || SemanticsOf(value.SyntaxTree).GetOperation(value, cancellation) is not { } operation
            || !operation.DescendantsAndSelf().All(part => IsIndependent(part, field)))
        {
            return null;
        }

        return OperationReader.ReadExpression(this, null, operation);
    }

    private VariableDeclaratorSyntax? DeclarationOf(IFieldSymbol field) => field.DeclaringSyntaxReferences.Length == 0
        ? null
        : field.DeclaringSyntaxReferences[0].GetSyntax(cancellation) as VariableDeclaratorSyntax;

    private bool IsIndependent(IOperation part, IFieldSymbol field) => part switch
    {
        IInvocationOperation call => IntrinsicOf(call.TargetMethod) is not null,
        IPropertyReferenceOperation => false,
        IFieldReferenceOperation { Field: { IsConst: false } other } => DeclarationOf(other) is { } earlier && DeclarationOf(field) is { } own
            && earlier.SyntaxTree == own.SyntaxTree && earlier.SpanStart < own.SpanStart,
        _ => true,
    };
}
