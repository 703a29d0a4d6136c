using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GpuSampling.Generators.Reading;

/// <content>New arrays.</content>
internal sealed partial class OperationReader
{
    private NewArray ReadArray(IArrayCreationOperation creation, SourceSpan span)
    {
        ProgramType type = TypeOf(creation);
        if (type.Element != ElementType.Real)
        {
            throw Unsupported(Rules.Allocation, creation, creation.Type!.ToDisplayString());
        }

        EquatableArray<Expression> elements = creation.Initializer is null ? default : Elements(creation.Initializer).Select(ReadExpression).ToEquatableArray();
        return new NewArray(creation.DimensionSizes.Select(ReadExpression).ToEquatableArray(), elements, type, span);
    }

    /// <summary>The elements of an initializer, row after row.</summary>
    private static IEnumerable<IOperation> Elements(IArrayInitializerOperation initializer) =>
        initializer.ElementValues.SelectMany(value => value is IArrayInitializerOperation row ? Elements(row) : [value]);

    private NewArray ReadCollection(ICollectionExpressionOperation collection, SourceSpan span)
    {
        ProgramType type = TypeOf(collection);
        if (type is not { Rank: 1, Element: ElementType.Real })
        {
            throw Unsupported(Rules.Allocation, collection, collection.Type!.ToDisplayString());
        }

        if (collection.Elements.FirstOrDefault(one => one is ISpreadOperation) is { } spread)
        {
            throw Unsupported(Rules.UnsupportedExpression, spread, "A spread", "copy the elements in a loop");
        }

        return new NewArray(
            new Expression[] { new IntegerLiteral(collection.Elements.Length, span) }.ToEquatableArray(),
            collection.Elements.Select(ReadExpression).ToEquatableArray(), type, span);
    }
}
