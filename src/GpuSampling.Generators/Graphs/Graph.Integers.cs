namespace GpuSampling.Generators.Graphs;

/// <content>Integers, truth values and masks.</content>
internal sealed partial class Graph
{
    public Node True => Boolean(true);

    public Node Integer(int value) => Pure(Operation.IntegerConstant, NodeType.Integer, [], integer: value);

    public Node Boolean(bool value) => Pure(Operation.BooleanConstant, NodeType.Boolean, [], integer: value ? 1 : 0);

    /// <summary>An integer that the kernel knows: a size, an integer datum, the place of a field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">What it is at the least, if that is known.</param>
    public Node ModelInteger(string name, int? least = null)
    {
        Node node = Pure(Operation.ModelInteger, NodeType.Integer, [], name);
        node.Least = least > node.Least || node.Least is null ? least : node.Least;
        return node;
    }

    /// <summary>An integer argument of the method.</summary>
    public Node Argument(string name) => Pure(Operation.Argument, NodeType.Integer, [], name);

    public Node IntegerAdd(Node a, Node b)
    {
        if (IsInteger(a, 0))
        {
            return b;
        }

        if (IsInteger(b, 0))
        {
            return a;
        }

        if (a.Operation == Operation.IntegerConstant && b.Operation == Operation.IntegerConstant)
        {
            return Integer(unchecked(a.Integer + b.Integer));
        }

        if (a.Operation == Operation.IntegerConstant)
        {
            (a, b) = (b, a);
        }

        if (b.Operation == Operation.IntegerConstant && a.Operation == Operation.IntegerAdd && a.Operands[1].Operation == Operation.IntegerConstant)
        {
            return IntegerAdd(a.Operands[0], Integer(unchecked(a.Operands[1].Integer + b.Integer)));
        }

        if (b.Operation == Operation.IntegerConstant && b.Integer < 0 && b.Integer != int.MinValue)
        {
            return Pure(Operation.IntegerSubtract, NodeType.Integer, [a, Integer(-b.Integer)]);
        }

        // Keep what changes least together: start + (n · D + d) is (start + n · D) + d, of which the loop over d adds d only.
        if (b.Operation == Operation.IntegerAdd && b.Operands[1].Region.Depth > a.Region.Depth)
        {
            return IntegerAdd(IntegerAdd(a, b.Operands[0]), b.Operands[1]);
        }

        return Pure(Operation.IntegerAdd, NodeType.Integer, [a, b]);
    }

    public Node IntegerSubtract(Node a, Node b)
    {
        if (a == b)
        {
            return Integer(0);
        }

        if (b.Operation == Operation.IntegerConstant)
        {
            if (b.Integer == 0)
            {
                return a;
            }

            if (a.Operation == Operation.IntegerConstant)
            {
                return Integer(unchecked(a.Integer - b.Integer));
            }

            if (a.Operation == Operation.IntegerAdd && a.Operands[1].Operation == Operation.IntegerConstant)
            {
                return IntegerAdd(a.Operands[0], Integer(unchecked(a.Operands[1].Integer - b.Integer)));
            }

            if (a.Operation == Operation.IntegerSubtract && a.Operands[1].Operation == Operation.IntegerConstant)
            {
                return IntegerAdd(a.Operands[0], Integer(unchecked(-a.Operands[1].Integer - b.Integer)));
            }
        }

        return Pure(Operation.IntegerSubtract, NodeType.Integer, [a, b]);
    }

    public Node IntegerMultiply(Node a, Node b)
    {
        if (IsInteger(a, 0) || IsInteger(b, 0))
        {
            return Integer(0);
        }

        if (IsInteger(a, 1))
        {
            return b;
        }

        if (IsInteger(b, 1))
        {
            return a;
        }

        return a.Operation == Operation.IntegerConstant && b.Operation == Operation.IntegerConstant
            ? Integer(unchecked(a.Integer * b.Integer))
            : Pure(Operation.IntegerMultiply, NodeType.Integer, [a, b]);
    }

    public Node IntegerDivide(Node a, Node b) => IsInteger(b, 1) ? a : Pure(Operation.IntegerDivide, NodeType.Integer, [a, b]);

    public Node IntegerRemainder(Node a, Node b) => Pure(Operation.IntegerRemainder, NodeType.Integer, [a, b]);

    public Node IntegerNegate(Node a) => IntegerSubtract(Integer(0), a);

    public Node IntegerSelect(Node condition, Node whenTrue, Node whenFalse)
    {
        if (condition.Operation == Operation.BooleanConstant)
        {
            return condition.Integer != 0 ? whenTrue : whenFalse;
        }

        return whenTrue == whenFalse
            ? whenTrue
            : Pure(Operation.IntegerSelect, NodeType.Integer, [condition, whenTrue, whenFalse]);
    }

    public Node IntegerMin(Node a, Node b) => IntegerSelect(IntegerLess(a, b), a, b);

    public Node IntegerMax(Node a, Node b) => IntegerSelect(IntegerLess(a, b), b, a);

    public Node IntegerLess(Node a, Node b) => Compare(Operation.IntegerLess, a, b, a.Integer < b.Integer);

    public Node IntegerLessOrEqual(Node a, Node b) => Compare(Operation.IntegerLessOrEqual, a, b, a.Integer <= b.Integer);

    public Node IntegerEqual(Node a, Node b) => Compare(Operation.IntegerEqual, a, b, a.Integer == b.Integer);

    public Node And(Node a, Node b)
    {
        if (a.Operation == Operation.BooleanConstant)
        {
            return a.Integer != 0 ? b : a;
        }

        if (b.Operation == Operation.BooleanConstant)
        {
            return b.Integer != 0 ? a : b;
        }

        // a && (!a || c) is a && c.
        Node rest = b.Operation == Operation.BooleanOr && b.Operands.Contains(Not(a)) ? b.Operands.First(part => part != Not(a)) : b;
        return a == rest ? a : Pure(Operation.BooleanAnd, NodeType.Boolean, [a, rest]);
    }

    public Node Or(Node a, Node b)
    {
        if (a.Operation == Operation.BooleanConstant)
        {
            return a.Integer != 0 ? a : b;
        }

        if (b.Operation == Operation.BooleanConstant)
        {
            return b.Integer != 0 ? b : a;
        }

        if (a.Operation == Operation.BooleanAnd && a.Operands.Contains(Not(b)))
        {
            (a, b) = (b, a);
        }

        // a || (!a && c) is a || c.
        Node rest = b.Operation == Operation.BooleanAnd && b.Operands.Contains(Not(a)) ? b.Operands.First(part => part != Not(a)) : b;
        return a == rest ? a : Pure(Operation.BooleanOr, NodeType.Boolean, [a, rest]);
    }

    public Node Not(Node a) => a.Operation switch
    {
        Operation.BooleanConstant => Boolean(a.Integer == 0),
        Operation.BooleanNot => a.Operands[0],
        _ => Pure(Operation.BooleanNot, NodeType.Boolean, [a]),
    };

    /// <summary>A comparison of lanes that all hold the same numbers, as one truth value.</summary>
    public Node AnyLane(Node mask) => mask.Operation == Operation.UniformMask
        ? mask.Operands[0]
        : Pure(Operation.AnyLane, NodeType.Boolean, [mask]);

    public Node Less(Node a, Node b) => AreConstant(a, b) ? ToMask(Boolean(a.Number < b.Number)) : Pure(Operation.Less, NodeType.Mask, [a, b]);

    public Node LessOrEqual(Node a, Node b) =>
        AreConstant(a, b) ? ToMask(Boolean(a.Number <= b.Number)) : Pure(Operation.LessOrEqual, NodeType.Mask, [a, b]);

    public Node Equal(Node a, Node b) =>
        AreConstant(a, b) ? ToMask(Boolean(a.Number.CompareTo(b.Number) == 0)) : Pure(Operation.Equal, NodeType.Mask, [a, b]);

    public Node MaskAnd(Node a, Node b) => a == b || Known(b) == true || Known(a) == false ? a
        : Known(a) == true || Known(b) == false ? b
        : Pure(Operation.MaskAnd, NodeType.Mask, [a, b]);

    public Node MaskOr(Node a, Node b)
    {
        if (a == b || Known(b) == false || Known(a) == true)
        {
            return a;
        }

        if (Known(a) == false || Known(b) == true)
        {
            return b;
        }

        if (a.Operation == Operation.MaskAnd && a.Operands.Contains(MaskNot(b)))
        {
            (a, b) = (b, a);
        }

        // a | (!a & c) is a | c.
        Node rest = b.Operation == Operation.MaskAnd && b.Operands.Contains(MaskNot(a)) ? b.Operands.First(part => part != MaskNot(a)) : b;
        return Pure(Operation.MaskOr, NodeType.Mask, [a, rest]);
    }

    public Node MaskNot(Node a) => a.Operation == Operation.MaskNot ? a.Operands[0]
        : Known(a) is bool known ? ToMask(Boolean(!known))
        : Pure(Operation.MaskNot, NodeType.Mask, [a]);

    /// <summary>A truth value as a mask.</summary>
    public Node ToMask(Node value) => value.Type == NodeType.Mask ? value : Pure(Operation.UniformMask, NodeType.Mask, [value]);

    public static bool IsInteger(Node node, int value) => node.Operation == Operation.IntegerConstant && node.Integer == value;

    // NaN equals nothing, itself included, and is left to the kernel.
    private static bool AreConstant(Node a, Node b) => a.Operation == Operation.RealConstant && b.Operation == Operation.RealConstant
        && !double.IsNaN(a.Number) && !double.IsNaN(b.Number);

    private static bool? Known(Node mask) =>
        mask.Operation == Operation.UniformMask && mask.Operands[0].Operation == Operation.BooleanConstant ? mask.Operands[0].Integer != 0 : null;

    private Node Compare(Operation operation, Node a, Node b, bool whenConstant) =>
        a.Operation == Operation.IntegerConstant && b.Operation == Operation.IntegerConstant
            ? Boolean(whenConstant)
            : Pure(operation, NodeType.Boolean, [a, b]);
}
