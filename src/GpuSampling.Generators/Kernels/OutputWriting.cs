using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Lowering;
using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Kernels;

/// <summary>The method that writes a draw: constrained parameters, then generated quantities.</summary>
internal sealed class OutputWriting(KernelLayout layout, ModelProgram program)
{
    public Node Lower(ProgramLowering lowering)
    {
        Graph graph = lowering.Graph;
        layout.Define(lowering);
        LocalArray outputs = graph.Declare("outputs", ArrayStorage.Outputs, graph.Root);
        Node start = graph.Integer(0);
        foreach ((ModelField field, Node[] sizes) in layout.Outputs(lowering))
        {
            Node count = sizes.Aggregate(graph.Integer(1), graph.IntegerMultiply);
            if (field.Role == FieldRole.Parameter)
            {
                Copy(graph, outputs, start, count, lowering.Field(field.Name));
            }
            else
            {
                lowering.Define(field.Name, new WritableArray(outputs, start, sizes));
                Clear(graph, outputs, start, count);
            }

            start = graph.IntegerAdd(start, count);
        }

        if (program.Generate is { } generate)
        {
            Function function = program.Functions.First(one => one.Key == generate);
            Value[] arguments = function.Parameters.Select(_ => (Value)new RandomValue()).ToArray();
            lowering.Call(generate, arguments, function.Body.Span);
        }

        return graph.Zero;
    }

    /// <summary>A quantity that the author's method leaves out is 0, not what memory holds.</summary>
    private static void Clear(Graph graph, LocalArray outputs, Node start, Node count)
    {
        if (Graph.IsInteger(count, 1))
        {
            graph.Store(graph.Root, outputs, start, graph.Zero, adds: false);
            return;
        }

        LoopStatement loop = graph.BeginLoop(graph.Root, graph.Integer(0), count);
        loop.Index.Name = "i";
        graph.Store(loop.Body, outputs, graph.IntegerAdd(start, loop.Index), graph.Zero, adds: false);
        graph.EndLoop(loop);
    }

    private static void Copy(Graph graph, LocalArray outputs, Node start, Node count, Value value)
    {
        if (value is ScalarValue scalar)
        {
            graph.Store(graph.Root, outputs, start, scalar.Node, adds: false);
            return;
        }

        LoopStatement loop = graph.BeginLoop(graph.Root, graph.Integer(0), count);
        loop.Index.Name = "i";
        Node element = value switch
        {
            PositionArray position => graph.Pure(Operation.Position, NodeType.Real, [graph.IntegerAdd(position.Start, loop.Index)]),
            WritableArray array => graph.Load(loop.Body, array.Array, graph.IntegerAdd(array.Start, loop.Index)),
            _ => throw new InvalidOperationException("A parameter is a scalar or an array."),
        };
        graph.Store(loop.Body, outputs, graph.IntegerAdd(start, loop.Index), element, adds: false);
        graph.EndLoop(loop);
    }
}
