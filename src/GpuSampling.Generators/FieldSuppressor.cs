using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GpuSampling.Generators;

/// <summary>
/// Silences warnings about the fields of models that do not hold for them: data are set when they are bound, parameters and
/// generated quantities by each draw, and all of them are fields by design.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FieldSuppressor : DiagnosticSuppressor
{
    private static readonly string[] Attributes = ["DataAttribute", "TransformedDataAttribute", "ParameterAttribute", "GeneratedAttribute"];

    private static readonly ImmutableDictionary<string, SuppressionDescriptor> Descriptors = new[]
    {
        Silence("CS0169", "the generated kernel reads the field"),
        Silence("CS0649", "draws assign the field"),
        Silence("CS0414", "the generated kernel reads the field"),
        Silence("CS8618", "the field is assigned when data are bound or a draw is taken"),
        Silence("CA1051", "data are fields by design"),
        Silence("IDE0044", "draws assign the field"),
    }.ToImmutableDictionary(descriptor => descriptor.SuppressedDiagnosticId);

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions => [.. Descriptors.Values];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (IsFieldOfModel(context, diagnostic))
            {
                context.ReportSuppression(Suppression.Create(Descriptors[diagnostic.Id], diagnostic));
            }
        }
    }

    private static bool IsFieldOfModel(SuppressionAnalysisContext context, Diagnostic diagnostic)
    {
        // CS8618 may be reported at a constructor, with the field beside it.
        return new[] { diagnostic.Location }.Concat(diagnostic.AdditionalLocations).Any(location =>
            location.SourceTree is { } tree
            && tree.GetRoot(context.CancellationToken).FindNode(location.SourceSpan) is { } node
            && node.AncestorsAndSelf().OfType<VariableDeclaratorSyntax>().FirstOrDefault() is { } variable
            && context.GetSemanticModel(tree).GetDeclaredSymbol(variable, context.CancellationToken) is IFieldSymbol field
            && field.GetAttributes().Any(attribute => attribute.AttributeClass is { ContainingNamespace.Name: "Modeling" } type && Attributes.Contains(type.Name)));
    }

    private static SuppressionDescriptor Silence(string id, string reason) =>
        new("GSS" + id.Substring(id.StartsWith("IDE", StringComparison.Ordinal) ? 3 : 2), id, $"In a model {reason}");
}
