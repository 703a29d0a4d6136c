namespace GpuSampling.Generators.Graphs;

/// <content>Real numbers, with the simplifications that reverse-mode code needs. They never change which values are finite.</content>
internal sealed partial class Graph
{
    public Node Zero => Real(0);

    public Node One => Real(1);

    public Node Real(double value) => Pure(Operation.RealConstant, NodeType.Real, [], number: value);

    public Node Add(Node a, Node b)
    {
        if (a.IsConstant(0))
        {
            return b;
        }

        if (b.IsConstant(0))
        {
            return a;
        }

        if (a.Operation == Operation.RealConstant && b.Operation == Operation.RealConstant)
        {
            return Real(a.Number + b.Number);
        }

        if (b.Operation == Operation.Negate)
        {
            return Subtract(a, b.Operands[0]);
        }

        if (a.Operation == Operation.Negate)
        {
            return Subtract(b, a.Operands[0]);
        }

        if (a == b)
        {
            return Multiply(Real(2), a);
        }

        return Pure(Operation.Add, NodeType.Real, [a, b]);
    }

    public Node Subtract(Node a, Node b)
    {
        if (b.IsConstant(0))
        {
            return a;
        }

        if (a.IsConstant(0))
        {
            return Negate(b);
        }

        if (a.Operation == Operation.RealConstant && b.Operation == Operation.RealConstant)
        {
            return Real(a.Number - b.Number);
        }

        if (b.Operation == Operation.Negate)
        {
            return Add(a, b.Operands[0]);
        }

        return Pure(Operation.Subtract, NodeType.Real, [a, b]);
    }

    public Node Multiply(Node a, Node b)
    {
        if (b.Operation == Operation.RealConstant && a.Operation != Operation.RealConstant)
        {
            (a, b) = (b, a);
        }

        if (a.Operation == Operation.RealConstant)
        {
            if (b.Operation == Operation.RealConstant)
            {
                return Real(a.Number * b.Number);
            }

            if (a.IsConstant(0))
            {
                return Zero;
            }

            if (a.IsConstant(1))
            {
                return b;
            }

            if (a.IsConstant(-1))
            {
                return Negate(b);
            }

            if (b.Operation == Operation.Multiply && b.Operands[0].Operation == Operation.RealConstant)
            {
                return Multiply(Real(a.Number * b.Operands[0].Number), b.Operands[1]);
            }

            if (b.Operation == Operation.Negate)
            {
                return Multiply(Real(-a.Number), b.Operands[0]);
            }
        }

        // A sign stays with the factor that changes less.
        if (a.Operation == Operation.Negate && a.Region.Depth >= b.Region.Depth)
        {
            return Negate(Multiply(a.Operands[0], b));
        }

        if (b.Operation == Operation.Negate && b.Region.Depth >= a.Region.Depth)
        {
            return Negate(Multiply(a, b.Operands[0]));
        }

        // Keep what changes least together, so that it is computed before the loop: (x · a) · b with a, b outside becomes x · (a · b).
        if (a.Operation == Operation.Multiply && a.Region.Depth > b.Region.Depth)
        {
            if (a.Operands[1].Region.Depth < a.Region.Depth)
            {
                return Multiply(a.Operands[0], Multiply(a.Operands[1], b));
            }

            if (a.Operands[0].Region.Depth < a.Region.Depth)
            {
                return Multiply(a.Operands[1], Multiply(a.Operands[0], b));
            }
        }

        if (b.Operation == Operation.Multiply && b.Region.Depth > a.Region.Depth)
        {
            if (b.Operands[1].Region.Depth < b.Region.Depth)
            {
                return Multiply(b.Operands[0], Multiply(a, b.Operands[1]));
            }

            if (b.Operands[0].Region.Depth < b.Region.Depth)
            {
                return Multiply(b.Operands[1], Multiply(a, b.Operands[0]));
            }
        }

        // One node for a · b and b · a.
        if (a.Id > b.Id && a.Operation != Operation.RealConstant)
        {
            (a, b) = (b, a);
        }

        return Pure(Operation.Multiply, NodeType.Real, [a, b]);
    }

    public Node Divide(Node a, Node b) => Multiply(a, Reciprocal(b));

    /// <summary>⌊a / b⌋ of a quotient that is rounded once: a times the reciprocal of b may fall below a whole number.</summary>
    public Node FloorOfQuotient(Node a, Node b) => Floor(a.Operation == Operation.RealConstant && b.Operation == Operation.RealConstant
        ? Real(a.Number / b.Number)
        : Pure(Operation.Divide, NodeType.Real, [a, b]));

    public Node Reciprocal(Node a)
    {
        if (a.Operation == Operation.RealConstant)
        {
            return Real(1 / a.Number);
        }

        if (a.Operation == Operation.Negate)
        {
            return Negate(Reciprocal(a.Operands[0]));
        }

        if (a.Operation == Operation.Reciprocal)
        {
            return a.Operands[0];
        }

        return Pure(Operation.Reciprocal, NodeType.Real, [a]);
    }

    public Node Negate(Node a)
    {
        switch (a.Operation)
        {
            case Operation.RealConstant:
                return Real(-a.Number);
            case Operation.Negate:
                return a.Operands[0];
            case Operation.Subtract:
                return Pure(Operation.Subtract, NodeType.Real, [a.Operands[1], a.Operands[0]]);
            case Operation.Multiply when a.Operands[0].Operation == Operation.RealConstant:
                return Multiply(Real(-a.Operands[0].Number), a.Operands[1]);
            case Operation.Multiply when a.Operands[0].Region.Depth < a.Operands[1].Region.Depth:
                return Multiply(Negate(a.Operands[0]), a.Operands[1]);
            case Operation.Multiply when a.Operands[1].Region.Depth < a.Operands[0].Region.Depth:
                return Multiply(Negate(a.Operands[1]), a.Operands[0]);
            default:
                return Pure(Operation.Negate, NodeType.Real, [a]);
        }
    }

    public Node Sqrt(Node a) => Pure(Operation.Sqrt, NodeType.Real, [a]);

    public Node Abs(Node a) => a.Operation == Operation.Abs ? a : Pure(Operation.Abs, NodeType.Real, [a]);

    public Node Floor(Node a) => a.Operation == Operation.RealConstant ? Real(Math.Floor(a.Number)) : Pure(Operation.Floor, NodeType.Real, [a]);

    /// <summary>The smaller one; b if either is NaN.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">A number.</param>
    /// <param name="isTurned">Whether the first of equal numbers has the gradient, not the second.</param>
    public Node Min(Node a, Node b, bool isTurned = false) => a == b ? a : Pure(Operation.Min, NodeType.Real, [a, b], integer: isTurned ? 1 : 0);

    /// <summary>The larger one; b if either is NaN.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">A number.</param>
    /// <param name="isTurned">Whether the first of equal numbers has the gradient, not the second.</param>
    public Node Max(Node a, Node b, bool isTurned = false) => a == b ? a : Pure(Operation.Max, NodeType.Real, [a, b], integer: isTurned ? 1 : 0);

    public Node Call(string function, params Node[] arguments) => Pure(Operation.Call, NodeType.Real, arguments, function);

    public Node ToReal(Node integer) => integer.Operation == Operation.IntegerConstant
        ? Real(integer.Integer)
        : Pure(Operation.IntegerToReal, NodeType.Real, [integer]);

    public Node Select(Node mask, Node whenTrue, Node whenFalse)
    {
        if (whenTrue == whenFalse)
        {
            return whenTrue;
        }

        if (mask.Operation == Operation.MaskNot)
        {
            return Select(mask.Operands[0], whenFalse, whenTrue);
        }

        if (mask.Operation == Operation.UniformMask)
        {
            return UniformSelect(mask.Operands[0], whenTrue, whenFalse);
        }

        return Pure(Operation.Select, NodeType.Real, [mask, whenTrue, whenFalse]);
    }

    public Node UniformSelect(Node condition, Node whenTrue, Node whenFalse)
    {
        if (condition.Operation == Operation.BooleanConstant)
        {
            return condition.Integer != 0 ? whenTrue : whenFalse;
        }

        if (whenTrue == whenFalse)
        {
            return whenTrue;
        }

        return condition.Operation == Operation.BooleanNot
            ? UniformSelect(condition.Operands[0], whenFalse, whenTrue)
            : Pure(Operation.UniformSelect, NodeType.Real, [condition, whenTrue, whenFalse]);
    }

    /// <summary>Marks a part of the log-density that is prior or likelihood as a whole.</summary>
    public Node Term(Node a) => a.Operation == Operation.Term || a.IsConstant(0) ? a : Pure(Operation.Term, NodeType.Real, [a]);
}
