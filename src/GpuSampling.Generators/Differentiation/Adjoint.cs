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

    /// <summary>The sum of the contributions, right in some lanes that hold all of its own.</summary>
    public Node ValueIn(Graph graph, Node? lanes)
    {
        (Node value, Node? own) = Total(graph);
        return own == lanes ? value : Lanes.Keep(graph, own, value);
    }

    /// <summary>The sum of the contributions and the lanes for which it holds, as far as they are known outside a region.</summary>
    public (Node Value, Node? Lanes) TotalOutside(Graph graph, Region region)
    {
        (Node value, Node? own) = Total(graph);
        Node? lanes = Lanes.Outside(graph, own, region);
        return (own == lanes ? value : Lanes.Keep(graph, own, value), lanes);
    }

    /// <summary>The same for as many lanes as keep it simple: a sum of several parts is zero in lanes that none of them counts for.</summary>
    public (Node Value, Node? Lanes) TotalAround(Graph graph, Region region)
    {
        Node?[] sets = [.. contributions.Select(one => one.Lanes).Distinct()];
        return sets.Length == 1
            ? TotalOutside(graph, region)
            : (Total(graph).Value, Lanes.Outside(graph, sets.Aggregate((a, b) => Lanes.Around(graph, a, b)), region));
    }
}
