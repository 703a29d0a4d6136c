using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Differentiation;

/// <summary>
/// An integer that is a sum of multiples of other integers, for proofs that two indices differ. The counters of a loop in the
/// earlier access and in the later one are different unknowns, unless both accesses share the iteration.
/// </summary>
internal sealed class Affine
{
    private readonly Dictionary<Unknown, long> coefficients = [];
    private long constant;

    /// <summary>The affine form of an index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="store">Whether it belongs to the later access.</param>
    /// <param name="shared">The loops whose iteration both accesses share.</param>
    public static Affine Of(Node index, bool store, IEnumerable<LoopStatement> shared)
    {
        var form = new Affine();
        form.AddNode(index, 1, store, new HashSet<LoopStatement>(shared));
        return form;
    }

    public Affine Minus(Affine other)
    {
        var result = new Affine { constant = constant - other.constant };
        foreach (KeyValuePair<Unknown, long> entry in coefficients)
        {
            result.Add(entry.Key, entry.Value);
        }

        foreach (KeyValuePair<Unknown, long> entry in other.coefficients)
        {
            result.Add(entry.Key, -entry.Value);
        }

        return result;
    }

    public Affine Negated() => new Affine().Minus(this);

    /// <summary>A lower bound over all values of the unknowns, or long.MinValue if there is none.</summary>
    /// <param name="later">A loop that is at a later iteration in the later access.</param>
    public long Lower(LoopStatement? later)
    {
        Affine form = this;
        for (int step = 0; step < 16; step++)
        {
            // The innermost counter first: its bounds may depend on the counters around it.
            Unknown? counter = form.coefficients.Keys
                .Where(unknown => unknown.Loop is not null && !unknown.IsShared && unknown.Loop != later)
                .OrderByDescending(unknown => unknown.Loop!.Body.Depth)
                .Cast<Unknown?>()
                .FirstOrDefault();
            if (counter is not { } innermost)
            {
                break;
            }

            form = form.Bounded(innermost, later);
        }

        if (later is not null)
        {
            // In the later access the counter is that of the earlier one, plus 1, plus something not negative.
            var store = new Unknown(null, later, true, false);
            var load = new Unknown(null, later, false, false);
            form.coefficients.TryGetValue(store, out long ofStore);
            form.coefficients.TryGetValue(load, out long ofLoad);
            if (ofStore < 0 || ofStore + ofLoad != 0)
            {
                return long.MinValue;
            }

            form = form.Minus(new Affine { constant = -ofStore });
            form.coefficients.Remove(store);
            form.coefficients.Remove(load);
        }

        form = form.WithoutSharedCounters();
        return form.coefficients.Count == 0 ? form.constant : long.MinValue;
    }

    /// <summary>The smallest form over the ranges of the counters that both accesses share, the innermost first.</summary>
    private Affine WithoutSharedCounters()
    {
        Affine form = this;
        while (form.coefficients.Keys.Where(unknown => unknown is { Loop: not null, IsShared: true })
            .OrderByDescending(unknown => unknown.Loop!.Body.Depth).Cast<Unknown?>().FirstOrDefault() is { } counter)
        {
            // The loops around a shared loop are shared as well.
            var around = new HashSet<LoopStatement>();
            for (Region? region = counter.Loop!.Body.Parent; region is not null; region = region.Parent)
            {
                if (region.Owner is LoopStatement outer)
                {
                    around.Add(outer);
                }
            }

            long coefficient = form.coefficients[counter];
            var next = form.Minus(new Affine { coefficients = { [counter] = coefficient } });
            next.AddNode(coefficient > 0 ? counter.Loop.Start : counter.Loop.End, coefficient, counter.IsStore, around);
            next.constant -= Math.Min(coefficient, 0);
            form = next;
        }

        return form;
    }

    /// <summary>Replaces a counter by the end of its range that makes the form smallest.</summary>
    private Affine Bounded(Unknown counter, LoopStatement? later)
    {
        long coefficient = coefficients[counter];
        var result = new Affine { constant = constant };
        foreach (KeyValuePair<Unknown, long> entry in coefficients)
        {
            if (!entry.Key.Equals(counter))
            {
                result.Add(entry.Key, entry.Value);
            }
        }

        var shared = new HashSet<LoopStatement>(coefficients.Keys.Where(unknown => unknown.IsShared && unknown.Loop is not null).Select(unknown => unknown.Loop!));
        for (Region? around = counter.Loop!.Body.Parent; around is not null; around = around.Parent)
        {
            if (around.Owner is LoopStatement outer && outer != later && IsSharedAround(outer, later, counter))
            {
                shared.Add(outer);
            }
        }

        if (coefficient > 0)
        {
            result.AddNode(counter.Loop.Start, coefficient, counter.IsStore, shared);
        }
        else
        {
            result.AddNode(counter.Loop.End, coefficient, counter.IsStore, shared);
            result.constant -= coefficient;
        }

        return result;
    }

    private static bool IsSharedAround(LoopStatement outer, LoopStatement? later, Unknown counter) =>
        counter.SharedDepth >= outer.Body.Depth && (later is null || outer.Body.Depth < later.Body.Depth);

    private void AddNode(Node node, long factor, bool store, HashSet<LoopStatement> shared)
    {
        switch (node.Operation)
        {
            case Operation.IntegerConstant:
                constant += factor * node.Integer;
                break;
            case Operation.IntegerAdd:
                AddNode(node.Operands[0], factor, store, shared);
                AddNode(node.Operands[1], factor, store, shared);
                break;
            case Operation.IntegerSubtract:
                AddNode(node.Operands[0], factor, store, shared);
                AddNode(node.Operands[1], -factor, store, shared);
                break;
            case Operation.IntegerMultiply when node.Operands[0].Operation == Operation.IntegerConstant:
                AddNode(node.Operands[1], factor * node.Operands[0].Integer, store, shared);
                break;
            case Operation.IntegerMultiply when node.Operands[1].Operation == Operation.IntegerConstant:
                AddNode(node.Operands[0], factor * node.Operands[1].Integer, store, shared);
                break;
            case Operation.LoopIndex:
                var loop = (LoopStatement)node.Source!;
                bool isShared = shared.Contains(loop);
                int depth = shared.Count == 0 ? 0 : shared.Max(one => one.Body.Depth);
                Add(new Unknown(null, loop, store && !isShared, isShared) { SharedDepth = depth }, factor);
                break;
            default:
                // A number that does not change: the same unknown in both accesses, unless it depends on a counter.
                Add(new Unknown(node, null, store && node.Region.Depth > 0, node.Region.Depth == 0), factor);
                break;
        }
    }

    private void Add(Unknown unknown, long factor)
    {
        coefficients.TryGetValue(unknown, out long present);
        if (present + factor == 0)
        {
            coefficients.Remove(unknown);
        }
        else
        {
            coefficients[unknown] = present + factor;
        }
    }

    private readonly struct Unknown(Node? node, LoopStatement? loop, bool isStore, bool isShared) : IEquatable<Unknown>
    {
        public Node? Node { get; } = node;

        public LoopStatement? Loop { get; } = loop;

        public bool IsStore { get; } = isStore;

        public bool IsShared { get; } = isShared;

        /// <summary>The depth down to which the loops around share their iteration in both accesses.</summary>
        public int SharedDepth { get; init; }

        public bool Equals(Unknown other) =>
            Node == other.Node && Loop == other.Loop && IsStore == other.IsStore && IsShared == other.IsShared;

        public override bool Equals(object? obj) => obj is Unknown other && Equals(other);

        public override int GetHashCode() =>
            unchecked(((Node?.Id ?? 0) * 397) ^ (Loop is null ? 0 : Loop.Index.Id) ^ (IsStore ? 7919 : 0) ^ (IsShared ? 104729 : 0));
    }
}
