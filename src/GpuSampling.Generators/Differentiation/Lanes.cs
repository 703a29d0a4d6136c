using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Differentiation;

/// <summary>Sets of lanes: a mask, a truth value for all lanes, or null for every lane.</summary>
internal static class Lanes
{
    public static Node Keep(Graph graph, Node? lanes, Node value) => lanes switch
    {
        null => value,
        { Type: NodeType.Boolean } => graph.UniformSelect(lanes, value, graph.Zero),
        _ => graph.Select(lanes, value, graph.Zero),
    };

    public static Node And(Graph graph, Node? a, Node b)
    {
        if (a is null || Imply(b, a))
        {
            return b;
        }

        return a.Type == NodeType.Boolean && b.Type == NodeType.Boolean
            ? graph.And(a, b)
            : graph.MaskAnd(graph.ToMask(a), graph.ToMask(b));
    }

    public static Node? Or(Graph graph, Node? a, Node? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        return a.Type == NodeType.Boolean && b.Type == NodeType.Boolean
            ? graph.Or(a, b)
            : graph.MaskOr(graph.ToMask(a), graph.ToMask(b));
    }

    /// <summary>Whether a set, as it is written, is a part of another.</summary>
    public static bool Imply(Node lanes, Node condition) => lanes == condition
        || (lanes.Operation is Operation.MaskAnd or Operation.BooleanAnd && lanes.Operands.Any(part => Imply(part, condition)));

    /// <summary>A set that holds two others, made of the conditions that they share: simpler than their union.</summary>
    public static Node? Around(Graph graph, Node? a, Node? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        return Imply(a, b) ? b
            : Imply(b, a) ? a
            : a.Operation is Operation.MaskAnd or Operation.BooleanAnd
                ? Meet(Around(graph, a.Operands[0], b), Around(graph, a.Operands[1], b))
                : null;

        Node? Meet(Node? one, Node? other) => one is null ? other : other is null ? one : And(graph, one, other);
    }

    /// <summary>Whether the union of some sets has every lane, whatever the comparisons in it say; false where there are many.</summary>
    public static bool AreAll(IReadOnlyCollection<Node> sets)
    {
        var comparisons = new List<Node>();
        void Find(Node lanes)
        {
            if (IsLogical(lanes))
            {
                Array.ForEach(lanes.Operands, Find);
            }
            else if (!comparisons.Contains(lanes))
            {
                comparisons.Add(lanes);
            }
        }

        bool Holds(Node lanes, int chance) => lanes.Operation switch
        {
            Operation.MaskAnd or Operation.BooleanAnd => lanes.Operands.All(part => Holds(part, chance)),
            Operation.MaskOr or Operation.BooleanOr => lanes.Operands.Any(part => Holds(part, chance)),
            Operation.MaskNot or Operation.BooleanNot => !Holds(lanes.Operands[0], chance),
            Operation.UniformMask => Holds(lanes.Operands[0], chance),
            _ => (chance >> comparisons.IndexOf(lanes) & 1) != 0,
        };

        foreach (Node lanes in sets)
        {
            Find(lanes);
        }

        return comparisons.Count <= 6 && Enumerable.Range(0, 1 << comparisons.Count).All(chance => sets.Any(lanes => Holds(lanes, chance)));
    }

    private static bool IsLogical(Node lanes) => lanes.Operation is Operation.MaskAnd or Operation.MaskOr or Operation.MaskNot
        or Operation.BooleanAnd or Operation.BooleanOr or Operation.BooleanNot or Operation.UniformMask;

    /// <summary>The smallest set known outside a region that holds these lanes; null for every lane.</summary>
    public static Node? Outside(Graph graph, Node? lanes, Region region)
    {
        if (lanes is null || !lanes.Region.IsWithin(region))
        {
            return lanes;
        }

        switch (lanes.Operation)
        {
            case Operation.MaskAnd:
            case Operation.BooleanAnd:
                Node? a = Outside(graph, lanes.Operands[0], region), b = Outside(graph, lanes.Operands[1], region);
                return b is null ? a : And(graph, a, b);
            case Operation.MaskOr:
            case Operation.BooleanOr:
                return Or(graph, Outside(graph, lanes.Operands[0], region), Outside(graph, lanes.Operands[1], region));
            case Operation.UniformMask:
                return Outside(graph, lanes.Operands[0], region);
            default:
                return null;
        }
    }

    public static Node Not(Graph graph, Node a) => a.Type == NodeType.Boolean ? graph.Not(a) : graph.MaskNot(a);
}
