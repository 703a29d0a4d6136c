using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Differentiation;

/// <content>Running a region again where it is reversed, for the values that the derivatives need. What they do not need is dropped later.</content>
internal sealed partial class ReverseMode
{
    private void RepeatStatements(Region primal, Frame frame, bool isReversed)
    {
        foreach (LocalArray array in graph.Arrays.Where(array => array.Region == primal).ToArray())
        {
            LocalArray copy = graph.Declare(array.Name, array.Storage, frame.Target, array.Sizes);
            copy.DependsOnParameters = array.DependsOnParameters;
            copy.DependsOnData = array.DependsOnData;
            copy.HasStandIn = array.HasStandIn;
            frame.Arrays[array] = copy;
        }

        foreach (GraphStatement statement in primal.Statements.ToArray())
        {
            if (statement.IsTape)
            {
                continue;
            }

            graph.Note = statement.Note;
            switch (statement)
            {
                case LoadStatement load:
                    Node loaded = graph.Load(frame.Target, ArrayIn(frame, load.Array), Value(frame, load.Index));
                    loaded.Name = load.Result.Name;
                    frame.Values[load.Result] = loaded;
                    break;
                case StoreStatement store when NeedsRepetition(store.Array, frame):
                    graph.Store(frame.Target, ArrayIn(frame, store.Array), Value(frame, store.Index), Value(frame, store.Value), store.Adds);
                    break;
                case LoopStatement loop:
                    RepeatLoop(loop, frame);
                    break;
                case BranchStatement branch:
                    RepeatBranch(branch, frame);
                    break;
            }
        }

        graph.Note = null;
    }

    /// <summary>Elements that nothing overwrites are still there from the forward part.</summary>
    private bool NeedsRepetition(LocalArray array, Frame frame) => ArrayIn(frame, array) != array || !arrayUse.IsPersistent(array);

    private void RepeatLoop(LoopStatement loop, Frame frame)
    {
        LoopStatement repeated = graph.BeginLoop(frame.Target, Value(frame, loop.Start), Value(frame, loop.End));
        repeated.DomainStart = Value(frame, loop.DomainStart);
        repeated.DomainEnd = Value(frame, loop.DomainEnd);
        repeated.Index.Name = loop.Index.Name;
        repeated.IsZeroFill = loop.IsZeroFill;
        var body = new Frame(loop.Body, repeated.Body, frame);
        body.Values[loop.Index] = repeated.Index;
        foreach (CarriedValue carried in loop.Carried)
        {
            CarriedValue copy = graph.Carry(repeated, Value(frame, carried.Initial));
            copy.Current.Name = carried.Current.Name;
            copy.Current.DependsOnParameters = carried.Current.DependsOnParameters;
            copy.Current.DependsOnData = carried.Current.DependsOnData;
            body.Values[carried.Current] = copy.Current;
        }

        RepeatStatements(loop.Body, body, isReversed: false);
        for (int i = 0; i < loop.Carried.Count; i++)
        {
            repeated.Carried[i].Next = Value(body, loop.Carried[i].Next!);
        }

        graph.EndLoop(repeated);
        for (int i = 0; i < loop.Carried.Count; i++)
        {
            frame.Values[loop.Carried[i].Result!] = repeated.Carried[i].Result!;
        }

        foreach (LoopSum sum in loop.Sums)
        {
            frame.Values[sum.Result] = graph.SumOver(repeated, Value(body, sum.Increment), sum.Result.Name);
        }

        frame.ForwardLoops[loop] = repeated;
    }

    private void RepeatBranch(BranchStatement branch, Frame frame)
    {
        var repeated = new BranchStatement(frame.Target, Value(frame, branch.Condition));
        var whenTrue = new Frame(branch.WhenTrue, repeated.WhenTrue, frame);
        RepeatStatements(branch.WhenTrue, whenTrue, isReversed: false);
        var whenFalse = new Frame(branch.WhenFalse, repeated.WhenFalse, frame);
        RepeatStatements(branch.WhenFalse, whenFalse, isReversed: false);
        repeated.Id = graph.NextId();
        frame.Target.Statements.Add(repeated);
        frame.ForwardBranches[branch] = repeated;
        foreach (BranchValue value in branch.Values)
        {
            Node t = Value(whenTrue, value.WhenTrue), f = Value(whenFalse, value.WhenFalse);
            Node result = graph.ResultOf(repeated, Operation.BranchResult, value.Result.Type, frame.Target, t, f);
            result.Name = value.Result.Name;
            repeated.Values.Add(new BranchValue(t, f, result));
            frame.Values[value.Result] = result;
        }
    }
}
