using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Transitions;

/// <summary>The own rows of a chain of <see cref="NoUTurn{TMetric}"/>: the tree's ends, the leaf being made, what a subtree proposes.</summary>
public readonly struct NoUTurnRows
{
    private readonly int dimension;

    /// <summary>The rows for a number of unconstrained parameters.</summary>
    /// <param name="dimension">At least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NoUTurnRows(int dimension) => this.dimension = dimension;

    /// <summary>Statistic: the number of doublings that were completed.</summary>
    public static int TreeDepth => 0;

    /// <summary>Statistic: the number of leapfrog steps.</summary>
    public static int LeapfrogCount => 1;

    /// <summary>The number of statistics.</summary>
    public static int StatisticCount => 2;

    /// <summary>The backward end of the tree: position, momentum and gradient in a row.</summary>
    public int Left => StatisticCount;

    /// <summary>The forward end of the tree, likewise.</summary>
    public int Right => Left + (3 * dimension);

    /// <summary>The newest leaf, likewise; its momentum points away from the tree.</summary>
    public int Leaf => Left + (6 * dimension);

    /// <summary>The position and gradient that the growing subtree proposes.</summary>
    public int Proposal => Left + (9 * dimension);

    /// <summary>The sum of all momenta of the tree.</summary>
    public int TreeSum => Left + (11 * dimension);

    /// <summary>The sum of all momenta of the growing subtree.</summary>
    public int SubtreeSum => Left + (12 * dimension);

    /// <summary>The momenta of leaves where subtrees began: one vector for each level.</summary>
    public int CheckpointMomenta => Left + (13 * dimension);

    /// <summary>The sums of momenta there.</summary>
    /// <param name="maximumDepth">The most doublings.</param>
    public int CheckpointSums(int maximumDepth) => CheckpointMomenta + (maximumDepth * dimension);

    /// <summary>The number of rows.</summary>
    /// <param name="maximumDepth">The most doublings.</param>
    public int Length(int maximumDepth) => CheckpointMomenta + (2 * maximumDepth * dimension);
}
