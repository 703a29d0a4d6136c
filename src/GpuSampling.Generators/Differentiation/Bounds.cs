using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Differentiation;

/// <summary>Bounds of integers that hold for every iteration of the loops around them: the sizes of tapes.</summary>
internal static class Bounds
{
    /// <summary>A number, known before all loops, that <paramref name="node"/> never exceeds.</summary>
    public static Node Upper(Graph graph, Node node)
    {
        if (node.Region == graph.Root)
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
                return graph.IntegerMultiply(Upper(graph, operands[0]), Upper(graph, operands[1]));
            case Operation.IntegerDivide:
                return Upper(graph, operands[0]);
            case Operation.IntegerSelect:
                return graph.IntegerMax(Upper(graph, operands[1]), Upper(graph, operands[2]));
            default:
                throw new UnboundedException();
        }
    }

    private static Node Lower(Graph graph, Node node)
    {
        if (node.Region == graph.Root)
        {
            return node;
        }

        Node[] operands = node.Operands;
        return node.Operation switch
        {
            Operation.LoopIndex => Lower(graph, ((LoopStatement)node.Source!).DomainStart),
            Operation.IntegerAdd => graph.IntegerAdd(Lower(graph, operands[0]), Lower(graph, operands[1])),
            Operation.IntegerSubtract => graph.IntegerSubtract(Lower(graph, operands[0]), Upper(graph, operands[1])),
            Operation.IntegerSelect => graph.IntegerMin(Lower(graph, operands[1]), Lower(graph, operands[2])),
            _ => graph.Integer(0),
        };
    }
}

/// <summary>Thrown where the number of iterations of a loop that carries values cannot be bounded beforehand.</summary>
internal sealed class UnboundedException : Exception;
