using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Emission;

/// <summary>
/// Where each value is computed, and which values get a variable. A value is computed outside the loops in which it does not
/// change, and inside the branch, if only one needs it.
/// </summary>
internal sealed class Schedule
{
    private readonly LiveCode live;
    private readonly Dictionary<Node, Region> regions = [];
    private readonly Dictionary<Node, List<Use>> uses = [];
    private readonly Dictionary<Node, int> depths = [];

    public Schedule(Graph graph, LiveCode live, IEnumerable<Node> results)
    {
        this.live = live;
        CollectUses(graph.Root);
        foreach (Node result in results)
        {
            AddUse(result, new Use(graph.Root, null));
        }

        foreach (Node node in UsersFirst())
        {
            if (node.Source is null)
            {
                regions[node] = Place(node);
                foreach (Node operand in node.Operands)
                {
                    AddUse(operand.Resolved, new Use(regions[node], node));
                }
            }
            else
            {
                regions[node] = node.Region;
            }
        }
    }

    /// <summary>The region where a value is computed.</summary>
    public Region RegionOf(Node node) => regions[node];

    /// <summary>How often a value is used.</summary>
    public int UseCount(Node node) => uses.TryGetValue(node, out List<Use>? list) ? list.Count : 0;

    /// <summary>Whether a value gets a variable instead of standing where it is used.</summary>
    public bool HasVariable(Node node)
    {
        if (node.Source is not null)
        {
            return true;
        }

        switch (node.Operation)
        {
            case Operation.RealConstant:
            case Operation.IntegerConstant:
            case Operation.BooleanConstant:
            case Operation.ModelInteger:
            case Operation.Argument:
                return false;
            case Operation.Call:
                return true; // long when inlined: a line of its own, where a method can be divided
        }

        List<Use> list = uses[node];
        if (node.Operation == Operation.MaskNot && HasVariable(node.Operands[0].Resolved) && list.All(use => use.Region == regions[node]))
        {
            return false; // most instructions that take a mask take its negation as well
        }

        if (list.Count != 1 || list[0].Region != regions[node])
        {
            return true;
        }

        // A product that is added to something is part of a fused multiply-add.
        bool isFused = node.Operation == Operation.Multiply && list[0].User is null or { Operation: Operation.Add or Operation.Subtract };
        return (node.Name is not null && !isFused && node.Type is NodeType.Real && node.Operation is not (Operation.Position or Operation.DataReal)) || Depth(node) > 5;
    }

    private int Depth(Node node)
    {
        if (depths.TryGetValue(node, out int known))
        {
            return known;
        }

        int depth = 0;
        foreach (Node operand in node.Operands)
        {
            Node resolved = operand.Resolved;
            if (!HasVariable(resolved))
            {
                depth = Math.Max(depth, Depth(resolved) + 1);
            }
        }

        return depths[node] = depth;
    }

    /// <summary>All values, each before those that it uses.</summary>
    private List<Node> UsersFirst()
    {
        var order = new List<Node>();
        var seen = new HashSet<Node>();
        void Visit(Node node)
        {
            if (seen.Add(node))
            {
                foreach (Node operand in node.Operands)
                {
                    Visit(operand.Resolved);
                }

                order.Add(node);
            }
        }

        foreach (Node node in live.Nodes.OrderBy(node => node.Id))
        {
            Visit(node);
        }

        order.Reverse();
        return order;
    }

    private void CollectUses(Region region)
    {
        foreach (GraphStatement statement in region.Statements.Where(live.Contains))
        {
            foreach (Node input in live.InputsOf(statement))
            {
                AddUse(input, new Use(region, null));
            }

            switch (statement)
            {
                case LoopStatement loop:
                    AddUse(loop.End, new Use(loop.Body, null)); // read in each iteration
                    foreach (CarriedValue carried in loop.Carried.Where(live.Contains))
                    {
                        Move(carried.Next!, region, loop.Body);
                    }

                    foreach (LoopSum sum in loop.Sums.Where(sum => live.Contains(sum.Result)))
                    {
                        Move(sum.Increment, region, loop.Body);
                    }

                    break;
                case BranchStatement branch:
                    foreach (BranchValue value in branch.Values.Where(value => live.Contains(value.Result)))
                    {
                        Move(value.WhenTrue, region, branch.WhenTrue);
                        Move(value.WhenFalse, region, branch.WhenFalse);
                    }

                    break;
            }

            foreach (Region body in Reachability.Bodies(statement))
            {
                CollectUses(body);
            }
        }
    }

    /// <summary>Corrects where a value is used: at the end of a body, not before the statement.</summary>
    private void Move(Node node, Region from, Region to)
    {
        List<Use> list = uses[node.Resolved];
        list.Remove(new Use(from, null));
        list.Add(new Use(to, null));
    }

    private void AddUse(Node node, Use use)
    {
        node = node.Resolved;
        if (!uses.TryGetValue(node, out List<Use>? list))
        {
            uses[node] = list = [];
        }

        list.Add(use);
    }

    /// <summary>The innermost region around all uses that is in no more loops than the value's own region.</summary>
    private Region Place(Node node)
    {
        if (!uses.TryGetValue(node, out List<Use>? list))
        {
            return node.Region;
        }

        Region common = list[0].Region;
        foreach (Use use in list)
        {
            common = CommonRegion(common, use.Region);
        }

        Region best = common;
        for (Region? region = common; region is not null && region != node.Region; region = region.Parent)
        {
            if (region.Owner is LoopStatement)
            {
                best = region.Parent!;
            }
        }

        return best;
    }

    private static Region CommonRegion(Region a, Region b)
    {
        while (a.Depth > b.Depth)
        {
            a = a.Parent!;
        }

        while (b.Depth > a.Depth)
        {
            b = b.Parent!;
        }

        while (a != b)
        {
            a = a.Parent!;
            b = b.Parent!;
        }

        return a;
    }

    private readonly record struct Use(Region Region, Node? User);
}
