using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Lowering;

namespace GpuSampling.Generators.Differentiation;

/// <content>The derivative of each operation.</content>
internal sealed partial class ReverseMode
{
    private void Propagate(Frame frame, Node node)
    {
        if (node.Operation is Operation.LoopResult or Operation.BranchResult or Operation.Carried)
        {
            return; // taken up by the statement
        }

        (Node adjoint, Node? lanes, bool mayVanish) = frame.Adjoints[node].Total(graph);
        if (node.Name is not null && adjoint.Operands.Length > 0)
        {
            adjoint.Hint ??= node.Name + "Gradient";
        }

        if (mayVanish && !finiteness.HasFiniteDerivatives(node))
        {
            lanes = Lanes.And(graph, lanes, graph.MaskNot(graph.Equal(adjoint, graph.Zero)));
            mayVanish = false;
        }

        Node[] operands = node.Operands;
        Node Operand(int index) => Value(frame, operands[index]);
        void Give(int index, Node contribution) => Contribute(frame, operands[index], new(contribution, lanes, mayVanish));

        switch (node.Operation)
        {
            case Operation.Add:
                Give(0, adjoint);
                Give(1, adjoint);
                break;
            case Operation.Subtract:
                Give(0, adjoint);
                Give(1, graph.Negate(adjoint));
                break;
            case Operation.Multiply when operands[0] == operands[1]:
                Give(0, graph.Multiply(graph.Multiply(graph.Real(2), adjoint), Operand(0)));
                break;
            case Operation.Multiply:
                if (operands[0].DependsOnParameters)
                {
                    Give(0, graph.Multiply(adjoint, Operand(1)));
                }

                if (operands[1].DependsOnParameters)
                {
                    Give(1, graph.Multiply(adjoint, Operand(0)));
                }

                break;
            case Operation.Reciprocal:
                Node reciprocal = Value(frame, node);
                Give(0, graph.Negate(graph.Multiply(graph.Multiply(adjoint, reciprocal), reciprocal)));
                break;
            case Operation.Negate:
                Give(0, graph.Negate(adjoint));
                break;
            case Operation.Sqrt:
                Give(0, graph.Multiply(adjoint, graph.Multiply(graph.Real(0.5), graph.Reciprocal(Value(frame, node)))));
                break;
            case Operation.Abs:
                Give(0, graph.Select(graph.Less(Operand(0), graph.Zero), graph.Negate(adjoint), adjoint));
                break;
            case Operation.Min:
                GiveByLanes(frame, operands, IsLess(node, Operand(0), Operand(1)), new(adjoint, lanes, mayVanish));
                break;
            case Operation.Max:
                GiveByLanes(frame, operands, IsLess(node, Operand(1), Operand(0)), new(adjoint, lanes, mayVanish));
                break;
            case Operation.Select:
            case Operation.UniformSelect:
                GiveByLanes(frame, [operands[1], operands[2]], Operand(0), new(adjoint, lanes, mayVanish));
                break;
            case Operation.Call when node.Symbol == "Pow":
                Node x = Operand(0), exponent = Operand(1);
                if (operands[0].DependsOnParameters)
                {
                    Node lower = graph.Call("Pow", x, graph.Subtract(exponent, graph.One));
                    Give(0, graph.Multiply(adjoint, graph.Multiply(exponent, lower)));
                }

                if (operands[1].DependsOnParameters)
                {
                    Node slope = graph.Select(graph.Less(graph.Zero, x), graph.Multiply(Value(frame, node), graph.Call("Log", x)), graph.Zero);
                    Give(1, graph.Multiply(adjoint, slope));
                }

                break;
            case Operation.Call:
                Give(0, graph.Multiply(adjoint, Intrinsics.Derivative(graph, Value(frame, node))));
                break;
            case Operation.Term:
                Give(0, adjoint);
                break;
            case Operation.Position:
                graph.Store(frame.Target, gradient, Operand(0), Lanes.Keep(graph, lanes, adjoint), adds: true);
                break;
            case Operation.Load:
                var load = (LoadStatement)node.Source!;
                LocalArray array = ArrayIn(frame, load.Array);
                graph.Store(
                    frame.Target, AdjointArray(frame, load.Array, array), Value(frame, load.Index), Lanes.Keep(graph, lanes, adjoint), adds: true);
                break;
            case Operation.Floor:
            case Operation.WithoutGradient:
                break;
            default:
                throw new InvalidOperationException($"{node} has no derivative.");
        }
    }

    private Node IsLess(Node extreme, Node a, Node b) => extreme.Integer != 0 ? graph.LessOrEqual(a, b) : graph.Less(a, b);

    private void GiveByLanes(Frame frame, Node[] alternatives, Node condition, Contribution adjoint)
    {
        Contribute(frame, alternatives[0], adjoint with { Lanes = Lanes.And(graph, adjoint.Lanes, condition) });
        if (adjoint.Lanes is null || !Lanes.Imply(adjoint.Lanes, condition))
        {
            Contribute(frame, alternatives[1], adjoint with { Lanes = Lanes.And(graph, adjoint.Lanes, Lanes.Not(graph, condition)) });
        }
    }

    /// <summary>The array of the adjoints of an array's elements, cleared before the reverse part begins.</summary>
    private LocalArray AdjointArray(Frame frame, LocalArray primal, LocalArray array)
    {
        if (adjointArrays.TryGetValue(array, out LocalArray? adjoint))
        {
            return adjoint;
        }

        Frame owner = frame;
        while (owner.Primal != primal.Region)
        {
            owner = owner.Parent!;
        }

        adjoint = graph.Declare(array.Name + "Gradient", ArrayStorage.Scratch, owner.Target, array.Sizes);
        adjoint.HasStandIn = array.HasStandIn;
        adjointArrays[array] = adjoint;
        var clear = new LoopStatement(owner.Target, graph.Integer(0), array.Sizes.Aggregate(graph.IntegerMultiply)) { IsZeroFill = true };
        clear.Index = graph.ResultOf(clear, Operation.LoopIndex, NodeType.Integer, clear.Body);
        clear.Index.Name = "i";
        graph.Store(clear.Body, adjoint, clear.Index, graph.Zero, adds: false);
        owner.Target.Statements.Insert(owner.ReverseStart++, clear);
        return adjoint;
    }

    private void ReverseStore(Frame frame, StoreStatement store)
    {
        LocalArray array = ArrayIn(frame, store.Array);
        if (!adjointArrays.TryGetValue(array, out LocalArray? adjoint))
        {
            return; // nothing that depends on parameters reads this array later
        }

        Node index = Value(frame, store.Index);
        if (store.Value.DependsOnParameters)
        {
            Node? lanes = store.Array.Lanes is { } declared ? Value(frame, declared) : null;
            Contribute(frame, store.Value, new(graph.Load(frame.Target, adjoint, index), lanes, MayVanish: true)); // it may not be read
        }

        if (!store.Adds && arrayUse.MayBeOverwritten(store))
        {
            graph.Store(frame.Target, adjoint, index, graph.Zero, adds: false);
        }
    }
}
