using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Lowering;

/// <content>
/// Indices that are valid even where the source would not use them at all. Values are computed ahead of the branches and loops that
/// use them, and for lanes that took another branch: there the first number of all stands in.
/// </content>
internal sealed partial class ProgramLowering
{
    /// <summary>How many zeros there are behind the data.</summary>
    private const int DataPadding = 16;

    /// <summary><c>a &amp;&amp; b</c> and <c>a || b</c>: b is evaluated only where a lets it count.</summary>
    private Node Guard(BinaryExpression guarded)
    {
        bool isAnd = guarded.Operator == BinaryOperator.ConditionalAnd;
        Node left = Uniform(Scalar(guarded.Left));
        currentSpan = guarded.Span;
        return ((ScalarValue)InBranches(
            isAnd ? left : Not(left),
            () => new ScalarValue(Uniform(Scalar(guarded.Right))),
            () => new ScalarValue(Graph.Boolean(!isAnd)))!).Node;
    }

    /// <summary>The place of an element of data or of unconstrained parameters.</summary>
    private Node SafeIndex(ArrayValue array, Node start, Node[] indices, Node flat)
    {
        Node index = Graph.IntegerAdd(start, flat);
        bool isPadded = array is DataArray && flat is { Operation: Operation.IntegerConstant, Integer: >= 0 and < DataPadding };
        if (isPadded || IsInRange(array.Sizes, indices))
        {
            return index;
        }

        // Which lanes take a branch may depend on anything: what is known is that those that do are in range.
        if (activeLanes is not null)
        {
            return Graph.IntegerSelect(RangeCheck(array.Sizes, indices, flat), index, Graph.Integer(0));
        }

        if (pathCondition is not null)
        {
            index = Graph.IntegerSelect(pathCondition, index, Graph.Integer(0));
        }

        return IsReadAhead(index) ? Graph.IntegerSelect(RangeCheck(array.Sizes, indices, flat), index, Graph.Integer(0)) : index;
    }

    /// <summary>The place of an element of an array that the program writes, where branches of lanes run for all of them.</summary>
    private (Node Index, Node[] Indices) InLanesThatCount(WritableArray array, Node[] indices)
    {
        Node flat = array.FlatIndex(Graph, indices), index = Graph.IntegerAdd(array.Start, flat);
        if (activeLanes is null || IsInRange(array.Sizes, indices))
        {
            return (index, indices);
        }

        array.Array.HasStandIn = true;
        Node place = Graph.IntegerSelect(RangeCheck(array.Sizes, indices, flat), index, Graph.Integer(0));
        return (place, [place]);
    }

    /// <summary>Whether a value of this index is computed before a loop in which it is used, and which may have no iteration.</summary>
    private bool IsReadAhead(Node index)
    {
        for (Region around = region; around.Depth > index.Region.Depth; around = around.Parent!)
        {
            if (around.Owner is LoopStatement loop && !IndexRange.Runs(loop))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInRange(Node[] sizes, Node[] indices) =>
        indices.All(IndexRange.IsNotNegative) && IsBelow(sizes, indices);

    private static bool IsBelow(Node[] sizes, Node[] indices) =>
        indices.Length == sizes.Length && indices.Zip(sizes, IndexRange.IsBelow).All(isBelow => isBelow);

    private Node RangeCheck(Node[] sizes, Node[] indices, Node flat)
    {
        Node isNotNegative = indices.All(IndexRange.IsNotNegative) ? Graph.True : Graph.IntegerLessOrEqual(Graph.Integer(0), flat);
        Node isBelow = IsBelow(sizes, indices) ? Graph.True : Graph.IntegerLess(flat, sizes.Aggregate(Graph.IntegerMultiply));
        return Graph.And(isNotNegative, isBelow);
    }
}
