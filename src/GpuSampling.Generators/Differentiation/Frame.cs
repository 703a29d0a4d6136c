using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Differentiation;

/// <summary>
/// A region of the primal program while it is repeated or reversed in another region: where its values are found there, and what
/// is known of their adjoints.
/// </summary>
internal sealed class Frame(Region primal, Region target, Frame? parent)
{
    /// <summary>The region of the primal program.</summary>
    public Region Primal { get; } = primal;

    /// <summary>The region that receives the new statements; the primal one itself for the body of the method.</summary>
    public Region Target { get; } = target;

    public Frame? Parent { get; } = parent;

    /// <summary>Values of the primal region in the target region.</summary>
    public Dictionary<Node, Node> Values { get; } = [];

    /// <summary>Arrays that the primal region declares, in the target region.</summary>
    public Dictionary<LocalArray, LocalArray> Arrays { get; } = [];

    /// <summary>The adjoints of values of the primal region.</summary>
    public Dictionary<Node, Adjoint> Adjoints { get; } = [];

    /// <summary>What values of enclosing regions receive from this one.</summary>
    public Dictionary<Node, Adjoint> OuterAdjoints { get; } = [];

    /// <summary>The loops that run forward in the target region, by the primal loop that they repeat.</summary>
    public Dictionary<LoopStatement, LoopStatement> ForwardLoops { get; } = [];

    /// <summary>The same for branches.</summary>
    public Dictionary<BranchStatement, BranchStatement> ForwardBranches { get; } = [];

    /// <summary>Sums that the reversed loops of this region compute along the way.</summary>
    public Dictionary<Node, Node> SunkSums { get; } = [];

    /// <summary>Where in the target region the forward part ends: adjoint arrays are cleared here.</summary>
    public int ReverseStart { get; set; }

    /// <summary>The work to do, the latest first.</summary>
    public SortedDictionary<int, object> Pending { get; } = new(Comparer<int>.Create((a, b) => b.CompareTo(a)));
}
