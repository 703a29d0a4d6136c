using System.Globalization;
using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Emission;

/// <summary>Integers of the model's sizes alone, as C# that needs no variables.</summary>
internal static class IntegerText
{
    /// <summary>The product of the sizes of an array.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="least">What each counts as at the least: a size that is less belongs to an array that is not made.</param>
    public static string OfSizes(Node[] sizes, int least) => sizes.Length == 0 ? "1" : string.Join(" * ", sizes.Select(size =>
        IndexRange.IsAtLeast(size, least) ? Of(size) : string.Format(CultureInfo.InvariantCulture, "({0} < {1} ? {1} : {0})", Of(size), least)));

    /// <summary>Whether an integer is known before a method runs.</summary>
    public static bool IsKnown(Node node) => node.Operation is >= Operation.IntegerConstant and <= Operation.BooleanNot or Operation.ModelInteger or Operation.Argument
        && node.Operands.All(IsKnown);

    /// <summary>An integer that is known before a method runs.</summary>
    public static string Of(Node node)
    {
        string Operand(int index) => Of(node.Operands[index]);
        return node.Operation switch
        {
            Operation.IntegerConstant => node.Integer.ToString(CultureInfo.InvariantCulture),
            Operation.ModelInteger or Operation.Argument => node.Symbol!,
            Operation.IntegerAdd => $"({Operand(0)} + {Operand(1)})",
            Operation.IntegerSubtract => $"({Operand(0)} - {Operand(1)})",
            Operation.IntegerMultiply => $"({Operand(0)} * {Operand(1)})",
            Operation.IntegerDivide or Operation.IntegerRemainder when node.Operands[1].Operation != Operation.IntegerConstant =>
                $"({Operand(1)} == 0 ? 0 : {Operand(0)} {(node.Operation == Operation.IntegerDivide ? "/" : "%")} {Operand(1)})", // as in methods
            Operation.IntegerDivide => $"({Operand(0)} / {Operand(1)})",
            Operation.IntegerRemainder => $"({Operand(0)} % {Operand(1)})",
            Operation.IntegerSelect => $"({Operand(0)} ? {Operand(1)} : {Operand(2)})",
            Operation.IntegerNegate => $"(-{Operand(0)})",
            Operation.BooleanConstant => node.Integer != 0 ? "true" : "false",
            Operation.BooleanAnd => $"({Operand(0)}) && ({Operand(1)})",
            Operation.BooleanOr => $"({Operand(0)}) || ({Operand(1)})",
            Operation.BooleanNot => $"!({Operand(0)})",
            Operation.IntegerLess => $"{Operand(0)} < {Operand(1)}",
            Operation.IntegerLessOrEqual => $"{Operand(0)} <= {Operand(1)}",
            Operation.IntegerEqual => $"{Operand(0)} == {Operand(1)}",
            _ => throw new SizeUnknownException(),
        };
    }
}

/// <summary>Thrown where a size depends on more than the model's integers.</summary>
internal sealed class SizeUnknownException : Exception;
