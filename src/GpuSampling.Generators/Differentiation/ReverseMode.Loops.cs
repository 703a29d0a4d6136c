using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Differentiation;

/// <content>Loops.</content>
internal sealed partial class ReverseMode
{
    private void ReverseLoop(Frame frame, LoopStatement loop)
    {
        if (!IsRelevant(frame, loop))
        {
            return;
        }

        // What an iteration writes, the next may read: a store is reversed before the reads that stand above it.
        foreach (LocalArray array in arrayUse.StoredIn(loop).Intersect(arrayUse.LoadedIn(loop)))
        {
            if (array.DependsOnParameters && !array.Region.IsWithin(loop.Body))
            {
                AdjointArray(frame, array, ArrayIn(frame, array));
            }
        }

        LoopStatement reversed = graph.BeginLoop(frame.Target, Value(frame, loop.Start), Value(frame, loop.End));
        reversed.DomainStart = Value(frame, loop.DomainStart);
        reversed.DomainEnd = Value(frame, loop.DomainEnd);
        reversed.Note = loop.Note;
        reversed.Index.Name = loop.Index.Name;
        var body = new Frame(loop.Body, reversed.Body, frame);
        body.Values[loop.Index] = reversed.Index;

        RestoreArrays(frame, loop, reversed);
        RestoreCarried(frame, loop, reversed, body);
        RepeatStatements(loop.Body, body, isReversed: true);
        body.ReverseStart = reversed.Body.Statements.Count;

        Node? carriedLanes = loop.Carried.Count > 0 ? LanesInto(frame, loop) : null;
        var carriedAdjoints = new List<(CarriedValue Primal, CarriedValue Adjoint)>();
        foreach (CarriedValue carried in loop.Carried)
        {
            if (carried.Next!.DependsOnParameters || carried.Initial.DependsOnParameters)
            {
                CarriedValue adjoint = graph.Carry(reversed, AdjointOf(frame, carried.Result!, carriedLanes));
                adjoint.Current.Name = carried.Current.Name is null ? null : carried.Current.Name + "Gradient";
                carriedAdjoints.Add((carried, adjoint));
                Contribute(body, carried.Next, new(adjoint.Current, carriedLanes, MayVanish: true)); // the next iteration may not need it
            }
        }

        foreach (LoopSum sum in loop.Sums)
        {
            if (frame.Adjoints.TryGetValue(sum.Result, out Adjoint? total))
            {
                Contribute(body, sum.Increment, total.Total(graph));
            }
        }

        Reverse(body, [.. loop.Body.Statements]);
        foreach ((CarriedValue primal, CarriedValue adjoint) in carriedAdjoints)
        {
            adjoint.Next = AdjointOf(body, primal.Current, carriedLanes);
        }

        reversed.IsDescending = loop.Carried.Count > 0 || arrayUse.HasRecurrence(loop);
        graph.EndLoop(reversed);
        SinkSums(frame, loop, reversed, body);
        foreach ((CarriedValue primal, CarriedValue adjoint) in carriedAdjoints)
        {
            Contribute(frame, primal.Initial, new(adjoint.Result!, carriedLanes, MayVanish: true));
        }

        Flush(body, frame, (outer, value) => graph.SumOver(reversed, value, outer.Name is null ? null : outer.Name + "Gradient"));
    }

    private bool IsRelevant(Frame frame, LoopStatement loop) =>
        loop.Carried.Any(carried => frame.Adjoints.ContainsKey(carried.Result!))
        || loop.Sums.Any(sum => frame.Adjoints.ContainsKey(sum.Result))
        || arrayUse.StoredIn(loop).Any(array => adjointArrays.ContainsKey(ArrayIn(frame, array)));

    /// <summary>The lanes in which something depends on what a loop computes: in others, what it carries may be NaN. Null for all.</summary>
    private Node? LanesInto(Frame frame, LoopStatement loop)
    {
        var all = new List<Node?>();
        foreach (Node result in loop.Carried.Select(carried => carried.Result!).Concat(loop.Sums.Select(sum => sum.Result)))
        {
            if (frame.Adjoints.TryGetValue(result, out Adjoint? adjoint))
            {
                all.Add(adjoint.Total(graph).Lanes);
            }
        }

        foreach (LocalArray array in arrayUse.StoredIn(loop))
        {
            if (!array.Region.IsWithin(loop.Body) && adjointArrays.ContainsKey(ArrayIn(frame, array)))
            {
                all.Add(array.Lanes is { } declared ? Value(frame, declared) : null);
            }
        }

        return all.Count == 0 || all.Contains(null) || Lanes.AreAll([.. all.OfType<Node>()]) ? null : all.Aggregate((a, b) => Lanes.Or(graph, a, b));
    }

    /// <summary>Sums with a known weight are computed by the reversed loop, and the forward loop needs not compute them.</summary>
    private void SinkSums(Frame frame, LoopStatement loop, LoopStatement reversed, Frame body)
    {
        foreach (LoopSum sum in loop.Sums)
        {
            if (frame.Adjoints.TryGetValue(sum.Result, out Adjoint? total)
                && total.Total(graph) is { Lanes: null, Value.Operation: Operation.RealConstant })
            {
                frame.SunkSums[sum.Result] = graph.SumOver(reversed, SunkValue(body, sum.Increment), sum.Result.Name);
            }
        }
    }

    private Node LargestTripCount(LoopStatement loop)
    {
        try
        {
            return Bounds.Upper(graph, graph.TripCount(loop));
        }
        catch (UnboundedException)
        {
            throw new UnsupportedProgramException(Rules.UnboundedLoop, loop.Span);
        }
    }

    /// <summary>Keeps what the forward loop carries on a tape, and takes it up again in the reversed loop.</summary>
    private void RestoreCarried(Frame frame, LoopStatement loop, LoopStatement reversed, Frame body)
    {
        LoopStatement forward = frame.ForwardLoops[loop];
        foreach (CarriedValue carried in loop.Carried)
        {
            int position = loop.Carried.IndexOf(carried);
            CarriedValue running = forward.Carried[position];
            LocalArray tape = graph.Declare(
                (carried.Current.Name ?? "value") + "Tape", ArrayStorage.Scratch, graph.Root, LargestTripCount(loop));
            StoreStatement save = Detached(forward.Body, () => graph.Store(
                forward.Body, tape, graph.IntegerSubtract(forward.Index, forward.Start), running.Current, adds: false));
            save.IsTape = true;
            forward.Body.Statements.Insert(0, save);

            Node restored = graph.Load(reversed.Body, tape, graph.IntegerSubtract(reversed.Index, reversed.Start));
            restored.Name = carried.Current.Name;
            restored.DependsOnParameters = carried.Current.DependsOnParameters;
            restored.DependsOnData = carried.Current.DependsOnData;
            body.Values[carried.Current] = restored;
        }
    }

    /// <summary>Keeps arrays that the loop overwrites on a tape, and restores each at the start of the reversed iteration.</summary>
    private void RestoreArrays(Frame frame, LoopStatement loop, LoopStatement reversed)
    {
        LoopStatement forward = frame.ForwardLoops[loop];
        RestoreReadArrays(frame, loop, forward, reversed);
        foreach (LocalArray primal in arrayUse.StoredIn(loop))
        {
            if (primal.Region.IsWithin(loop.Body) || arrayUse.IsPersistent(primal))
            {
                continue;
            }

            LocalArray array = ArrayIn(frame, primal);
            Node size = array.Sizes.Aggregate(graph.IntegerMultiply);
            LocalArray tape = graph.Declare(
                array.Name + "Tape", ArrayStorage.Scratch, graph.Root, LargestTripCount(loop), size);

            LoopStatement save = Copy(forward.Body, array, null, tape, graph.IntegerMultiply(graph.IntegerSubtract(forward.Index, forward.Start), size), size);
            forward.Body.Statements.Remove(save);
            save.IsTape = true;
            forward.Body.Statements.Insert(0, save);
            Copy(reversed.Body, tape, graph.IntegerMultiply(graph.IntegerSubtract(reversed.Index, reversed.Start), size), array, null, size);
        }
    }

    /// <summary>
    /// Keeps arrays that a statement reads, and that something overwrites later, as they are before the statement runs, and
    /// restores them before it is reversed.
    /// </summary>
    private void RestoreReadArrays(Frame frame, GraphStatement primalStatement, GraphStatement forward, GraphStatement? reversed)
    {
        foreach (LocalArray primal in arrayUse.LoadedIn(primalStatement))
        {
            if (Reachability.Bodies(primalStatement).Any(primal.Region.IsWithin) || arrayUse.IsPersistent(primal)
                || (reversed is LoopStatement && arrayUse.StoredIn(primalStatement).Contains(primal)))
            {
                continue;
            }

            LocalArray array = ArrayIn(frame, primal);
            Node size = array.Sizes.Aggregate(graph.IntegerMultiply);
            LocalArray copy = graph.Declare(array.Name + "Copy", ArrayStorage.Scratch, frame.Target, array.Sizes);
            LoopStatement save = Copy(frame.Target, array, null, copy, null, size);
            frame.Target.Statements.Remove(save);
            save.IsTape = true;
            frame.Target.Statements.Insert(frame.Target.Statements.IndexOf(forward), save);
            frame.ReverseStart++;
            Copy(frame.Target, copy, null, array, null, size);
        }
    }

    private LoopStatement Copy(Region region, LocalArray from, Node? fromStart, LocalArray to, Node? toStart, Node size)
    {
        LoopStatement loop = graph.BeginLoop(region, graph.Integer(0), size);
        loop.Index.Name = "i";
        Node Index(Node? start) => start is null ? loop.Index : graph.IntegerAdd(start, loop.Index);
        Node value = graph.Load(loop.Body, from, Index(fromStart));
        graph.Store(loop.Body, to, Index(toStart), value, adds: false);
        graph.EndLoop(loop);
        return loop;
    }

    private static StoreStatement Detached(Region region, Func<StoreStatement> append)
    {
        StoreStatement statement = append();
        region.Statements.Remove(statement);
        return statement;
    }
}
