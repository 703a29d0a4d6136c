using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Kernels;

/// <summary>
/// Finds the loops over rows of a matrix whose bodies run over its columns: matrix-vector products and their transposes. Computed
/// in blocks of rows, each parameter and each element of the gradient is loaded once for a block.
/// </summary>
internal static class RowBlocks
{
    /// <summary>The number of rows of a block.</summary>
    public const int BlockSize = 8;

    /// <summary>Marks the loops of a method.</summary>
    public static void Find(Graph graph, Node result)
    {
        var live = new LiveCode(graph, [result]);
        foreach (LoopStatement loop in graph.Root.Statements.OfType<LoopStatement>().Where(live.Contains))
        {
            bool isPlain = !loop.IsDescending && !loop.IsZeroFill && !loop.Carried.Any(live.Contains)
                && loop.DomainStart.Operation == Operation.IntegerConstant;
            GraphStatement[] statements = loop.Body.Statements.Where(live.Contains).ToArray();
            if (isPlain && statements.OfType<LoopStatement>().Any() && statements.All(statement => IsPlain(statement, loop, live)))
            {
                loop.BlockSize = BlockSize;
                ShareExponentials(graph, loop, live);
            }
        }
    }

    private static bool IsPlain(GraphStatement statement, LoopStatement rows, LiveCode live)
    {
        switch (statement)
        {
            case StoreStatement store:
                return store.Adds && store.Array.Storage == ArrayStorage.Gradient;
            case LoopStatement loop:
                return !loop.IsDescending && !loop.Carried.Any(live.Contains)
                    && !loop.Start.Region.IsWithin(rows.Body) && !loop.End.Region.IsWithin(rows.Body)
                    && loop.Body.Statements.Where(live.Contains).All(inner => inner is StoreStatement && IsPlain(inner, rows, live));
            default:
                return false;
        }
    }

    /// <summary>log(1 + e^x) as max(x, 0) + log(1 + e^−|x|), whose logarithms a block takes together.</summary>
    private static void ShareExponentials(Graph graph, LoopStatement loop, LiveCode live)
    {
        foreach (Node call in live.Nodes.Where(node => node is { Operation: Operation.Call, Symbol: "Softplus", Replacement: null } && node.Region == loop.Body).ToArray())
        {
            Node x = call.Operands[0];
            Node e = graph.Call("ExpNonPositive", graph.Negate(graph.Abs(x)));
            call.Replacement = graph.Add(graph.Max(x, graph.Zero), graph.Call("Log1pOfUnit", e));
        }
    }
}
