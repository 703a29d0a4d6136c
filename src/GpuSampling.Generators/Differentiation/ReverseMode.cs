using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Differentiation;

/// <summary>
/// Reverse-mode differentiation of a graph into the same graph. Straight code is reversed with its values at hand. A loop is
/// reversed by a loop whose iterations compute their values again from what the loop carries, which is all that a tape keeps;
/// sums carry nothing, so loops over data need no tape, and what they add up is added up in the reversed loop alone.
/// </summary>
internal sealed partial class ReverseMode
{
    private readonly Graph graph;
    private readonly LocalArray gradient;
    private readonly ArrayUse arrayUse;
    private readonly Finiteness finiteness = new();
    private readonly Dictionary<LocalArray, LocalArray> adjointArrays = [];

    private ReverseMode(Graph graph)
    {
        this.graph = graph;
        gradient = graph.Declare("gradient", ArrayStorage.Gradient, graph.Root);
        arrayUse = new ArrayUse(graph);
    }

    /// <summary>Appends the statements that add the gradient of a value to the array <c>gradient</c>.</summary>
    /// <param name="graph">The graph of the primal program; extended.</param>
    /// <param name="density">The value to differentiate.</param>
    /// <returns>The same value, computed along the way.</returns>
    public static Node Differentiate(Graph graph, Node density)
    {
        graph.Note = null;
        var mode = new ReverseMode(graph);
        var root = new Frame(graph.Root, graph.Root, null) { ReverseStart = graph.Root.Statements.Count };
        GraphStatement[] primal = [.. graph.Root.Statements];
        foreach (LoopStatement loop in primal.OfType<LoopStatement>())
        {
            root.ForwardLoops[loop] = loop;
        }

        foreach (BranchStatement branch in primal.OfType<BranchStatement>())
        {
            root.ForwardBranches[branch] = branch;
        }

        if (density.DependsOnParameters)
        {
            mode.Contribute(root, density, new(graph.One, null, MayVanish: false));
            mode.Reverse(root, primal);
        }

        return mode.SunkValue(root, density);
    }

    /// <summary>The value of a primal node where the frame's statements go.</summary>
    private Node Value(Frame frame, Node node)
    {
        Frame? owner = frame;
        while (owner is not null && owner.Primal != node.Region)
        {
            owner = owner.Parent;
        }

        if (owner is null || owner.Primal == owner.Target)
        {
            return node;
        }

        if (owner.Values.TryGetValue(node, out Node? value))
        {
            return value;
        }

        if (node.Source is not null)
        {
            throw new InvalidOperationException($"{node} has no value in the reversed region.");
        }

        SourceNote? note = graph.Note;
        graph.Note = node.Note;
        value = graph.Pure(
            node.Operation, node.Type, node.Operands.Select(operand => Value(owner, operand)).ToArray(), node.Symbol, node.Number, node.Integer);
        graph.Note = note;
        value.Name ??= node.Name;
        value.DependsOnParameters |= node.DependsOnParameters;
        value.DependsOnData |= node.DependsOnData;
        owner.Values[node] = value;
        return value;
    }

    /// <summary>A value of which sums over loops may have been left to the reversed loops.</summary>
    private Node SunkValue(Frame frame, Node node)
    {
        Node total = graph.Zero, data = graph.Zero;
        foreach ((Node addend, bool isNegative) in Graph.Addends(node))
        {
            Node value = frame.SunkSums.TryGetValue(addend, out Node? sunk) ? sunk : Value(frame, addend);

            // What depends on data alone is added up by itself, so that a table can hold it.
            ref Node sum = ref (addend.DependsOnParameters || addend.Operation == Operation.LoopResult ? ref total : ref data);
            sum = isNegative ? graph.Subtract(sum, value) : graph.Add(sum, value);
        }

        return graph.Add(total, data);
    }

    private static LocalArray ArrayIn(Frame? frame, LocalArray array)
    {
        for (; frame is not null; frame = frame.Parent)
        {
            if (frame.Arrays.TryGetValue(array, out LocalArray? local))
            {
                return local;
            }
        }

        return array;
    }

    /// <summary>Adds to the adjoint of a primal value.</summary>
    private void Contribute(Frame frame, Node node, Contribution contribution)
    {
        // A sum over data alone has no gradient, but the loop that reverses the others can compute it along with them.
        bool mayBeSunk = node.Operation == Operation.LoopResult && contribution.Value.Operation == Operation.RealConstant;
        if (!(node.DependsOnParameters || mayBeSunk) || node.Type != NodeType.Real || contribution.Value.IsConstant(0))
        {
            return;
        }

        bool isOwn = node.Region == frame.Primal;
        Dictionary<Node, Adjoint> adjoints = isOwn ? frame.Adjoints : frame.OuterAdjoints;
        if (!adjoints.TryGetValue(node, out Adjoint? adjoint))
        {
            adjoints[node] = adjoint = new Adjoint();
            if (isOwn)
            {
                frame.Pending[node.Id] = node;
            }
        }

        adjoint.Add(contribution);
    }

    /// <summary>The adjoint of a primal value, right in some lanes that hold all in which something depends on it.</summary>
    private Node AdjointOf(Frame frame, Node node, Node? lanes) =>
        frame.Adjoints.TryGetValue(node, out Adjoint? adjoint) ? adjoint.ValueIn(graph, lanes) : graph.Zero;

    /// <summary>Reverses the statements and values of a region, the latest first.</summary>
    private void Reverse(Frame frame, IEnumerable<GraphStatement> statements)
    {
        foreach (GraphStatement statement in statements)
        {
            if (!statement.IsTape)
            {
                frame.Pending[statement.Id] = statement;
            }
        }

        while (frame.Pending.Count > 0)
        {
            KeyValuePair<int, object> latest = frame.Pending.First();
            frame.Pending.Remove(latest.Key);
            SourceNote? note = latest.Value is Node value ? value.Note : ((GraphStatement)latest.Value).Note;
            SourceSpan place = latest.Value is Node { Place.Length: > 0 } known ? known.Place : note?.Span ?? default;
            graph.Place = place;
            try
            {
                ReverseOne(frame, latest.Value);
            }
            catch (Exception fault) when (FaultPlace.Note(fault, place))
            {
                throw;
            }
        }
    }

    private void ReverseOne(Frame frame, object one)
    {
        switch (one)
        {
            case Node node:
                Propagate(frame, node);
                break;
            case LoopStatement loop:
                ReverseLoop(frame, loop);
                break;
            case BranchStatement branch:
                ReverseBranch(frame, branch);
                break;
            case StoreStatement store:
                ReverseStore(frame, store);
                break;
        }
    }

    /// <summary>Gives what a region contributed to values around it to the frame of those values.</summary>
    private void Flush(Frame from, Frame to, Func<Node, Node, Node> carryOut)
    {
        foreach (KeyValuePair<Node, Adjoint> entry in from.OuterAdjoints)
        {
            Contribution total = entry.Value.TotalAround(graph, from.Target);
            Contribute(to, entry.Key, new(carryOut(entry.Key, total.Value), total.Lanes, MayVanish: true)); // there may be no iteration
        }
    }
}
