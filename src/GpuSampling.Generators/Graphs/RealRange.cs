namespace GpuSampling.Generators.Graphs;

/// <summary>What is known of real numbers from how they are computed.</summary>
internal static class RealRange
{
    /// <summary>Whether a value is never NaN.</summary>
    public static bool IsNumber(Node node) => node.Operation switch
    {
        Operation.RealConstant => !double.IsNaN(node.Number),
        Operation.DataReal or Operation.IntegerToReal => true,
        _ => false,
    };

    /// <summary>Whether a value is NaN or at least 0.</summary>
    public static bool IsNotNegative(Node node) => node.Operation switch
    {
        Operation.RealConstant => node.Number >= 0,
        Operation.Abs or Operation.Sqrt => true,
        Operation.Call => node.Symbol is "Exp" or "Logistic" or "Softplus" or "Cosh",
        Operation.Add or Operation.Min => node.Operands.All(IsNotNegative),
        Operation.Multiply => node.Operands[0] == node.Operands[1] || node.Operands.All(IsNotNegative),
        Operation.Max => node.Operands.Any(IsNotNegative),
        Operation.Reciprocal or Operation.Floor => IsNotNegative(node.Operands[0]),
        Operation.Select or Operation.UniformSelect => node.Operands.Skip(1).All(IsNotNegative),
        Operation.IntegerToReal => IndexRange.IsNotNegative(node.Operands[0]),
        Operation.Load => ((LoadStatement)node.Source!).Array.IsNotNegative,
        _ => false,
    };
}
