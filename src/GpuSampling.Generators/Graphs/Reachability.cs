namespace GpuSampling.Generators.Graphs;

/// <summary>What values and statements need.</summary>
internal static class Reachability
{
    /// <summary>Whether the statements of a region, or some values, use a value.</summary>
    public static bool Uses(Region region, IEnumerable<Node> values, Node used)
    {
        var seen = new HashSet<Node>();
        return values.Any(value => Uses(value, used, seen)) || region.Statements.Any(statement => Uses(statement, used, seen));
    }

    private static bool Uses(GraphStatement statement, Node used, HashSet<Node> seen)
    {
        foreach (Node input in Inputs(statement))
        {
            if (Uses(input, used, seen))
            {
                return true;
            }
        }

        return Bodies(statement).Any(body => body.Statements.Any(inner => Uses(inner, used, seen)));
    }

    private static bool Uses(Node node, Node used, HashSet<Node> seen)
    {
        if (node == used)
        {
            return true;
        }

        if (node.Id < used.Id || !seen.Add(node))
        {
            return false;
        }

        return node.Operands.Any(operand => Uses(operand, used, seen));
    }

    /// <summary>Some values and all from which they are computed, as far as no statement lies between.</summary>
    public static HashSet<Node> From(IEnumerable<Node> values)
    {
        var found = new HashSet<Node>();
        var pending = new Stack<Node>(values);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (found.Add(node))
            {
                foreach (Node operand in node.Operands)
                {
                    pending.Push(operand);
                }
            }
        }

        return found;
    }

    /// <summary>The values that the statements of a region use, and those inside them.</summary>
    public static IEnumerable<Node> AllInputs(Region region) => region.Statements.SelectMany(statement =>
        Inputs(statement).Concat(Bodies(statement).SelectMany(AllInputs)));

    /// <summary>The regions inside a statement.</summary>
    public static IEnumerable<Region> Bodies(GraphStatement statement) => statement switch
    {
        LoopStatement loop => [loop.Body],
        BranchStatement branch => [branch.WhenTrue, branch.WhenFalse],
        _ => [],
    };

    /// <summary>The values that a statement itself uses, not those that the statements inside it use.</summary>
    public static IEnumerable<Node> Inputs(GraphStatement statement)
    {
        switch (statement)
        {
            case LoopStatement loop:
                yield return loop.Start;
                yield return loop.End;
                foreach (CarriedValue carried in loop.Carried)
                {
                    yield return carried.Initial;
                    yield return carried.Next!;
                }

                foreach (LoopSum sum in loop.Sums)
                {
                    yield return sum.Increment;
                }

                break;
            case BranchStatement branch:
                yield return branch.Condition;
                foreach (BranchValue value in branch.Values)
                {
                    yield return value.WhenTrue;
                    yield return value.WhenFalse;
                }

                break;
            case LoadStatement load:
                yield return load.Index;
                break;
            case StoreStatement store:
                yield return store.Index;
                yield return store.Value;
                break;
            case VariateStatement variate:
                yield return variate.Slot;
                foreach (Node argument in variate.Arguments)
                {
                    yield return argument;
                }

                break;
        }
    }
}
