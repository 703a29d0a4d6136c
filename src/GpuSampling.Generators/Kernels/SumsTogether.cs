using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Kernels;

/// <summary>
/// Makes one sum of the sums over a recurrence that are only added to one another after it: each call of a function in its body
/// has an own part of a derivative. The recurrence decides how long an iteration takes, so that a sum of several numbers waits for
/// none of them, while a variable for each of them would be one register each for the whole loop. Loops without a recurrence keep
/// their sums apart: those can be added up side by side.
/// </summary>
internal sealed class SumsTogether
{
    private readonly Graph graph;
    private readonly Node result;
    private LiveCode live = null!;
    private Dictionary<Node, int> useCounts = null!;
    private List<Node> additions = null!;

    private SumsTogether(Graph graph, Node result)
    {
        this.graph = graph;
        this.result = result;
    }

    /// <summary>Joins the sums of a method's loops, those of outer loops first: what they add may be sums of inner loops.</summary>
    public static void Join(Graph graph, Node result)
    {
        if (HasCandidate(graph.Root))
        {
            var joining = new SumsTogether(graph, result);
            joining.CountUses();
            joining.JoinIn(graph.Root);
        }
    }

    private static bool HasCandidate(Region region) => region.Statements.Any(statement =>
        (statement is LoopStatement loop && IsCandidate(loop)) || Reachability.Bodies(statement).Any(HasCandidate));

    /// <summary>Whether a loop has several sums over what may be a recurrence.</summary>
    private static bool IsCandidate(LoopStatement loop) => loop.Sums.Count > 1 && (loop.IsDescending || loop.Carried.Count > 0);

    private void JoinIn(Region region)
    {
        foreach (GraphStatement statement in region.Statements.ToArray())
        {
            if (statement is LoopStatement loop && IsCandidate(loop) && live.Contains(loop)
                && (loop.IsDescending || loop.Carried.Any(live.Contains)) && JoinSums(loop))
            {
                CountUses();
            }

            foreach (Region body in Reachability.Bodies(statement))
            {
                JoinIn(body);
            }
        }
    }

    private bool JoinSums(LoopStatement loop)
    {
        bool hasChanged = false;
        foreach (Node root in additions)
        {
            var kept = new List<(Node Addend, bool IsNegative)>();
            var sums = new List<(LoopSum Sum, bool IsNegative)>();
            foreach ((Node addend, bool isNegative) in Addends(root))
            {
                LoopSum? sum = addend.Source == loop && IsUsedOnce(addend) ? loop.Sums.Find(one => one.Result == addend) : null;
                if (sum is null)
                {
                    kept.Add((addend, isNegative));
                }
                else
                {
                    sums.Add((sum, isNegative));
                }
            }

            // What depends on data alone may yet become a table.
            foreach (IGrouping<bool, (LoopSum Sum, bool IsNegative)> group in sums.GroupBy(one => one.Sum.Increment.DependsOnParameters))
            {
                bool isNegative = group.First().IsNegative;
                Node increment = graph.Zero;
                foreach ((LoopSum sum, bool isSubtracted) in group)
                {
                    increment = isSubtracted == isNegative ? graph.Add(increment, sum.Increment) : graph.Subtract(increment, sum.Increment);
                }

                kept.Add((group.Count() == 1 ? group.First().Sum.Result : graph.SumOf(loop, increment), isNegative));
                hasChanged |= group.Count() > 1;
            }

            if (kept.Count < Addends(root).Count())
            {
                Node total = graph.Zero;
                foreach ((Node addend, bool isNegative) in kept)
                {
                    total = isNegative ? graph.Subtract(total, addend) : graph.Add(total, addend);
                }

                root.Replacement = total;
            }
        }

        return hasChanged;
    }

    private bool IsUsedOnce(Node node) => useCounts.TryGetValue(node, out int count) && count == 1;

    /// <summary>Counts how often each value is used, and finds the additions that are no part of another.</summary>
    private void CountUses()
    {
        live = new LiveCode(graph, [result]);
        useCounts = [];
        foreach (Node used in live.Nodes.SelectMany(node => node.Operands).Concat(live.Statements.SelectMany(live.InputsOf)).Append(result))
        {
            Node node = used.Resolved;
            useCounts.TryGetValue(node, out int count);
            useCounts[node] = count + 1;
        }

        var parts = new HashSet<Node>(live.Nodes.Where(IsAddition).SelectMany(node => node.Operands).Select(node => node.Resolved).Where(IsUsedOnce));
        additions = [.. live.Nodes.Where(node => IsAddition(node) && !parts.Contains(node)).OrderBy(node => node.Id)];
    }

    private static bool IsAddition(Node node) => node.Operation is Operation.Add or Operation.Subtract or Operation.Negate;

    /// <summary>The parts of a sum, as far as nothing else uses what lies between.</summary>
    private IEnumerable<(Node Addend, bool IsNegative)> Addends(Node root)
    {
        var pending = new Stack<(Node Node, bool IsNegative)>();
        pending.Push((root, false));
        while (pending.Count > 0)
        {
            (Node node, bool isNegative) = pending.Pop();
            if (!IsAddition(node) || (node != root && !IsUsedOnce(node)))
            {
                yield return (node, isNegative);
                continue;
            }

            for (int i = node.Operands.Length - 1; i >= 0; i--)
            {
                bool isSubtracted = node.Operation == Operation.Negate || (node.Operation == Operation.Subtract && i == 1);
                pending.Push((node.Operands[i].Resolved, isNegative ^ isSubtracted));
            }
        }
    }
}
