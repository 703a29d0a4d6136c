using System.Globalization;
using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Emission;

/// <content>Expressions, with every product that is added to something as one fused operation.</content>
internal sealed partial class MethodEmitter
{
    /// <summary>A value where it is used: its variable, or its expression.</summary>
    private string Text(Node node)
    {
        node = node.Resolved;
        return variables.TryGetValue(node, out string? name) ? name : Expression(node);
    }

    /// <summary>The same, in parentheses if it is more than a name, a literal or a call.</summary>
    private string Atom(Node node)
    {
        node = node.Resolved;
        if (variables.TryGetValue(node, out string? name))
        {
            return name;
        }

        string text = Expression(node);
        return node.Operation switch
        {
            Operation.Add or Operation.Subtract when !node.Operands.Any(operand => IsProduct(operand.Resolved)) => $"({text})",
            Operation.Multiply or Operation.Reciprocal or Operation.Divide or Operation.Negate => $"({text})",
            Operation.IntegerAdd or Operation.IntegerSubtract or Operation.IntegerMultiply or Operation.IntegerDivide
                or Operation.IntegerRemainder or Operation.IntegerSelect or Operation.UniformSelect => $"({text})",
            Operation.IntegerLess or Operation.IntegerLessOrEqual or Operation.IntegerEqual or Operation.BooleanAnd or Operation.BooleanOr
                or Operation.Less or Operation.LessOrEqual or Operation.MaskAnd or Operation.MaskOr => $"({text})",
            Operation.IntegerConstant when node.Integer < 0 => $"({text})",
            _ => text,
        };
    }

    private string Expression(Node node)
    {
        string Operand(int index) => Text(node.Operands[index]);
        string Part(int index) => Atom(node.Operands[index]);
        switch (node.Operation)
        {
            case Operation.RealConstant:
                return Constant(node.Number);
            case Operation.Add:
            case Operation.Subtract:
                return Fused(node);
            case Operation.Multiply:
                return $"{Part(0)} * {Part(1)}";
            case Operation.Reciprocal:
                return $"T.One / {Part(0)}";
            case Operation.Divide:
                return $"{Part(0)} / {Part(1)}";
            case Operation.Negate:
                return $"-{Part(0)}";
            case Operation.Sqrt:
            case Operation.Abs:
            case Operation.Floor:
            case Operation.Min:
            case Operation.Max:
            case Operation.Select:
                return $"T.{node.Operation}({string.Join(", ", node.Operands.Select(Text))})";
            case Operation.UniformSelect:
                return $"{Part(0)} ? {Part(1)} : {Part(2)}";
            case Operation.Call:
                return $"Elementary.{node.Symbol}({string.Join(", ", node.Operands.Select(Text))})";
            case Operation.IntegerToReal:
                return $"T.FromInteger({Operand(0)})";
            case Operation.Term:
            case Operation.WithoutGradient:
                return Part(0);
            case Operation.Position:
                return $"position[{Operand(0)}]";
            case Operation.DataReal:
                return $"data.Real({Operand(0)})";
            case Operation.HoistedReal:
                return $"data.Real({Operand(0)})";
            case Operation.BlockReal when row > 0:
                int current = row;
                SelectRow(0);
                string first = Operand(0);
                SelectRow(current);
                return $"data.Real({first}, {current})";
            case Operation.BlockReal:
                return $"data.Real({Operand(0)})";
            case Operation.DataInteger:
                return $"data.Integer({Operand(0)})";
            case Operation.ModelInteger:
            case Operation.Argument:
                return node.Symbol!;
            case Operation.IntegerConstant:
                return node.Integer.ToString(CultureInfo.InvariantCulture);
            case Operation.IntegerAdd:
                return $"{Part(0)} + {Part(1)}";
            case Operation.IntegerSubtract:
                return $"{Part(0)} - {Part(1)}";
            case Operation.IntegerMultiply:
                return $"{Part(0)} * {Part(1)}";
            case Operation.IntegerDivide:
            case Operation.IntegerRemainder:
                string sign = node.Operation == Operation.IntegerDivide ? "/" : "%";
                return node.Operands[1].Operation == Operation.IntegerConstant
                    ? $"{Part(0)} {sign} {Part(1)}"
                    : $"({Part(1)} == 0 ? 0 : {Part(0)} {sign} {Part(1)})"; // may be computed ahead of the branch that guards it
            case Operation.IntegerNegate:
                return $"-{Part(0)}";
            case Operation.IntegerSelect:
                return $"{Part(0)} ? {Part(1)} : {Part(2)}";
            case Operation.BooleanConstant:
                return node.Integer != 0 ? "true" : "false";
            case Operation.IntegerLess:
            case Operation.Less:
                return $"{Part(0)} < {Part(1)}";
            case Operation.IntegerLessOrEqual:
            case Operation.LessOrEqual:
                return $"{Part(0)} <= {Part(1)}";
            case Operation.IntegerEqual:
                return $"{Part(0)} == {Part(1)}";
            case Operation.Equal:
                return $"T.AreEqual({Operand(0)}, {Operand(1)})";
            case Operation.BooleanAnd:
                return $"{Part(0)} && {Part(1)}";
            case Operation.BooleanOr:
                return $"{Part(0)} || {Part(1)}";
            case Operation.BooleanNot:
            case Operation.MaskNot:
                return $"!{Part(0)}";
            case Operation.MaskAnd:
                return $"{Part(0)} & {Part(1)}";
            case Operation.MaskOr:
                return $"{Part(0)} | {Part(1)}";
            case Operation.AnyLane:
                return $"T.Any({Operand(0)})";
            case Operation.UniformMask:
                return $"T.UniformMask({Operand(0)})";
            default:
                throw new InvalidOperationException($"{node} has no expression.");
        }
    }

    private string Fused(Node node)
    {
        Node left = node.Operands[0].Resolved, right = node.Operands[1].Resolved;
        bool isSum = node.Operation == Operation.Add;
        if (IsProduct(right))
        {
            string function = isSum ? "FusedMultiplyAdd" : "FusedNegatedMultiplyAdd";
            return $"T.{function}({Text(right.Operands[0])}, {Text(right.Operands[1])}, {Text(left)})";
        }

        if (IsProduct(left))
        {
            string function = isSum ? "FusedMultiplyAdd" : "FusedMultiplySubtract";
            return $"T.{function}({Text(left.Operands[0])}, {Text(left.Operands[1])}, {Text(right)})";
        }

        return $"{Atom(left)} {(isSum ? "+" : "-")} {Atom(right)}";
    }

    private bool IsProduct(Node node) => node.Operation == Operation.Multiply && !variables.ContainsKey(node);

    /// <summary>total + value, or total − value for a negated value.</summary>
    private string Accumulated(string total, Node value)
    {
        value = value.Resolved;
        if (IsProduct(value))
        {
            return $"T.FusedMultiplyAdd({Text(value.Operands[0])}, {Text(value.Operands[1])}, {total})";
        }

        // Lanes that add nothing keep the total, which leaves the sum of the others one operation.
        if (value.Operation == Operation.Select && !variables.ContainsKey(value) && value.Operands.Skip(1).Any(side => side.IsConstant(0)))
        {
            string mask = Text(value.Operands[0]);
            return value.Operands[1].IsConstant(0)
                ? $"T.Select({mask}, {total}, {Accumulated(total, value.Operands[2])})"
                : $"T.Select({mask}, {Accumulated(total, value.Operands[1])}, {total})";
        }

        if (value.Operation == Operation.Negate && !variables.ContainsKey(value))
        {
            return Reduced(total, value.Operands[0]);
        }

        return $"{total} + {Atom(value)}";
    }

    /// <summary>total − value.</summary>
    private string Reduced(string total, Node value)
    {
        value = value.Resolved;
        return IsProduct(value)
            ? $"T.FusedNegatedMultiplyAdd({Text(value.Operands[0])}, {Text(value.Operands[1])}, {total})"
            : $"{total} - {Atom(value)}";
    }

    private static string Constant(double value)
    {
        if (value.Equals(0.0) && !double.IsNegativeInfinity(1 / value))
        {
            return "T.Zero";
        }

        if (value.Equals(1.0))
        {
            return "T.One";
        }

        if (double.IsNaN(value))
        {
            return "Elementary.NotANumber<T>()";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "Elementary.PositiveInfinity<T>()" : "Elementary.NegativeInfinity<T>()";
        }

        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return $"T.Constant({(digits.IndexOfAny(['.', 'E']) < 0 ? digits + ".0" : digits)})";
    }
}
