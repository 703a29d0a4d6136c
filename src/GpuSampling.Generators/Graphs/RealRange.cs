namespace GpuSampling.Generators.Graphs;

/// <summary>What is known of real numbers from how they are computed.</summary>
internal static class RealRange
{
    /// <summary>How far back a proof goes.</summary>
    private const int MaximalDepth = 8;

    /// <summary>Whether a value is never NaN.</summary>
    public static bool IsNumber(Node node) => node.Operation switch
    {
        Operation.RealConstant => !double.IsNaN(node.Number),
        Operation.DataReal or Operation.IntegerToReal => true,
        _ => false,
    };

    /// <summary>Whether a value is NaN or at least 0.</summary>
    public static bool IsNotNegative(Node node) => IsNotNegative(node, MaximalDepth);

    private static bool IsNotNegative(Node node, int depth)
    {
        bool Is(Node operand) => IsNotNegative(operand, depth - 1);
        return depth > 0 && node.Operation switch
        {
            Operation.RealConstant => node.Number >= 0,
            Operation.Abs or Operation.Sqrt => true,
            Operation.Call => node.Symbol is "Exp" or "Logistic" or "Softplus" or "Cosh",
            Operation.Add or Operation.Min => node.Operands.All(Is),
            Operation.Multiply => node.Operands[0] == node.Operands[1] || node.Operands.All(Is),
            Operation.Max => node.Operands.Any(Is),
            Operation.Reciprocal or Operation.Floor => Is(node.Operands[0]),
            Operation.Select or Operation.UniformSelect => node.Operands.Skip(1).All(Is),
            Operation.IntegerToReal => IndexRange.IsNotNegative(node.Operands[0]),
            Operation.Load => ((LoadStatement)node.Source!).Array.IsNotNegative,
            _ => false,
        };
    }
}
