using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Emission;

/// <summary>What a method has to compute: the values and statements on which its result and the memory it writes depend.</summary>
internal sealed class LiveCode
{
    private readonly HashSet<Node> nodes = [];
    private readonly HashSet<GraphStatement> statements = [];
    private readonly HashSet<LocalArray> arrays = [];
    private readonly Dictionary<LocalArray, List<StoreStatement>> stores = [];
    private readonly Dictionary<GraphStatement, Region> regionOf = [];
    private readonly Stack<Node> pending = new();

    public LiveCode(Graph graph, IEnumerable<Node> results)
    {
        Index(graph.Root);
        foreach (Node result in results)
        {
            Mark(result);
        }

        foreach (KeyValuePair<LocalArray, List<StoreStatement>> entry in stores)
        {
            if (entry.Key.Storage != ArrayStorage.Scratch)
            {
                Mark(entry.Key);
            }
        }

        while (pending.Count > 0)
        {
            Visit(pending.Pop());
        }
    }

    public IReadOnlyCollection<Node> Nodes => nodes;

    public IReadOnlyCollection<GraphStatement> Statements => statements;

    /// <summary>The values that a statement itself uses, as far as they are needed.</summary>
    public IEnumerable<Node> InputsOf(GraphStatement statement) => statement switch
    {
        LoopStatement loop =>
        [
            loop.Start, loop.End,
            .. loop.Carried.Where(Contains).SelectMany(carried => new[] { carried.Initial, carried.Next! }),
            .. loop.Sums.Where(sum => Contains(sum.Result)).Select(sum => sum.Increment),
        ],
        BranchStatement branch =>
        [
            branch.Condition,
            .. branch.Values.Where(value => Contains(value.Result)).SelectMany(value => new[] { value.WhenTrue, value.WhenFalse }),
        ],
        LoadStatement load when !Contains(load.Result) => [],
        _ => Reachability.Inputs(statement),
    };

    public bool Contains(Node node) => nodes.Contains(node);

    public bool Contains(GraphStatement statement) => statements.Contains(statement);

    public bool Contains(LocalArray array) => arrays.Contains(array);

    public bool Contains(CarriedValue carried) => nodes.Contains(carried.Current) || nodes.Contains(carried.Result!);

    private void Index(Region region)
    {
        foreach (GraphStatement statement in region.Statements)
        {
            regionOf[statement] = region;
            if (statement is StoreStatement store)
            {
                if (!stores.TryGetValue(store.Array, out List<StoreStatement>? list))
                {
                    stores[store.Array] = list = [];
                }

                list.Add(store);
            }

            foreach (Region body in Reachability.Bodies(statement))
            {
                Index(body);
            }
        }
    }

    private void Mark(Node node)
    {
        node = node.Resolved;
        if (nodes.Add(node))
        {
            pending.Push(node);
        }
    }

    private void Mark(LocalArray array)
    {
        if (!arrays.Add(array) || !stores.TryGetValue(array, out List<StoreStatement>? list))
        {
            return;
        }

        foreach (StoreStatement store in list)
        {
            Mark(store);
            Mark(store.Index);
            Mark(store.Value);
        }

        foreach (Node size in array.Sizes)
        {
            Mark(size);
        }
    }

    /// <summary>Marks a statement and those around it.</summary>
    private void Mark(GraphStatement statement)
    {
        for (GraphStatement? one = statement; one is not null && statements.Add(one); one = regionOf[one].Owner)
        {
            switch (one)
            {
                case LoopStatement loop:
                    Mark(loop.Start);
                    Mark(loop.End);
                    break;
                case BranchStatement branch:
                    Mark(branch.Condition);
                    break;
            }
        }
    }

    private void Visit(Node node)
    {
        foreach (Node operand in node.Operands)
        {
            Mark(operand);
        }

        if (node.Source is null)
        {
            return;
        }

        if (regionOf.ContainsKey(node.Source))
        {
            Mark(node.Source);
        }

        switch (node.Source)
        {
            case LoadStatement load:
                Mark(load.Index);
                Mark(load.Array);
                break;
            case VariateStatement variate:
                Mark(variate.Slot);
                foreach (Node argument in variate.Arguments)
                {
                    Mark(argument);
                }

                break;
            case LoopStatement loop:
                foreach (CarriedValue carried in loop.Carried.Where(one => one.Current == node || one.Result == node))
                {
                    Mark(carried.Initial);
                    Mark(carried.Next!);
                    Mark(carried.Current);
                }

                foreach (LoopSum sum in loop.Sums.Where(one => one.Result == node))
                {
                    Mark(sum.Increment);
                }

                break;
            case BranchStatement branch:
                foreach (BranchValue value in branch.Values.Where(one => one.Result == node))
                {
                    Mark(value.WhenTrue);
                    Mark(value.WhenFalse);
                }

                break;
        }
    }
}
