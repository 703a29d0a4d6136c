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

        var carried = new List<(int Variable, CarriedValue Value, int Place)>();
        var unchanged = new List<(int Variable, Node Value)>();
        foreach (int variable in AssignedVariables.In(source))
        {
            if (!before.TryGetValue(variable, out Value? value))
            {
                continue;
            }

            if (value is not ScalarValue scalar || scalar.Node.Type != NodeType.Real)
            {
                if (value is ArrayValue)
                {
                    continue; // refused where it is reassigned
                }

                throw new UnsupportedProgramException(
                    Rules.CarriedInteger, AssignedVariables.PlaceOf(source, variable) ?? source.Span, AssignedVariables.NameOf(source, variable) ?? "value",
                    value is ScalarValue { Node.Type: NodeType.Integer } ? "integer" : "value");
            }

            int own = knowledge.Places.After(place, Step.Variable, variable);
            if (knowledge.IsUnchanged(own))
            {
                unchanged.Add((variable, scalar.Node));
                continue;
            }

            CarriedValue entry = Graph.Carry(loop, scalar.Node);
            (bool parameters, bool data) = knowledge.Of(own);
            entry.Current.DependsOnParameters = parameters || scalar.Node.DependsOnParameters;
            entry.Current.DependsOnData = data || scalar.Node.DependsOnData;
            entry.Current.Name = AssignedVariables.NameOf(source, variable) ?? scalar.Node.Name;
            carried.Add((variable, entry, own));
            variables[variable] = new ScalarValue(entry.Current);
        }

        loop.Index.Name = source.Name;
        variables[source.Variable] = new ScalarValue(toVariable(loop.Index));
        region = loop.Body;

        // A body that ends early on some paths ends on all of them by itself.
        Run(Returns(source.Body) ? [.. source.Body.Statements, new Continue(source.Body.Span, "")] : source.Body.Statements.ToArray());
        region = outer;
        place = outerPlace;
        Graph.Note = note;
        foreach ((int variable, CarriedValue value, int _) in carried)
        {
            value.Next = ((ScalarValue)variables[variable]).Node;
        }

        if (unchanged.Any(one => ((ScalarValue)variables[one.Variable]).Node != one.Value))
        {
            throw new InvalidOperationException("A value that a loop was found to leave as it is changes in it.");
        }

        variables = before;
        List<(int Variable, CarriedValue Value, Node Increment)> sums = FindSums(loop, carried);
        foreach ((int _, CarriedValue value, Node _) in sums)
        {
            loop.Carried.Remove(value);
        }

        // What is assigned where it never runs does not change: the next pass takes the value from before the loop.
        foreach ((int _, CarriedValue value, int own) in carried.Where(one => one.Value.Next == one.Value.Current))
        {
            knowledge.LearnUnchanged(own);
        }

        loop.Carried.RemoveAll(value => value.Next == value.Current);
        Graph.EndLoop(loop);
        foreach ((int variable, CarriedValue value, int own) in carried)
        {
            if (loop.Carried.Contains(value))
            {
                knowledge.Learn(own, value.Next!.DependsOnParameters, value.Next.DependsOnData);
                variables[variable] = new ScalarValue(value.Result!);
            }
        }

        foreach ((int variable, CarriedValue value, Node increment) in sums)
        {
            variables[variable] = new ScalarValue(Graph.Add(value.Initial, Graph.SumOver(loop, increment, value.Current.Name)));
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
    private List<(int Variable, CarriedValue Value, Node Increment)> FindSums(
        LoopStatement loop, List<(int Variable, CarriedValue Value, int Place)> carried)
    {
        var sums = new List<(int, CarriedValue, Node)>();
        foreach ((int variable, CarriedValue value, int _) in carried)
        {
            if (value.Next == value.Current || Rest(value.Next!, value.Current) is not { } increment)
            {
                continue;
            }

            IEnumerable<Node> others = carried.Where(other => other.Value != value).Select(other => other.Value.Next!);
            if (!Reachability.Uses(loop.Body, others.Append(increment), value.Current))
            {
                sums.Add((variable, value, increment));
            }
        }

        return sums;
    }
}
