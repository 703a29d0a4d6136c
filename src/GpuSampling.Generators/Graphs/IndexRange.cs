namespace GpuSampling.Generators.Graphs;

/// <summary>
/// Proofs that an index lies within its array wherever the loops around it run at all. A number is a sum of multiples of unknowns,
/// of which counters, the innermost first, give way to the end of their range that makes the sum smallest.
/// </summary>
internal static class IndexRange
{
    /// <summary>After this many steps a proof is given up.</summary>
    private const int MaximalSteps = 100;

    /// <summary>Whether a number is at least 0.</summary>
    public static bool IsNotNegative(Node number) => IsAtLeast(number, 0);

    /// <summary>Whether a number is at least some other.</summary>
    public static bool IsAtLeast(Node number, long least)
    {
        var sum = new Sum { Constant = -least };
        sum.Add(number, 1);
        return IsNotNegative(sum);
    }

    /// <summary>Whether an index is less than a size.</summary>
    public static bool IsBelow(Node index, Node size)
    {
        var sum = new Sum { Constant = -1 };
        sum.Add(size, 1);
        sum.Add(index, -1);
        return IsNotNegative(sum);
    }

    /// <summary>Whether a loop has an iteration in every call.</summary>
    public static bool Runs(LoopStatement loop) => loop.Start == loop.DomainStart && loop.End == loop.DomainEnd && IsBelow(loop.Start, loop.End);

    private static bool IsNotNegative(Sum sum)
    {
        int steps = 0;
        return IsNotNegative(sum, ref steps);
    }

    private static bool IsNotNegative(Sum sum, ref int steps)
    {
        if (steps++ > MaximalSteps)
        {
            return false;
        }

        if (sum.Innermost() is not { } unknown)
        {
            return sum.Constant >= 0;
        }

        long factor = sum.Factors[unknown];
        Node[] operands = unknown.Operands;
        switch (unknown.Operation)
        {
            case Operation.LoopIndex:
                var loop = (LoopStatement)unknown.Source!;
                return IsNotNegative(factor > 0 ? sum.With(unknown, loop.DomainStart) : sum.With(unknown, loop.DomainEnd, -1), ref steps);
            case Operation.IntegerRemainder when operands[1] is { Operation: Operation.IntegerConstant, Integer: > 0 } divisor && IsNotNegative(operands[0]):
                return IsNotNegative(sum.With(unknown, null, factor > 0 ? 0 : divisor.Integer - 1), ref steps);
            case Operation.IntegerDivide when operands[1] is { Operation: Operation.IntegerConstant, Integer: > 0 } && IsNotNegative(operands[0]):
                return IsNotNegative(sum.With(unknown, factor > 0 ? null : operands[0]), ref steps);
            case Operation.IntegerSelect:
                // a < b ? a : b is at most either of them, a < b ? b : a at least either.
                bool isLesser = Compares(unknown, operands[1], operands[2]), isGreater = Compares(unknown, operands[2], operands[1]);
                bool isFirst = IsNotNegative(sum.With(unknown, operands[1]), ref steps);
                bool isEnough = (factor < 0 && isLesser) || (factor > 0 && isGreater);
                return isFirst == isEnough ? isFirst : IsNotNegative(sum.With(unknown, operands[2]), ref steps);
            default:
                return factor > 0 && unknown.Least is { } least && IsNotNegative(sum.With(unknown, null, least), ref steps);
        }
    }

    private static bool Compares(Node select, Node left, Node right) =>
        select.Operands[0] is { Operation: Operation.IntegerLess } less && less.Operands[0] == left && less.Operands[1] == right;

    /// <summary>A constant and multiples of unknowns.</summary>
    private sealed class Sum
    {
        public Dictionary<Node, long> Factors { get; } = [];

        public long Constant { get; set; }

        public void Add(Node node, long factor)
        {
            switch (node.Operation)
            {
                case Operation.IntegerConstant:
                    Constant += factor * node.Integer;
                    break;
                case Operation.IntegerAdd:
                    Add(node.Operands[0], factor);
                    Add(node.Operands[1], factor);
                    break;
                case Operation.IntegerSubtract:
                    Add(node.Operands[0], factor);
                    Add(node.Operands[1], -factor);
                    break;
                case Operation.IntegerMultiply when node.Operands[0].Operation == Operation.IntegerConstant:
                    Add(node.Operands[1], factor * node.Operands[0].Integer);
                    break;
                case Operation.IntegerMultiply when node.Operands[1].Operation == Operation.IntegerConstant:
                    Add(node.Operands[0], factor * node.Operands[1].Integer);
                    break;
                default:
                    Factors.TryGetValue(node, out long present);
                    Factors[node] = present + factor;
                    if (present + factor == 0)
                    {
                        Factors.Remove(node);
                    }

                    break;
            }
        }

        /// <summary>The unknown whose bounds may depend on others, and on which no bound of another depends.</summary>
        public Node? Innermost() => Factors.Keys.OrderByDescending(node => node.Region.Depth).ThenByDescending(node => node.Id).FirstOrDefault();

        /// <summary>The sum with a bound and a constant in place of an unknown.</summary>
        public Sum With(Node unknown, Node? bound, long constant = 0)
        {
            var result = new Sum { Constant = Constant };
            foreach (KeyValuePair<Node, long> entry in Factors.Where(entry => entry.Key != unknown))
            {
                result.Factors[entry.Key] = entry.Value;
            }

            long factor = Factors[unknown];
            result.Constant += factor * constant;
            if (bound is not null)
            {
                result.Add(bound, factor);
            }

            return result;
        }
    }
}
