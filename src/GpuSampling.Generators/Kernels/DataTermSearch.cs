using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Kernels;

/// <summary>Finds the loops of a likelihood that run over data terms: what they add up goes into the log-likelihood and nowhere else.</summary>
internal static class DataTermSearch
{
    /// <summary>The numbers of the loops over data.</summary>
    public static HashSet<int> Find(Graph graph, IReadOnlyList<LoopStatement> loops, Node density)
    {
        var found = new HashSet<int>();
        for (int i = 0; i < loops.Count; i++)
        {
            LoopStatement loop = loops[i];
            if (loop.Body.Parent == graph.Root && loop.Carried.Count == 0 && loop.Sums.Count > 0 && loop.Start.Region == graph.Root
                && !StoresOutside(loop.Body, loop.Body) && AreAddedOnly(graph, loop, density))
            {
                found.Add(i);
            }
        }

        return found;
    }

    /// <summary>The sums over data, and the rest.</summary>
    public static (Node Sums, Node Remainder) Split(Graph graph, IReadOnlyList<LoopStatement> loops, HashSet<int> dataLoops, Node density)
    {
        Node sums = graph.Zero, rest = graph.Zero;
        foreach ((Node addend, bool isNegative) in Graph.Addends(density))
        {
            if (dataLoops.Any(ordinal => IsPartOf(graph, loops[ordinal], addend)))
            {
                sums = isNegative ? graph.Subtract(sums, addend) : graph.Add(sums, addend);
            }
            else
            {
                rest = isNegative ? graph.Subtract(rest, addend) : graph.Add(rest, addend);
            }
        }

        return (sums, rest);
    }

    private static bool IsPartOf(Graph graph, LoopStatement loop, Node addend)
    {
        if (addend.Source == loop)
        {
            return true;
        }

        Node trips = graph.ToReal(graph.TripCount(loop));
        return trips.Operation != Operation.RealConstant && addend.Operation == Operation.Multiply && addend.Operands.Contains(trips);
    }

    private static bool AreAddedOnly(Graph graph, LoopStatement loop, Node density)
    {
        var others = Graph.Addends(density).Where(addend => !IsPartOf(graph, loop, addend.Addend)).Select(addend => addend.Addend).ToList();
        Node trips = graph.ToReal(graph.TripCount(loop));
        return Graph.Addends(density).Any(addend => IsPartOf(graph, loop, addend.Addend))
            && loop.Sums.All(sum => !Reachability.Uses(graph.Root, others, sum.Result))
            && (trips.Operation == Operation.RealConstant || !Reachability.Uses(graph.Root, others, trips));
    }

    private static bool StoresOutside(Region region, Region body) => region.Statements.Any(statement =>
        (statement is StoreStatement store && !store.Array.Region.IsWithin(body))
        || statement is VariateStatement
        || Reachability.Bodies(statement).Any(inner => StoresOutside(inner, body)));
}
