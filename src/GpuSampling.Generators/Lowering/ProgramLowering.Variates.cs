using GpuSampling.Generators.Differentiation;
using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <content>Random numbers of generated quantities.</content>
internal sealed partial class ProgramLowering
{
    /// <summary>The number of slots that calls so far can take.</summary>
    private Node? slotCount;

    /// <summary>A random number, by the standard one of its family where there is one.</summary>
    private Node Variate(string distribution, Node[] arguments) => (distribution, arguments.Length) switch
    {
        ("Uniform", 2) => Graph.Add(arguments[0], Graph.Multiply(Graph.Subtract(arguments[1], arguments[0]), Draw("Uniform"))),
        ("Normal", 2) => Graph.Add(arguments[0], Graph.Multiply(arguments[1], Draw("Normal"))),
        ("Exponential", 1) => Graph.Divide(Draw("Exponential"), arguments[0]),
        ("Gamma", 2) => Graph.Divide(Draw("Gamma", arguments[0]), arguments[1]),
        _ => Draw(distribution, arguments),
    };

    /// <summary>A number with a slot of its own for each iteration of the loops around the call.</summary>
    private Node Draw(string distribution, params Node[] arguments)
    {
        Node index = Graph.Integer(0), count = Graph.Integer(1);
        for (Region? around = region; around is not null; around = around.Parent)
        {
            if (around.Owner is LoopStatement loop)
            {
                // From the innermost loop outwards: each counts in steps of the extent of those inside.
                index = Graph.IntegerAdd(Graph.IntegerMultiply(count, Graph.IntegerSubtract(loop.Index, loop.Start)), index);
                count = Graph.IntegerMultiply(count, Extent(loop));
            }
        }

        Node first = slotCount ?? Graph.Integer(0);
        slotCount = Graph.IntegerAdd(first, count);
        var statement = new VariateStatement(distribution, Graph.IntegerAdd(first, index), arguments) { Id = Graph.NextId(), Note = Graph.Note };
        statement.Result = Graph.ResultOf(statement, Operation.Variate, NodeType.Real, region, arguments);
        statement.Result.DependsOnParameters = true; // differs between chains
        region.Statements.Add(statement);
        return statement.Result;
    }

    private Node Extent(LoopStatement loop)
    {
        try
        {
            return Bounds.Upper(Graph, Graph.TripCount(loop));
        }
        catch (UnboundedException)
        {
            throw new UnsupportedProgramException(Rules.UnboundedLoop, loop.Span);
        }
    }
}
