using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <content>Loops: what they carry from one iteration to the next, and what they only add up.</content>
internal sealed partial class ProgramLowering
{
    private void RunLoop(CountedLoop source)
    {
        Node start = Scalar(source.Start);
        Node limit = Scalar(source.Limit);
        (Node first, Node end, Func<Node, Node> toVariable) = Normalize(source, start, limit);
        (Node domainStart, Node domainEnd) = (first, end);
        if (region == Graph.Root && DataTerms is not null)
        {
            (first, end) = DataTerms.Restrict(Graph, RootLoops.Count, first, end);
        }

        Region outer = region;
        LoopStatement loop = Graph.BeginLoop(outer, first, end);
        int outerPlace = place;
        place = PlaceOf(Step.Loop, source.Span);
        loop.Span = isLibraryCode ? authorSpan : (start.DependsOnData && !limit.DependsOnData ? source.Start : source.Limit).Span;
        loop.DomainStart = domainStart;
        loop.DomainEnd = domainEnd;
        if (outer == Graph.Root)
        {
            RootLoops.Add(loop);
        }

        SourceNote? note = Graph.Note;
        Dictionary<int, Value> before = variables;
        variables = new(before);

        var carried = new List<CarriedItem>();
        var unchanged = new List<(int Variable, int Item, Node Value)>();
        IReadOnlyList<int> assigned = AssignedVariables.In(source);
        foreach (int variable in assigned)
        {
            if (before.TryGetValue(variable, out Value? value) && value is not ArrayValue) // an array is refused where it is reassigned
            {
                variables[variable] = Carry(loop, source, variable, value, carried, unchanged);
            }
        }

        loop.Index.Name = source.Name;
        variables[source.Variable] = new ScalarValue(toVariable(loop.Index));
        region = loop.Body;

        // A body that ends early on some paths ends on all of them by itself.
        Run(Returns(source.Body) ? [.. source.Body.Statements, new Continue(source.Body.Span, "")] : source.Body.Statements.ToArray());
        region = outer;
        place = outerPlace;
        Graph.Note = note;
        foreach (int variable in assigned.Where(before.ContainsKey))
        {
            CheckArrays(source, variable, before[variable]);
        }

        foreach (CarriedItem one in carried)
        {
            one.Value.Next = ItemsOf(variables[one.Variable])![one.Item];
        }

        if (unchanged.Any(one => ItemsOf(variables[one.Variable])![one.Item] != one.Value))
        {
            throw new InvalidOperationException("A value that a loop was found to leave as it is changes in it.");
        }

        variables = before;
        List<(CarriedItem Item, Node Increment)> sums = FindSums(loop, carried);
        foreach ((CarriedItem one, Node _) in sums)
        {
            loop.Carried.Remove(one.Value);
        }

        // What is assigned where it never runs does not change: the next pass takes the value from before the loop.
        foreach (CarriedItem one in carried.Where(one => one.Value.Next == one.Value.Current))
        {
            knowledge.LearnUnchanged(one.Place);
        }

        loop.Carried.RemoveAll(value => value.Next == value.Current);
        Graph.EndLoop(loop);
        foreach (CarriedItem one in carried)
        {
            if (loop.Carried.Contains(one.Value))
            {
                knowledge.Learn(one.Place, one.Value.Next!.DependsOnParameters, one.Value.Next.DependsOnData);
                SetItem(one, one.Value.Result!);
            }
        }

        foreach ((CarriedItem one, Node increment) in sums)
        {
            SetItem(one, Graph.Add(one.Value.Initial, Graph.SumOver(loop, increment, one.Value.Current.Name)));
        }
    }

    private (Node First, Node End, Func<Node, Node> ToVariable) Normalize(CountedLoop source, Node start, Node limit)
    {
        if (source.Step > 0)
        {
            Node end = source.IncludesLimit ? Graph.IntegerAdd(limit, Graph.Integer(1)) : limit;
            if (source.Step == 1)
            {
                return (start, end, index => index);
            }

            Node span = Graph.IntegerAdd(Graph.IntegerSubtract(end, start), Graph.Integer(source.Step - 1));
            return (Graph.Integer(0), Graph.IntegerDivide(span, Graph.Integer(source.Step)),
                index => Graph.IntegerAdd(start, Graph.IntegerMultiply(index, Graph.Integer(source.Step))));
        }

        Node last = source.IncludesLimit ? Graph.IntegerSubtract(limit, Graph.Integer(1)) : limit;
        Node distance = Graph.IntegerAdd(Graph.IntegerSubtract(start, last), Graph.Integer(-source.Step - 1));
        Node count = source.Step == -1 ? distance : Graph.IntegerDivide(distance, Graph.Integer(-source.Step));
        return (Graph.Integer(0), count,
            index => Graph.IntegerSubtract(start, Graph.IntegerMultiply(index, Graph.Integer(-source.Step))));
    }

    /// <summary>Finds the carried values that are only added to: no iteration needs them, so they are sums and no recurrence.</summary>
    private List<(CarriedItem Item, Node Increment)> FindSums(LoopStatement loop, List<CarriedItem> carried)
    {
        var sums = new List<(CarriedItem, Node)>();
        foreach (CarriedItem one in carried)
        {
            CarriedValue value = one.Value;
            if (value.Next == value.Current || Rest(value.Next!, value.Current) is not { } increment)
            {
                continue;
            }

            IEnumerable<Node> others = carried.Where(other => other.Value != value).Select(other => other.Value.Next!);
            if (!Reachability.Uses(loop.Body, others.Append(increment), value.Current))
            {
                sums.Add((one, increment));
            }
        }

        return sums;
    }
}
