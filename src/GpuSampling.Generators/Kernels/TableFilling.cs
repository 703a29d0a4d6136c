using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Kernels;

/// <summary>The method that computes the tables of data-only values.</summary>
internal static class TableFilling
{
    /// <summary>The method, which writes the tables one after another.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="start">The name of the integer that says where a table begins among the outputs.</param>
    public static KernelMethod Build(IReadOnlyList<DataTable> tables, Func<DataTable, Node, Graph, Node> start)
    {
        var graph = new Graph();
        LocalArray outputs = graph.Declare("tables", ArrayStorage.Outputs, graph.Root);
        foreach (DataTable table in tables)
        {
            Region region = graph.Root;
            var counters = new Dictionary<Node, Node>();
            var open = new Stack<LoopStatement>();
            Node index = graph.Integer(0);
            foreach (LoopStatement loop in table.Loops)
            {
                Node first = Copy(graph, loop.DomainStart, counters), end = Copy(graph, loop.DomainEnd, counters);
                LoopStatement filling = graph.BeginLoop(region, first, end);
                filling.Index.Name = loop.Index.Name;
                counters[loop.Index] = filling.Index;
                index = graph.IntegerAdd(graph.IntegerMultiply(index, graph.IntegerSubtract(end, first)), graph.IntegerSubtract(filling.Index, first));
                region = filling.Body;
                open.Push(filling);
            }

            if (table.BlockSize > 1)
            {
                LoopStatement[] loops = open.Reverse().ToArray();
                index = graph.IntegerAdd(
                    DataTables.BlockPlace(graph, loops[0].Index, loops[0].Start, loops[1].Start, loops[1].End),
                    graph.IntegerMultiply(graph.Integer(table.BlockSize), graph.IntegerSubtract(loops[1].Index, loops[1].Start)));
            }

            Node value = Copy(graph, table.Value, counters);
            graph.Store(region, outputs, start(table, index, graph), value, adds: false);
            while (open.Count > 0)
            {
                graph.EndLoop(open.Pop());
            }
        }

        return new KernelMethod(graph, null);
    }

    private static Node Copy(Graph graph, Node node, Dictionary<Node, Node> copies)
    {
        if (!copies.TryGetValue(node, out Node? copy))
        {
            copy = graph.Pure(
                node.Operation, node.Type, node.Operands.Select(operand => Copy(graph, operand, copies)).ToArray(), node.Symbol, node.Number, node.Integer);
            copies[node] = copy;
        }

        return copy;
    }
}
