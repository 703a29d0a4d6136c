namespace GpuSampling.Generators.Graphs;

/// <summary>
/// Which values are finite wherever parameters and data are, as far as their form shows it. Overflow of sums and products does not
/// count, nor that of a positive parameter's own transform: the log-density is lost there anyway.
/// </summary>
internal sealed class Finiteness
{
    private readonly HashSet<Node> finite = [], open = [];

    /// <summary>Whether a value is surely finite.</summary>
    public bool IsFinite(Node node)
    {
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>();
        pending.Push(node);
        while (pending.Count > 0)
        {
            Node one = pending.Pop();
            if (finite.Contains(one) || !seen.Add(one))
            {
                continue;
            }

            if (open.Contains(one) || !TryPushSources(one, pending))
            {
                open.Add(node);
                return false;
            }
        }

        // All that was seen rests on nothing else.
        finite.UnionWith(seen);
        return true;
    }

    /// <summary>Whether the derivatives of a value by its operands are surely finite.</summary>
    public bool HasFiniteDerivatives(Node node)
    {
        Node[] operands = node.Operands;
        switch (node.Operation)
        {
            case Operation.Multiply:
                return (!operands[0].DependsOnParameters || IsFinite(operands[1])) && (!operands[1].DependsOnParameters || IsFinite(operands[0]));
            case Operation.Reciprocal:
            case Operation.Sqrt:
            case Operation.Call:
                return IsFinite(node) && node.Symbol != "Pow";
            default:
                return true;
        }
    }

    /// <summary>Notes what must be finite for a value to be so; false where that is not enough.</summary>
    private static bool TryPushSources(Node node, Stack<Node> pending)
    {
        switch (node.Operation)
        {
            case Operation.RealConstant:
                return !double.IsNaN(node.Number) && !double.IsInfinity(node.Number);
            case Operation.IntegerToReal:
            case Operation.Position:
            case Operation.DataReal:
                return true;
            case Operation.Add:
            case Operation.Subtract:
            case Operation.Multiply:
            case Operation.Negate:
            case Operation.Abs:
            case Operation.Floor:
            case Operation.Min:
            case Operation.Max:
            case Operation.Term:
            case Operation.WithoutGradient:
                Array.ForEach(node.Operands, pending.Push);
                return true;
            case Operation.Select:
            case Operation.UniformSelect:
                pending.Push(node.Operands[1]);
                pending.Push(node.Operands[2]);
                return true;
            case Operation.Reciprocal:
            case Operation.Sqrt:
                return IsPositive(node.Operands[0]);
            case Operation.Call:
                return TryPushArgument(node.Symbol!, node.Operands[0], pending);
            default:
                return TryPushResultsOfStatement(node, pending);
        }
    }

    private static bool TryPushArgument(string function, Node x, Stack<Node> pending)
    {
        switch (function)
        {
            case "Exp":
                return x.Operation == Operation.Position;
            case "Log":
            case "Log1p":
                return IsPositive(x);
            case "Logistic":
            case "Softplus":
            case "LogNormalCdf":
            case "Sin":
            case "Cos":
            case "Atan":
                pending.Push(x);
                return true;
            default:
                return false;
        }
    }

    private static bool TryPushResultsOfStatement(Node node, Stack<Node> pending)
    {
        switch (node.Source)
        {
            case LoadStatement load:
                load.Array.Stored.ForEach(pending.Push);
                return load.Array.Storage == ArrayStorage.Scratch;
            case BranchStatement branch:
                BranchValue chosen = branch.Values.First(value => value.Result == node);
                pending.Push(chosen.WhenTrue);
                pending.Push(chosen.WhenFalse);
                return true;
            case LoopStatement loop when loop.Sums.Find(sum => sum.Result == node) is { } sum:
                pending.Push(sum.Increment);
                return true;
            case LoopStatement loop when loop.Carried.Find(one => one.Current == node || one.Result == node) is { Next: { } next } carried:
                pending.Push(carried.Initial);
                pending.Push(next);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a value is surely finite and above zero.</summary>
    private static bool IsPositive(Node node)
    {
        Node[] operands = node.Operands;
        switch (node.Operation)
        {
            case Operation.RealConstant:
                return node.Number > 0 && !double.IsInfinity(node.Number);
            case Operation.Call:
                return node.Symbol is "Exp" or "Logistic" && operands[0].Operation == Operation.Position;
            case Operation.Add:
                return operands.All(IsPositive) || (operands[0].IsConstant(0) && IsPositive(operands[1])) || (operands[1].IsConstant(0) && IsPositive(operands[0]));
            case Operation.Multiply:
                return operands.All(IsPositive);
            case Operation.Reciprocal:
            case Operation.Sqrt:
                return IsPositive(operands[0]);
            case Operation.Load:
                return node.Source is LoadStatement { Array: { Storage: ArrayStorage.Scratch, IsComplete: true } array } && array.Stored.TrueForAll(IsPositive);
            default:
                return false;
        }
    }
}
