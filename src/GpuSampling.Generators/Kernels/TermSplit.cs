using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Lowering;

namespace GpuSampling.Generators.Kernels;

/// <summary>
/// Splits a log-density into prior and likelihood: a part that reads observed numbers belongs to the likelihood.
/// </summary>
internal static class TermSplit
{
    /// <summary>The places of the parts of the prior and of the likelihood; null if there are no clear parts.</summary>
    public static (HashSet<int> Prior, HashSet<int> Likelihood)? Find(Lowered density, TermSelection selection)
    {
        var terms = new HashSet<Node>();
        var uses = new HashSet<Node>();
        bool isSum = Collect(density.Result, terms, uses);
        if (!isSum || UsedBy(uses.Concat(Effects(density.Graph.Root))).Overlaps(terms))
        {
            return null;
        }

        HashSet<int> prior = [], likelihood = [];
        foreach (Node term in terms)
        {
            (term.DependsOnData ? likelihood : prior).UnionWith(selection.PlacesOf(term));
        }

        return (prior, likelihood);
    }

    /// <summary>Collects the parts that are added up, and the values used otherwise; false if something else is added too.</summary>
    private static bool Collect(Node node, HashSet<Node> terms, HashSet<Node> uses)
    {
        switch (node.Operation)
        {
            case Operation.Term:
                terms.Add(node);
                uses.Add(node.Operands[0]);
                return true;
            case Operation.RealConstant:
                return node.IsConstant(0);
            case Operation.Add:
            case Operation.Subtract:
                return Collect(node.Operands[0], terms, uses) && Collect(node.Operands[1], terms, uses);
            case Operation.Negate:
                return Collect(node.Operands[0], terms, uses);
            case Operation.Select:
            case Operation.UniformSelect:
                uses.Add(node.Operands[0]);
                return Collect(node.Operands[1], terms, uses) && Collect(node.Operands[2], terms, uses);
            case Operation.Multiply when node.Operands[0].Operation is Operation.IntegerToReal or Operation.RealConstant:
                return Collect(node.Operands[1], terms, uses);
            case Operation.Multiply when node.Operands[1].Operation is Operation.IntegerToReal:
                return Collect(node.Operands[0], terms, uses);
            case Operation.LoopResult when node.Source is LoopStatement loop:
                return loop.Sums.FirstOrDefault(sum => sum.Result == node) is { } found && Collect(found.Increment, terms, uses);
            case Operation.BranchResult when node.Source is BranchStatement branch:
                BranchValue value = branch.Values.First(one => one.Result == node);
                uses.Add(branch.Condition);
                return Collect(value.WhenTrue, terms, uses) && Collect(value.WhenFalse, terms, uses);
            default:
                return false;
        }
    }

    /// <summary>What statements use besides what they add up.</summary>
    private static IEnumerable<Node> Effects(Region region) => region.Statements.SelectMany(statement =>
    {
        IEnumerable<Node> own = statement switch
        {
            LoopStatement loop => loop.Carried.SelectMany(carried => new[] { carried.Initial, carried.Next! }),
            BranchStatement branch => [branch.Condition],
            _ => Reachability.Inputs(statement),
        };
        return own.Concat(Reachability.Bodies(statement).SelectMany(Effects));
    });

    /// <summary>
    /// Some values and all on which they depend. A part among them is used in another way than by being added up: by another part,
    /// a condition, an array or a recurrence.
    /// </summary>
    private static HashSet<Node> UsedBy(IEnumerable<Node> values)
    {
        var used = new HashSet<Node>();
        var pending = new Stack<Node>(values);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (!used.Add(node))
            {
                continue;
            }

            foreach (Node input in InputsOf(node))
            {
                pending.Push(input);
            }
        }

        return used;
    }

    private static IEnumerable<Node> InputsOf(Node node) => node.Source switch
    {
        LoopStatement loop when node.Operation == Operation.LoopResult =>
            loop.Sums.Where(sum => sum.Result == node).Select(sum => sum.Increment)
                .Concat(loop.Carried.Where(carried => carried.Result == node).SelectMany(carried => new[] { carried.Initial, carried.Next! })),
        BranchStatement branch => branch.Values.Where(value => value.Result == node).SelectMany(value => new[] { value.WhenTrue, value.WhenFalse }),
        _ => node.Operands,
    };
}
