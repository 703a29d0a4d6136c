using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <content>What a variable carries from one iteration to the next: a number, or a tuple of numbers, each by itself.</content>
internal sealed partial class ProgramLowering
{
    /// <summary>The value of a variable at the start of an iteration.</summary>
    private Value Carry(
        LoopStatement loop, CountedLoop source, int variable, Value value, List<CarriedItem> carried, List<(int Variable, int Item, Node Value)> unchanged)
    {
        IReadOnlyList<Node>? items = ItemsOf(value);
        if (items is null || items.Any(item => item.Type != NodeType.Real))
        {
            throw new UnsupportedProgramException(
                Rules.CarriedInteger, AssignedVariables.PlaceOf(source, variable) ?? source.Span, AssignedVariables.NameOf(source, variable) ?? "value",
                value is ScalarValue { Node.Type: NodeType.Integer } ? "integer" : "value");
        }

        var current = new Queue<Node>();
        for (int i = 0; i < items.Count; i++)
        {
            int own = knowledge.Places.After(place, Step.Variable, variable, i);
            if (knowledge.IsUnchanged(own))
            {
                unchanged.Add((variable, i, items[i]));
                current.Enqueue(items[i]);
                continue;
            }

            CarriedValue entry = Graph.Carry(loop, items[i]);
            (bool parameters, bool data) = knowledge.Of(own);
            entry.Current.DependsOnParameters = parameters || items[i].DependsOnParameters;
            entry.Current.DependsOnData = data || items[i].DependsOnData;
            entry.Current.Name = AssignedVariables.NameOf(source, variable) ?? items[i].Name;
            carried.Add(new CarriedItem(variable, i, entry, own));
            current.Enqueue(entry.Current);
        }

        return carried.Any(one => one.Variable == variable) ? WithItems(value, current) : value;
    }

    private void SetItem(CarriedItem one, Node node)
    {
        Node[] items = [.. ItemsOf(variables[one.Variable])!];
        items[one.Item] = node;
        variables[one.Variable] = WithItems(variables[one.Variable], new Queue<Node>(items));
    }

    /// <summary>Checks that an iteration leaves the arrays of a tuple where they were.</summary>
    private void CheckArrays(CountedLoop source, int variable, Value before)
    {
        if (!ArraysOf(before).SequenceEqual(ArraysOf(variables[variable])))
        {
            throw new UnsupportedProgramException(
                Rules.ArrayReassigned, AssignedVariables.PlaceOf(source, variable) ?? source.Span, AssignedVariables.NameOf(source, variable) ?? "value");
        }
    }

    private static IEnumerable<Value> ArraysOf(Value value) => value switch
    {
        ArrayValue => [value],
        TupleValue tuple => tuple.Items.SelectMany(ArraysOf),
        _ => [],
    };

    /// <summary>The numbers and truth values of a variable, in order, arrays aside; null if it holds something else, too.</summary>
    private static IReadOnlyList<Node>? ItemsOf(Value value)
    {
        switch (value)
        {
            case ScalarValue scalar:
                return [scalar.Node];
            case ArrayValue:
                return [];
            case TupleValue tuple:
                IReadOnlyList<Node>?[] items = [.. tuple.Items.Select(ItemsOf)];
                return items.Contains(null) ? null : [.. items.SelectMany(item => item)];
            default:
                return null;
        }
    }

    private static Value WithItems(Value like, Queue<Node> items) => like switch
    {
        TupleValue tuple => new TupleValue([.. tuple.Items.Select(item => WithItems(item, items))]),
        ArrayValue => like,
        _ => new ScalarValue(items.Dequeue()),
    };

    /// <summary>A number that a variable carries through a loop.</summary>
    /// <param name="Variable">The variable.</param>
    /// <param name="Item">Which of its numbers.</param>
    /// <param name="Value">The number in the loop.</param>
    /// <param name="Place">The place of what is known of it.</param>
    private sealed record CarriedItem(int Variable, int Item, CarriedValue Value, int Place);
}
