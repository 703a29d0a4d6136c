using GpuSampling.Generators.Program;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Reading;

/// <summary>Reads types.</summary>
internal static class TypeReader
{
    /// <summary>The type of a program's values that a C# type stands for, or null if there is none.</summary>
    public static ProgramType? TryRead(ITypeSymbol? type)
    {
        switch (type)
        {
            case null:
                return null;
            case IArrayTypeSymbol { Rank: 1 or 2 } array when TryRead(array.ElementType) is { Rank: 0, Element: ElementType.Real or ElementType.Integer } element:
                return new ProgramType(element.Element, array.Rank);
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return tuple.TupleElements.All(item => TryRead(item.Type) is not null) ? ProgramType.Tuple : null;
            case INamedTypeSymbol { Name: "RandomSource", ContainingNamespace.Name: "Modeling" }:
                return new ProgramType(ElementType.Random);
            default:
                return type.SpecialType switch
                {
                    SpecialType.System_Double => ProgramType.Real,
                    SpecialType.System_Int32 => ProgramType.Integer,
                    SpecialType.System_Boolean => ProgramType.Boolean,
                    SpecialType.System_Void => ProgramType.Void,
                    _ => null,
                };
        }
    }
}
