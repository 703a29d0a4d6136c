using System.Globalization;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GpuSampling.Generators.Reading;

/// <content>Fields with their sizes and bounds.</content>
internal sealed partial class ModelReader
{
    private ModelField[] ReadFields(List<IFieldSymbol> symbols, FunctionCollector collector)
    {
        // All sizes and bounds that are written as text are bound together, in one extra syntax tree.
        var texts = new ExpressionTexts(compilation, type, collector);
        var drafts = symbols.Select(field => Draft(field, texts)).Where(draft => draft is not null).Select(draft => draft!).ToArray();
        texts.Bind(cancellation);
        ModelField[] fields = drafts.Select(draft => Finish(draft, texts)).ToArray();
        foreach (ModelField field in fields)
        {
            if (field is { Constraint: ConstraintKind.Interval, Lower: RealLiteral lower, Upper: RealLiteral upper } && !(lower.Value < upper.Value))
            {
                diagnostics.Add(DiagnosticInfo.Of(
                    Rules.InvalidConstraint, field.Span, field.Name,
                    string.Format(CultureInfo.InvariantCulture, "the lower bound {0} is not below the upper one, {1}", lower.Value, upper.Value)));
            }
        }

        return fields;
    }

    private FieldDraft? Draft(IFieldSymbol field, ExpressionTexts texts)
    {
        SourceSpan place = SourceSpan.Of(field.Locations[0]);
        FieldRole role = roles[field.Name];
        AttributeData attribute = field.GetAttributes().First(IsOfModeling);
        string name = attribute.AttributeClass!.Name.Replace("Attribute", "");
        if (TypeReader.TryRead(field.Type) is not { Element: ElementType.Real or ElementType.Integer } fieldType
            || (role != FieldRole.Data && fieldType.Element != ElementType.Real))
        {
            diagnostics.Add(DiagnosticInfo.Of(
                Rules.UnsupportedField, place, field.Name, field.Type.ToDisplayString(),
                role == FieldRole.Data ? "data" : role == FieldRole.Parameter ? "parameters" : "generated quantities",
                role == FieldRole.Data ? "double, int, or arrays of these with one or two dimensions" : "double, double[] or double[,]"));
            return null;
        }

        if (field.IsReadOnly)
        {
            diagnostics.Add(DiagnosticInfo.Of(
                Rules.UnsupportedField, place, field.Name, "readonly " + field.Type.ToDisplayString(),
                role == FieldRole.Data ? "data" : role == FieldRole.Parameter ? "parameters" : "generated quantities",
                $"fields that are not readonly, since {(role == FieldRole.Data ? "data" : "draws")} are assigned to them"));
            return null;
        }

        string[] sizes = attribute.ConstructorArguments.SelectMany(argument =>
            argument.Kind == TypedConstantKind.Array ? argument.Values.Select(value => value.Value as string ?? "") : [argument.Value as string ?? ""]).Select(Escaped).ToArray();
        if (sizes.Length != fieldType.Rank && !(role == FieldRole.Data && sizes.Length == 0))
        {
            diagnostics.Add(DiagnosticInfo.Of(
                Rules.MissingSize, place, field.Name, fieldType.Rank.ToString(CultureInfo.InvariantCulture), name));
            return null;
        }

        SourceSpan attributePlace = attribute.ApplicationSyntaxReference is { } reference
            ? SourceSpan.Of(reference.GetSyntax(cancellation).GetLocation())
            : place;
        string? lower = BoundText(attribute, "Lower"), upper = BoundText(attribute, "Upper");
        ConstraintKind constraint = ConstraintOf(attribute, lower, upper);
        bool isMatrixFactor = constraint is ConstraintKind.CorrelationCholesky or ConstraintKind.CovarianceCholesky;
        bool isVector = constraint is ConstraintKind.Ordered or ConstraintKind.PositiveOrdered or ConstraintKind.Simplex or ConstraintKind.UnitVector;
        if ((isMatrixFactor && (fieldType.Rank != 2 || sizes[0] != sizes[1])) || (isVector && fieldType.Rank != 1))
        {
            diagnostics.Add(DiagnosticInfo.Of(
                Rules.InvalidConstraint, place, field.Name, isMatrixFactor ? "a Cholesky factor is a square matrix 'double[,]' with equal sizes" : $"'{constraint}' is for vectors, 'double[]'"));
            return null;
        }

        if ((lower is not null || upper is not null) && constraint > ConstraintKind.Interval)
        {
            diagnostics.Add(DiagnosticInfo.Of(Rules.InvalidConstraint, place, field.Name, $"'{constraint}' takes no bounds"));
            return null;
        }

        foreach (string size in sizes)
        {
            texts.Add(size, isSize: true, attributePlace);
        }

        foreach (string bound in new[] { lower, upper }.OfType<string>())
        {
            texts.Add(bound, isSize: false, attributePlace);
        }

        bool isTransformed = name == "TransformedData";
        return new FieldDraft(field.Name, role, isTransformed, fieldType, sizes, constraint, lower, upper, place);
    }

    private static ModelField Finish(FieldDraft draft, ExpressionTexts texts) => new(
        draft.Name,
        draft.Role,
        draft.IsTransformed,
        draft.Type,
        draft.Sizes.Select(size => texts.Expression(size, isSize: true)).ToEquatableArray(),
        draft.Sizes.ToEquatableArray(),
        draft.Constraint,
        draft.Lower is null ? null : texts.Expression(draft.Lower, isSize: false),
        draft.Upper is null ? null : texts.Expression(draft.Upper, isSize: false),
        draft.Lower,
        draft.Upper,
        draft.Span);

    /// <summary>The name of a field as C#, where it is a word of the language: nameof(@in) is "in".</summary>
    private string Escaped(string text) => roles.ContainsKey(text) && SyntaxFacts.GetKeywordKind(text) != SyntaxKind.None ? "@" + text : text;

    /// <summary>A bound as C#: a number as written, a string as the expression that it is.</summary>
    private string? BoundText(AttributeData attribute, string name)
    {
        object? value = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
        return value switch
        {
            null => null,
            string text => Escaped(text),
            IFormattable number => "(double)" + number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
    }

    private static ConstraintKind ConstraintOf(AttributeData attribute, string? lower, string? upper)
    {
        object? value = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Constraint").Value.Value;
        if (value is int named and not 0)
        {
            return named switch
            {
                1 => ConstraintKind.Ordered,
                2 => ConstraintKind.PositiveOrdered,
                3 => ConstraintKind.Simplex,
                4 => ConstraintKind.UnitVector,
                5 => ConstraintKind.CorrelationCholesky,
                _ => ConstraintKind.CovarianceCholesky,
            };
        }

        return (lower, upper) switch
        {
            (null, null) => ConstraintKind.None,
            (_, null) => ConstraintKind.Lower,
            (null, _) => ConstraintKind.Upper,
            _ => ConstraintKind.Interval,
        };
    }

    private sealed record FieldDraft(
        string Name, FieldRole Role, bool IsTransformed, ProgramType Type, string[] Sizes, ConstraintKind Constraint, string? Lower, string? Upper, SourceSpan Span);
}
