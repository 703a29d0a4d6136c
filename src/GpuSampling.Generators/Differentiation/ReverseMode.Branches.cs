using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Differentiation;

/// <content>Branches that all lanes take together.</content>
internal sealed partial class ReverseMode
{
    private void ReverseBranch(Frame frame, BranchStatement branch)
    {
        bool isRelevant = branch.Values.Any(value => frame.Adjoints.ContainsKey(value.Result))
            || arrayUse.StoredIn(branch).Any(array => adjointArrays.ContainsKey(ArrayIn(frame, array)));
        if (!isRelevant)
        {
            return;
        }

        RestoreReadArrays(frame, branch, frame.ForwardBranches[branch], null);
        var reversed = new BranchStatement(frame.Target, Value(frame, branch.Condition)) { Note = branch.Note };
        Frame whenTrue = ReverseSide(frame, branch, branch.WhenTrue, reversed.WhenTrue, value => value.WhenTrue);
        Frame whenFalse = ReverseSide(frame, branch, branch.WhenFalse, reversed.WhenFalse, value => value.WhenFalse);
        reversed.Id = graph.NextId();
        frame.Target.Statements.Add(reversed);
        foreach (Node outer in whenTrue.OuterAdjoints.Keys.Union(whenFalse.OuterAdjoints.Keys).ToArray())
        {
            Contribution? t = OutOf(whenTrue, outer), f = OutOf(whenFalse, outer);
            Node? lanes = t is { } one && f is { } other ? Lanes.Around(graph, one.Lanes, other.Lanes) : (t ?? f)!.Value.Lanes;
            Node Side(Contribution? side) =>
                side is not { } from ? graph.Zero : from.Lanes == lanes ? from.Value : Lanes.Keep(graph, from.Lanes, from.Value);
            Node fromTrue = Side(t), fromFalse = Side(f);
            Node result = graph.ResultOf(reversed, Operation.BranchResult, NodeType.Real, frame.Target, fromTrue, fromFalse);
            reversed.Values.Add(new BranchValue(fromTrue, fromFalse, result));
            bool mayVanish = t is not { } inTrue || f is not { } inFalse
                || inTrue.MayVanish || inFalse.MayVanish || inTrue.Lanes != lanes || inFalse.Lanes != lanes;
            Contribute(frame, outer, new(result, lanes, mayVanish));
        }

        Contribution? OutOf(Frame side, Node outer) =>
            side.OuterAdjoints.TryGetValue(outer, out Adjoint? adjoint) ? adjoint.TotalAround(graph, side.Target) : null;
    }

    private Frame ReverseSide(Frame frame, BranchStatement branch, Region primal, Region target, Func<BranchValue, Node> choose)
    {
        var side = new Frame(primal, target, frame);
        RepeatStatements(primal, side, isReversed: true);
        side.ReverseStart = target.Statements.Count;
        foreach (BranchValue value in branch.Values)
        {
            if (frame.Adjoints.TryGetValue(value.Result, out Adjoint? adjoint))
            {
                Contribute(side, choose(value), adjoint.TotalAround(graph, target));
            }
        }

        Reverse(side, [.. primal.Statements]);
        return side;
    }
}
