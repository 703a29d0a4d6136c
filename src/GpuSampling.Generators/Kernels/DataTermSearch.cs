using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Kernels;

/// <summary>Finds the loops of a likelihood that run over data terms: what they add up goes into the log-likelihood and nowhere else.</summary>
internal sealed class DataTermSearch
{
    private readonly Graph graph;
    private readonly IReadOnlyList<LoopStatement> loops;
    private readonly List<(Node Addend, bool IsNegative)> addends;

    /// <summary>The number of iterations of each loop, once it was asked for.</summary>
    private readonly Node?[] trips;

    private DataTermSearch(Graph graph, IReadOnlyList<LoopStatement> loops, Node density)
    {
        this.graph = graph;
        this.loops = loops;
        addends = Graph.Addends(density);
        trips = new Node?[loops.Count];
    }

    /// <summary>The numbers of the loops over data.</summary>
    public static HashSet<int> Find(Graph graph, IReadOnlyList<LoopStatement> loops, Node density) =>
        new DataTermSearch(graph, loops, density).Find();

    /// <summary>The sums over data, and the rest.</summary>
    public static (Node Sums, Node Remainder) Split(Graph graph, IReadOnlyList<LoopStatement> loops, HashSet<int> dataLoops, Node density)
    {
        var search = new DataTermSearch(graph, loops, density);
        Node sums = graph.Zero, rest = graph.Zero;
        foreach ((Node addend, bool isNegative) in search.addends)
        {
            if (dataLoops.Any(ordinal => search.IsPartOf(ordinal, addend)))
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

    private HashSet<int> Find()
    {
        int[] candidates = Enumerable.Range(0, loops.Count).Where(IsPlainSum).ToArray();
        if (candidates.Length == 0)
        {
            return [];
        }

        HashSet<Node> usedByStatements = Reachability.From(Reachability.AllInputs(graph.Root));
        HashSet<Node>[] usedByAddends = addends.Select(addend => Reachability.From([addend.Addend])).ToArray();
        return [.. candidates.Where(IsAddedOnly)];

        bool IsAddedOnly(int ordinal)
        {
            bool[] isPart = addends.Select(addend => IsPartOf(ordinal, addend.Addend)).ToArray();
            IEnumerable<HashSet<Node>> others = usedByAddends.Where((_, i) => !isPart[i]);
            bool IsUsed(Node node) => usedByStatements.Contains(node) || others.Any(used => used.Contains(node));
            return isPart.Contains(true) && !loops[ordinal].Sums.Any(sum => IsUsed(sum.Result))
                && (Trips(ordinal).Operation == Operation.RealConstant || !IsUsed(Trips(ordinal)));
        }
    }

    private bool IsPlainSum(int ordinal)
    {
        LoopStatement loop = loops[ordinal];
        return loop.Body.Parent == graph.Root && loop.Carried.Count == 0 && loop.Sums.Count > 0 && loop.Start.Region == graph.Root
            && IntegerText.IsKnown(graph.TripCount(loop)) // the number of terms is asked for without the data
            && !StoresOutside(loop.Body, loop.Body);
    }

    private bool IsPartOf(int ordinal, Node addend) =>
        addend.Source == loops[ordinal]
        || (Trips(ordinal).Operation != Operation.RealConstant && addend.Operation == Operation.Multiply && addend.Operands.Contains(Trips(ordinal)));

    private Node Trips(int ordinal) => trips[ordinal] ??= graph.ToReal(graph.TripCount(loops[ordinal]));

    private static bool StoresOutside(Region region, Region body) => region.Statements.Any(statement =>
        (statement is StoreStatement store && !store.Array.Region.IsWithin(body))
        || statement is VariateStatement
        || Reachability.Bodies(statement).Any(inner => StoresOutside(inner, body)));
}
