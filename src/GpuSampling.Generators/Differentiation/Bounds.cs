using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Differentiation;

/// <summary>
/// Bounds of integers that hold for every iteration of the loops around them, computed from sizes and counters: the sizes of tapes.
/// Interval arithmetic, so that a counter that starts below zero is no hazard.
/// </summary>
internal static class Bounds
{
    /// <summary>A number, known before all loops, that <paramref name="node"/> never exceeds.</summary>
    /// <exception cref="UnboundedException">It depends on numbers in an array.</exception>
    public static Node Upper(Graph graph, Node node)
    {
        if (IntegerText.IsKnown(node)) // what arrays hold is known only where they are
        {
            return node;
        }

        Node[] operands = node.Operands;
        switch (node.Operation)
        {
            case Operation.LoopIndex:
                return graph.IntegerSubtract(Upper(graph, ((LoopStatement)node.Source!).DomainEnd), graph.Integer(1));
            case Operation.IntegerAdd:
                return graph.IntegerAdd(Upper(graph, operands[0]), Upper(graph, operands[1]));
            case Operation.IntegerSubtract:
                return graph.IntegerSubtract(Upper(graph, operands[0]), Lower(graph, operands[1]));
            case Operation.IntegerMultiply:
                return IsNotNegative(operands[0]) && IsNotNegative(operands[1])
                    ? graph.IntegerMultiply(Upper(graph, operands[0]), Upper(graph, operands[1]))
                    : Corners(graph, operands).Aggregate(graph.IntegerMax);
            case Operation.IntegerRemainder when operands[1].Operation == Operation.IntegerConstant:
                return Either(() => Magnitude(graph, operands[0]), () => LargestRemainder(graph, operands[1]), (magnitude, _) => magnitude);
            case Operation.IntegerDivide or Operation.IntegerRemainder:
                return Magnitude(graph, operands[0]);
            case Operation.IntegerSelect when IsLesser(node):
                return Either(() => Upper(graph, operands[1]), () => Upper(graph, operands[2]), graph.IntegerMin);
            case Operation.IntegerSelect:
                return graph.IntegerMax(Upper(graph, operands[1]), Upper(graph, operands[2]));
            default:
                throw new UnboundedException();
        }
    }

    private static Node Lower(Graph graph, Node node)
    {
        if (IntegerText.IsKnown(node)) // what arrays hold is known only where they are
        {
            return node;
        }

        Node[] operands = node.Operands;
        switch (node.Operation)
        {
            case Operation.LoopIndex:
                return Lower(graph, ((LoopStatement)node.Source!).DomainStart);
            case Operation.IntegerAdd:
                return graph.IntegerAdd(Lower(graph, operands[0]), Lower(graph, operands[1]));
            case Operation.IntegerSubtract:
                return graph.IntegerSubtract(Lower(graph, operands[0]), Upper(graph, operands[1]));
            case Operation.IntegerMultiply or Operation.IntegerDivide when IsNotNegative(operands[0]) && IsNotNegative(operands[1]):
                return graph.Integer(0);
            case Operation.IntegerMultiply:
                return Corners(graph, operands).Aggregate(graph.IntegerMin);
            case Operation.IntegerRemainder when operands[1].Operation == Operation.IntegerConstant:
                return graph.IntegerNegate(Either(() => Magnitude(graph, operands[0]), () => LargestRemainder(graph, operands[1]), (magnitude, _) => magnitude));
            case Operation.IntegerDivide or Operation.IntegerRemainder:
                return graph.IntegerNegate(Magnitude(graph, operands[0]));
            case Operation.IntegerSelect when IsGreater(node):
                return Either(() => Lower(graph, operands[1]), () => Lower(graph, operands[2]), graph.IntegerMax);
            case Operation.IntegerSelect:
                return graph.IntegerMin(Lower(graph, operands[1]), Lower(graph, operands[2]));
            default:
                throw new UnboundedException();
        }
    }

    private static IEnumerable<Node> Corners(Graph graph, Node[] factors)
    {
        Node[] first = [Lower(graph, factors[0]), Upper(graph, factors[0])];
        Node[] second = [Lower(graph, factors[1]), Upper(graph, factors[1])];
        return first.SelectMany(a => second.Select(b => graph.IntegerMultiply(a, b)));
    }

    // No quotient and no remainder is larger than its dividend.
    private static Node Magnitude(Graph graph, Node dividend) => IsNotNegative(dividend)
        ? Upper(graph, dividend)
        : graph.IntegerMax(Upper(graph, dividend), graph.IntegerNegate(Lower(graph, dividend)));

    private static Node LargestRemainder(Graph graph, Node divisor) =>
        graph.Integer(Math.Max(Math.Abs(Math.Max(divisor.Integer, -int.MaxValue)), 1) - 1);

    private static bool IsNotNegative(Node node) => node.Operation switch
    {
        Operation.IntegerConstant => node.Integer >= 0,
        Operation.LoopIndex => IsNotNegative(((LoopStatement)node.Source!).DomainStart),
        Operation.IntegerAdd or Operation.IntegerMultiply or Operation.IntegerDivide => node.Operands.All(IsNotNegative),
        Operation.IntegerRemainder => IsNotNegative(node.Operands[0]),
        Operation.IntegerSelect => IsNotNegative(node.Operands[1]) && IsNotNegative(node.Operands[2]),
        _ => false,
    };

    // a < b ? a : b is at most either, a < b ? b : a at least either: the bound of one of them will do.
    private static bool IsLesser(Node select) => Compares(select, select.Operands[1], select.Operands[2]);

    private static bool IsGreater(Node select) => Compares(select, select.Operands[2], select.Operands[1]);

    private static bool Compares(Node select, Node left, Node right) =>
        select.Operands[0] is { Operation: Operation.IntegerLess } less && less.Operands[0] == left && less.Operands[1] == right;

    private static Node Either(Func<Node> first, Func<Node> second, Func<Node, Node, Node> tighter)
    {
        Node known;
        try
        {
            known = first();
        }
        catch (UnboundedException)
        {
            return second();
        }

        try
        {
            return tighter(known, second());
        }
        catch (UnboundedException)
        {
            return known;
        }
    }
}

/// <summary>Thrown where the number of iterations of a loop that carries values cannot be bounded beforehand.</summary>
internal sealed class UnboundedException : Exception;
