using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <content>Branches: control flow where all lanes agree, selects where they may differ.</content>
internal sealed partial class ProgramLowering
{
    private Value? InBranches(Node condition, Func<Value?> whenTrue, Func<Value?> whenFalse)
    {
        SourceSpan span = currentSpan;
        Value? WhenTrue() => After(Step.WhenTrue, span, whenTrue);
        Value? WhenFalse() => After(Step.WhenFalse, span, whenFalse);
        if (condition.Operation == Operation.BooleanConstant)
        {
            return condition.Integer != 0 ? WhenTrue() : WhenFalse();
        }

        return condition.Type == NodeType.Mask
            ? InLanes(condition, WhenTrue, WhenFalse)
            : InUniformBranches(condition, WhenTrue, WhenFalse);
    }

    private Value? After(Step step, SourceSpan span, Func<Value?> side)
    {
        int before = place;
        place = PlaceOf(step, span);
        Value? value = side();
        place = before;
        return value;
    }

    private Value? InLanes(Node mask, Func<Value?> whenTrue, Func<Value?> whenFalse)
    {
        Node? outerLanes = activeLanes;
        Dictionary<int, Value> before = variables;

        variables = new(before);
        activeLanes = outerLanes is null ? mask : Graph.MaskAnd(outerLanes, mask);
        Value? trueResult = whenTrue();
        Dictionary<int, Value> afterTrue = variables;

        variables = new(before);
        Node otherwise = Graph.MaskNot(mask);
        activeLanes = outerLanes is null ? otherwise : Graph.MaskAnd(outerLanes, otherwise);
        Value? falseResult = whenFalse();
        Dictionary<int, Value> afterFalse = variables;

        activeLanes = outerLanes;
        Merge(before, afterTrue, afterFalse, (t, f) => Select(mask, t, f));
        return MergeResults(trueResult, falseResult, (t, f) => Select(mask, t, f));
    }

    private Node Select(Node mask, Node whenTrue, Node whenFalse)
    {
        if (whenTrue == whenFalse)
        {
            return whenTrue;
        }

        switch (whenTrue.Type)
        {
            case NodeType.Real:
                return Graph.Select(mask, whenTrue, whenFalse);
            case NodeType.Mask:
            case NodeType.Boolean:
                return Graph.MaskOr(
                    Graph.MaskAnd(mask, Graph.ToMask(whenTrue)), Graph.MaskAnd(Graph.MaskNot(mask), Graph.ToMask(whenFalse)));
            default:
                throw new UnsupportedProgramException(Rules.ParameterSelectsInteger, currentSpan);
        }
    }

    private Value? InUniformBranches(Node condition, Func<Value?> whenTrue, Func<Value?> whenFalse)
    {
        Region outer = region;
        Node? outerCondition = pathCondition;
        Dictionary<int, Value> before = variables;
        var branch = new BranchStatement(outer, condition) { Note = Graph.Note };

        variables = new(before);
        region = branch.WhenTrue;
        pathCondition = outerCondition is null ? condition : Graph.And(outerCondition, condition);
        Value? trueResult = whenTrue();
        Dictionary<int, Value> afterTrue = variables;

        variables = new(before);
        region = branch.WhenFalse;
        Node otherwise = Graph.Not(condition);
        pathCondition = outerCondition is null ? otherwise : Graph.And(outerCondition, otherwise);
        Value? falseResult = whenFalse();
        Dictionary<int, Value> afterFalse = variables;

        region = outer;
        pathCondition = outerCondition;
        bool isPure = branch.WhenTrue.Statements.Count == 0 && branch.WhenFalse.Statements.Count == 0;
        if (!isPure)
        {
            branch.Id = Graph.NextId();
            outer.Statements.Add(branch);
        }

        Node Choose(Node t, Node f) => t == f ? t : isPure ? UniformSelect(condition, t, f) : BranchResult(branch, t, f);
        Merge(before, afterTrue, afterFalse, Choose);
        return MergeResults(trueResult, falseResult, Choose);
    }

    private Node UniformSelect(Node condition, Node whenTrue, Node whenFalse) => whenTrue.Type switch
    {
        NodeType.Real => Graph.UniformSelect(condition, whenTrue, whenFalse),
        NodeType.Integer => Graph.IntegerSelect(condition, whenTrue, whenFalse),
        NodeType.Boolean when whenFalse.Type == NodeType.Boolean => Graph.Or(
            Graph.And(condition, whenTrue), Graph.And(Graph.Not(condition), whenFalse)),
        _ => Select(Graph.ToMask(condition), whenTrue, whenFalse),
    };

    private Node BranchResult(BranchStatement branch, Node whenTrue, Node whenFalse)
    {
        if (whenTrue.Type != whenFalse.Type)
        {
            whenTrue = Graph.ToMask(whenTrue);
            whenFalse = Graph.ToMask(whenFalse);
        }

        Node result = Graph.ResultOf(branch, Operation.BranchResult, whenTrue.Type, region, whenTrue, whenFalse, branch.Condition);
        branch.Values.Add(new BranchValue(whenTrue, whenFalse, result));
        return result;
    }

    private void Merge(
        Dictionary<int, Value> before, Dictionary<int, Value> afterTrue, Dictionary<int, Value> afterFalse, Func<Node, Node, Node> choose)
    {
        variables = before;
        foreach (int variable in before.Keys.Union(afterTrue.Keys.Intersect(afterFalse.Keys)).ToArray())
        {
            if (!afterTrue.TryGetValue(variable, out Value? t) || !afterFalse.TryGetValue(variable, out Value? f))
            {
                continue;
            }

            if (ReferenceEquals(t, f))
            {
                variables[variable] = t;
                continue;
            }

            if (before.TryGetValue(variable, out Value? old))
            {
                variables[variable] = Merge(t, f, old, choose);
                continue;
            }

            try
            {
                variables[variable] = Merge(t, f, null, choose);
            }
            catch (UnsupportedProgramException refused)
            {
                // Both sides declare it, as both go on to the same statements. It matters where it is read, which may be nowhere.
                variables[variable] = new RefusedValue(DiagnosticInfo.Of(Rules.ArrayReassigned, refused.Diagnostic.Span, ""));
            }
        }
    }

    private Value Merge(Value whenTrue, Value whenFalse, Value? before, Func<Node, Node, Node> choose)
    {
        switch (whenTrue, whenFalse)
        {
            case (ArrayValue, ArrayValue) when ReferenceEquals(whenTrue, whenFalse):
                return whenTrue;
            case (ScalarValue t, ScalarValue f):
                // "if (c) sum += x" leaves the sum a sum, which loops rely on: sum + (c ? x : 0).
                if (before is ScalarValue { Node: { Type: NodeType.Real } old }
                    && Rest(t.Node, old) is { } addedWhenTrue && Rest(f.Node, old) is { } addedWhenFalse)
                {
                    return new ScalarValue(Graph.Add(old, choose(addedWhenTrue, addedWhenFalse)));
                }

                return new ScalarValue(choose(t.Node, f.Node));
            case (TupleValue t, TupleValue f):
                return new TupleValue(t.Items.Zip(f.Items, (a, b) => Merge(a, b, null, choose)).ToArray());
            case (Outcome t, Outcome f):
                return Merge(t, f, choose);
            case (NoValue, NoValue):
                return whenTrue;
            case (ArrayValue, ArrayValue) when before is null:
                throw new UnsupportedProgramException(Rules.UnsupportedExpression, currentSpan, "A choice between arrays", "choose between their elements, or copy them in a loop");
            default:
                throw new UnsupportedProgramException(Rules.ArrayReassigned, currentSpan, "");
        }
    }

    /// <summary>What was added to <paramref name="part"/> to give <paramref name="total"/>; null if that is not how it came about.</summary>
    private Node? Rest(Node total, Node part)
    {
        if (total == part)
        {
            return Graph.Zero;
        }

        if (part.Operation == Operation.RealConstant)
        {
            return part.IsConstant(0) ? total : null;
        }

        var addends = Graph.Addends(total);
        if (addends.Count(addend => addend.Addend == part && !addend.IsNegative) != 1 || addends.Count < 2)
        {
            return null;
        }

        Node rest = Graph.Zero;
        foreach ((Node addend, bool isNegative) in addends)
        {
            if (addend != part)
            {
                rest = isNegative ? Graph.Subtract(rest, addend) : Graph.Add(rest, addend);
            }
        }

        return addends.Any(addend => addend.Addend == part && addend.IsNegative) ? null : rest;
    }

    private Value? MergeResults(Value? whenTrue, Value? whenFalse, Func<Node, Node, Node> choose)
    {
        if (whenTrue is null || whenFalse is null)
        {
            return whenTrue is null && whenFalse is null
                ? null
                : throw new UnsupportedProgramException(Rules.MissingReturn, currentSpan, functions[callStack.Peek()].Name);
        }

        return whenTrue is NoValue ? whenTrue : Merge(whenTrue, whenFalse, null, choose);
    }
}
