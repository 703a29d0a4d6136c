using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Lowering;

namespace GpuSampling.Generators.Kernels;

/// <summary>
/// Splits a log-density into prior and likelihood: a part that reads observed numbers belongs to the likelihood.
/// </summary>
internal static class TermSplit
{
    /// <summary>The numbers of the parts of the prior and of the likelihood.</summary>
    public static (HashSet<int> Prior, HashSet<int> Likelihood) Find(Lowered density, TermSelection selection)
    {
        var terms = new HashSet<Node>();
        bool isSum = Collect(density.Result, terms);
        HashSet<int> prior = [], likelihood = [];
        if (!isSum || terms.Any(term => IsUsedElsewhere(density, terms, term)))
        {
            // No clear parts: all is likelihood, and the prior is what the transforms leave.
            prior.Clear();
            likelihood.UnionWith(Enumerable.Range(0, MaximalTermCount));
            return (prior, likelihood);
        }

        foreach (Node term in terms)
        {
            (term.DependsOnData ? likelihood : prior).UnionWith(selection.OrdinalsOf(term));
        }

        return (prior, likelihood);
    }

    private const int MaximalTermCount = 10000;

    /// <summary>Collects the parts that are added up; false if something else is added too.</summary>
    private static bool Collect(Node node, HashSet<Node> terms)
    {
        switch (node.Operation)
        {
            case Operation.Term:
                terms.Add(node);
                return true;
            case Operation.RealConstant:
                return true;
            case Operation.Add:
            case Operation.Subtract:
                return Collect(node.Operands[0], terms) && Collect(node.Operands[1], terms);
            case Operation.Negate:
                return Collect(node.Operands[0], terms);
            case Operation.Select:
            case Operation.UniformSelect:
                return Collect(node.Operands[1], terms) && Collect(node.Operands[2], terms);
            case Operation.Multiply when node.Operands[0].Operation is Operation.IntegerToReal or Operation.RealConstant:
                return Collect(node.Operands[1], terms);
            case Operation.Multiply when node.Operands[1].Operation is Operation.IntegerToReal:
                return Collect(node.Operands[0], terms);
            case Operation.LoopResult when node.Source is LoopStatement loop:
                return loop.Sums.FirstOrDefault(sum => sum.Result == node) is { } found && Collect(found.Increment, terms);
            case Operation.BranchResult when node.Source is BranchStatement branch:
                BranchValue value = branch.Values.First(one => one.Result == node);
                return Collect(value.WhenTrue, terms) && Collect(value.WhenFalse, terms);
            default:
                return false;
        }
    }

    /// <summary>Whether a part is used in another way than by being added up.</summary>
    private static bool IsUsedElsewhere(Lowered density, HashSet<Node> terms, Node term)
    {
        foreach (Node other in terms)
        {
            if (other != term && Depends(other.Operands[0], term, []))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Depends(Node node, Node on, HashSet<Node> seen)
    {
        if (node == on)
        {
            return true;
        }

        if (!seen.Add(node))
        {
            return false;
        }

        IEnumerable<Node> inputs = node.Operands;
        switch (node.Source)
        {
            case LoopStatement loop when node.Operation == Operation.LoopResult:
                inputs = loop.Sums.Where(sum => sum.Result == node).Select(sum => sum.Increment)
                    .Concat(loop.Carried.Where(carried => carried.Result == node).SelectMany(carried => new[] { carried.Initial, carried.Next! }));
                break;
            case BranchStatement branch:
                inputs = branch.Values.Where(value => value.Result == node).SelectMany(value => new[] { value.WhenTrue, value.WhenFalse });
                break;
        }

        return inputs.Any(input => Depends(input, on, seen));
    }
}
