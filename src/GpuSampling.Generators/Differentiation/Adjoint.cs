using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Differentiation;

/// <summary>
/// The derivative of the log-density with respect to a value, as a sum of contributions. A contribution may count for some lanes
/// only; outside them it may be NaN or infinite, as it comes from a branch that was not taken. Selecting it away where
/// contributions meet, instead of multiplying by zero on the way, keeps such lanes out of the sum.
/// </summary>
internal sealed class Adjoint
{
    private readonly List<(Node Value, Node? Lanes)> contributions = [];

    public void Add(Node value, Node? lanes) => contributions.Add((value, lanes));

    /// <summary>The sum of the contributions and the lanes for which it holds; null for all.</summary>
    public (Node Value, Node? Lanes) Total(Graph graph)
    {
        var groups = new List<(Node Value, Node? Lanes)>();
        foreach ((Node value, Node? lanes) in contributions)
        {
            int index = groups.FindIndex(group => group.Lanes == lanes);
            if (index < 0)
            {
                groups.Add((value, lanes));
            }
            else
            {
                groups[index] = (graph.Add(groups[index].Value, value), lanes);
            }
        }

        if (groups.Count == 1)
        {
            return groups[0];
        }

        Node total = graph.Zero;
        Node? any = groups[0].Lanes;
        foreach ((Node value, Node? lanes) in groups)
        {
            total = graph.Add(total, Lanes.Keep(graph, lanes, value));
            any = Lanes.Or(graph, any, lanes);
        }

        return (total, any);
    }

    /// <summary>The sum of the contributions, zero in the lanes for which there are none.</summary>
    public Node Value(Graph graph)
    {
        (Node value, Node? lanes) = Total(graph);
        return Lanes.Keep(graph, lanes, value);
    }
}

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
        if (a is null)
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

    public static Node Not(Graph graph, Node a) => a.Type == NodeType.Boolean ? graph.Not(a) : graph.MaskNot(a);
}
