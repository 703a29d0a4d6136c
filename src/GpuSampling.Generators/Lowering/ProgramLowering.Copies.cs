using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <content>
/// Whole arrays that become generated quantities. C# makes the quantity refer to the array; a kernel copies the elements, which is
/// the same as long as nothing writes the array afterwards by another name.
/// </content>
internal sealed partial class ProgramLowering
{
    /// <summary>The variables of the functions that are under way, besides the one being inlined.</summary>
    private readonly Stack<Dictionary<int, Value>> callers = new();

    /// <summary>What the expressions under way have evaluated and use later.</summary>
    private readonly Stack<Value> inUse = new();

    /// <summary>Assigns an array to a generated quantity.</summary>
    /// <param name="target">The quantity, where it stands.</param>
    /// <param name="quantity">Its memory.</param>
    /// <param name="source">The array.</param>
    /// <param name="firstNew">How many arrays there were before the assigned value was computed.</param>
    private void AssignQuantity(FieldReference target, WritableArray quantity, ArrayValue source, int firstNew)
    {
        if (ReferenceEquals(source, quantity))
        {
            return;
        }

        bool isShared = source is not WritableArray { IsShared: false } local || Graph.Arrays.IndexOf(local.Array, firstNew) < 0 || IsHeld(source);
        if (IsHeld(quantity) || (isShared && IsInLoop()))
        {
            throw new UnsupportedProgramException(Rules.ArrayReassigned, target.Span, target.Name);
        }

        if (isShared)
        {
            quantity.IsShared = true;
            if (source is WritableArray other)
            {
                other.IsShared = true;
            }
        }

        Copy(quantity, source);
    }

    /// <summary>Whether a variable, or an expression under way, refers to an array.</summary>
    private bool IsHeld(ArrayValue array) =>
        callers.Append(variables).SelectMany(frame => frame.Values).Concat(inUse).SelectMany(ArraysOf).Contains(array);

    /// <summary>Whether a loop is under way: an iteration may write, by either name, what an earlier one has assigned.</summary>
    private bool IsInLoop()
    {
        Region? around = region;
        while (around is not null && around.Owner is not LoopStatement)
        {
            around = around.Parent;
        }

        return around is not null;
    }

    /// <summary>
    /// Checks that the arrays of a tuple that is taken apart are new to the quantities that they become: each is one item only, and
    /// none is a quantity, which an item before it may have changed.
    /// </summary>
    private void CheckWholeArrays(Deconstruction deconstruction, Value[] items)
    {
        WritableArray[] arrays = [.. items.SelectMany(ArraysOf).OfType<WritableArray>().Where(array => !array.IsParameter)];
        if (deconstruction.Targets.Select(target => target.Target).OfType<FieldReference>().FirstOrDefault(field => field.Type.IsArray) is { } quantity
            && (arrays.Distinct().Count() < arrays.Length || arrays.Intersect(fields.Values).Any()))
        {
            throw new UnsupportedProgramException(Rules.ArrayReassigned, quantity.Span, quantity.Name);
        }
    }

    private void Copy(WritableArray target, ArrayValue source)
    {
        Node count = target.Sizes.Aggregate(Graph.IntegerMultiply), given = source.Sizes.Aggregate(Graph.IntegerMultiply);

        // Other sizes than declared are refused when data are bound; even so, no memory behind the array is read.
        LoopStatement loop = Graph.BeginLoop(region, Graph.Integer(0), count == given ? count : Graph.IntegerMin(count, given));
        loop.Index.Name = "i";
        Region outer = region;
        region = loop.Body;
        Node element = source switch
        {
            PositionArray position => Graph.Pure(Operation.Position, NodeType.Real, [Graph.IntegerAdd(position.Start, loop.Index)]).MarkParameter(),
            DataArray data => Graph.Pure(Operation.DataReal, NodeType.Real, [Graph.IntegerAdd(data.Start, loop.Index)], data.Field).MarkData(),
            WritableArray array => Graph.Load(region, array.Array, Graph.IntegerAdd(array.Start, loop.Index)),
            _ => throw new InvalidOperationException($"Unknown array {source.GetType().Name}."),
        };
        StoreTo(target, Graph.IntegerAdd(target.Start, loop.Index), element, adds: false, loop.Index);
        region = outer;
        Graph.EndLoop(loop);
    }
}
