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

        bool isShared = source is not WritableArray { IsShared: false } local || Graph.Arrays.IndexOf(local.Array, firstNew) < 0;
        if (IsHeld(quantity) || (isShared && source is WritableArray written && IsOlderThanIteration(written.Array)))
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

    /// <summary>Whether a variable refers to what a quantity was before.</summary>
    private bool IsHeld(WritableArray quantity) => callers.Append(variables).Any(frame => frame.Values.SelectMany(ArraysOf).Contains(quantity));

    /// <summary>Whether an array was made outside of a loop that is under way, so that an iteration may write what an earlier one has assigned.</summary>
    private bool IsOlderThanIteration(LocalArray array)
    {
        for (Region? around = region; around is not null && around != array.Region; around = around.Parent)
        {
            if (around.Owner is LoopStatement)
            {
                return !array.IsComplete;
            }
        }

        return false;
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
