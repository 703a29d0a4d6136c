using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Lowering;

/// <content>
/// Branches of which some paths end the function or the iteration, and others go on. What follows is lowered once for each way into
/// it, which leaves every path plain; where that would be too many copies, once, under the condition that no path has ended.
/// </content>
internal sealed partial class ProgramLowering
{
    /// <summary>How many copies of a statement its ways may make.</summary>
    private const int MaximalCopies = 4;

    /// <summary>How many times the current statement is lowered, by the ways into it.</summary>
    private int copies = 1;

    private static bool Returns(Statement statement) => statement switch
    {
        Return or Continue => true,
        Block block => block.Statements.Any(Returns),
        Branch branch => Returns(branch.WhenTrue) || Returns(branch.WhenFalse),
        _ => false,
    };

    /// <summary>In how many ways control gets past a statement.</summary>
    private static int WaysThrough(Statement statement)
    {
        switch (statement)
        {
            case Return or Continue:
                return 0;
            case Branch branch when Returns(branch):
                return Math.Min(WaysThrough(branch.WhenTrue) + WaysThrough(branch.WhenFalse), MaximalCopies + 1);
            case Block block:
                int ways = 1;
                foreach (Statement inner in block.Statements)
                {
                    ways = Math.Min(ways * WaysThrough(inner), MaximalCopies + 1);
                }

                return ways;
            default:
                return 1;
        }
    }

    /// <summary>A branch that returns on some path, and all that follows.</summary>
    private Value? RunToTheEnd(Branch branch, Statement[] rest)
    {
        int before = copies, ways = WaysThrough(branch);
        if (rest.Length > 0 && ways > 1 && before * ways > MaximalCopies)
        {
            return RunUnlessEnded((Outcome)RunPartly(branch), rest);
        }

        copies = before * Math.Max(ways, 1);
        Value? result = InBranches(
            Uniform(Scalar(branch.Condition)),
            () => Run([.. branch.WhenTrue.Statements, .. rest]),
            () => At(branch.Span, Run([.. branch.WhenFalse.Statements, .. rest])));
        copies = before;
        return result;
    }

    private Value? RunUnlessEnded(Outcome outcome, Statement[] rest) => InBranches(
        Uniform(Not(outcome.Ended)), () => Run(rest), () => outcome.Result ?? NoValue.Instance);

    /// <summary>Runs statements until one ends the path; those that end only some lanes, or on some paths, run under a condition.</summary>
    private Outcome RunPartly(IReadOnlyList<Statement> statements)
    {
        int first = 0;
        while (first < statements.Count && !Returns(statements[first]))
        {
            first++;
        }

        Value? ending = Run(statements.Take(first + (first < statements.Count && statements[first] is Return or Continue ? 1 : 0)).ToArray());
        if (ending is not null)
        {
            return new Outcome(Graph.True, ending);
        }

        if (first == statements.Count)
        {
            return new Outcome(Graph.Boolean(false), null);
        }

        Outcome outcome = RunPartly(statements[first]);
        Statement[] rest = [.. statements.Skip(first + 1)];
        if (rest.Length == 0 || outcome.Ended.Operation == Operation.BooleanConstant && outcome.Ended.Integer != 0)
        {
            return outcome;
        }

        return (Outcome)InBranches(Uniform(Not(outcome.Ended)), () => RunPartly(rest), () => new Outcome(Graph.True, outcome.Result))!;
    }

    private Outcome RunPartly(Statement statement)
    {
        if (statement is Block block)
        {
            return RunPartly(block.Statements.ToArray());
        }

        Note(statement);
        var branch = (Branch)statement;
        return (Outcome)InBranches(
            Uniform(Scalar(branch.Condition)),
            () => RunPartly(branch.WhenTrue),
            () => At(branch.Span, RunPartly(branch.WhenFalse)))!;
    }

    private Node Not(Node condition) => condition.Type == NodeType.Mask ? Graph.MaskNot(condition) : Graph.Not(condition);

    /// <summary>What two paths lead to. A value that only one of them has is not read where the other was taken.</summary>
    private Outcome Merge(Outcome whenTrue, Outcome whenFalse, Func<Node, Node, Node> choose)
    {
        Value? result = (whenTrue.Result, whenFalse.Result) switch
        {
            (null, null) => null,
            ({ } one, null) => Merge(one, Blank(one), null, choose),
            (null, { } other) => Merge(Blank(other), other, null, choose),
            ({ } one, { } other) => Merge(one, other, null, choose),
        };
        return new Outcome(choose(whenTrue.Ended, whenFalse.Ended), result);
    }

    private Value Blank(Value like) => like switch
    {
        ScalarValue scalar => new ScalarValue(scalar.Node.Type switch
        {
            NodeType.Real => Graph.Zero,
            NodeType.Integer => Graph.Integer(0),
            _ => Graph.Boolean(false),
        }),
        TupleValue tuple => new TupleValue([.. tuple.Items.Select(Blank)]),
        _ => like,
    };

    /// <summary>Where paths are after a statement: which have ended, and with what value.</summary>
    private sealed class Outcome(Node ended, Value? result) : Value
    {
        public Node Ended { get; } = ended;

        public Value? Result { get; } = result;
    }
}
