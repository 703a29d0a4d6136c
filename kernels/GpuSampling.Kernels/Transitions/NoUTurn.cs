using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// The No-U-Turn sampler: trajectories that double until they turn back. Hoffman and Gelman, The No-U-Turn Sampler, JMLR 15 (2014),
/// algorithm 3; multinomial choice of the next state with a bias towards new subtrees: Betancourt (2017), appendix A.3.2.
/// </summary>
/// <typeparam name="TMetric">The metric.</typeparam>
/// <remarks>
/// Trees grow leaf by leaf without recursion, and remember for each level where its last subtree began: Phan, Pradhan and Jankowiak,
/// Composable Effects for Flexible and Accelerated Probabilistic Programming in NumPyro (2019), algorithm 2. All lanes of a pack are
/// at the same leaf; those that have finished wait for the deepest tree of the pack, on a GPU each thread ends by itself. Settings:
/// the reals are the metric's; integer 0 is the most doublings of this launch.
/// </remarks>
public readonly struct NoUTurn<TMetric> : ITransition
    where TMetric : struct, IMetric
{
    // Weights are e^(−energy error), cut off where a float would overflow: reached only on the way to the typical set.
    private const double LargestLogWeight = 60;

    // Doubling i takes its random numbers from quadruple i, leaves take theirs from this one on.
    private const uint FirstLeafQuadruple = 32;

    /// <summary>The metric.</summary>
    public TMetric Metric { get; init; }

    /// <summary>The most doublings that there is memory for, 1 to 20.</summary>
    public int MaximumDepth { get; init; }

    /// <summary>An energy error above this marks a transition as divergent.</summary>
    public double DivergenceThreshold { get; init; }

    /// <inheritdoc/>
    public static int StatisticCount => NoUTurnRows.StatisticCount;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => NoUTurnRows.StatisticCount;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => new NoUTurnRows(dimension).Length(MaximumDepth);

    /// <inheritdoc/>
    public TransitionOutcome<T> Step<T, TVector, TData, TModel>(
        TModel model,
        StreamAddress<T> random,
        TVector state,
        TData data,
        TData settings,
        int transition,
        T logDensity,
        Mask<T> moves)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        int dimension = model.Dimension;
        ChainRows chain = new(dimension);
        NoUTurnRows rows = new(dimension);
        TVector position = state.Slice(ChainRows.Position);
        TVector gradient = state.Slice(chain.Gradient);
        TVector own = state.Slice(chain.Own);
        TVector proposal = own.Slice(rows.Proposal);
        StreamAddress<T> choices = random.At(StreamPurpose.Trajectory, random.Step);

        TVector leafMomentum = own.Slice(rows.Leaf + dimension);
        VectorVariates.FillNormal(random, leafMomentum, dimension);
        T energy = ChainVectors.HalfSquaredNorm<T, TVector>(leafMomentum, dimension) - logDensity;
        PlantTree<T, TVector>(position, gradient, own, dimension);

        T firstEnergy = energy;
        T weight = T.One;
        T depth = T.Zero;
        Growth<T> grown = new() { AcceptanceSum = T.Zero, LeafCount = T.Zero, Diverged = T.UniformMask(false) };
        Mask<T> growing = T.UniformMask(true);
        int limit = settings.Integer(0);
        for (int level = 0; level < limit && T.Any(growing); level++)
        {
            Reals4<T> uniforms = UniformVariate.Quadruple(choices, (uint)level);
            Mask<T> forward = uniforms.Real0 < T.Constant(0.5);
            GoToEnd(forward, own, dimension);
            grown.Growing = growing;
            grown = GrowSubtree(model, choices, own, data, settings, level, firstEnergy, grown);
            Mask<T> complete = grown.Growing;

            // Biased progressive sampling: the new subtree's state is taken with probability min(1, w_new/w_old).
            Mask<T> taken = complete & (uniforms.Real1 * weight < grown.Weight) & moves;
            ChainVectors.CopyWhere(taken, proposal, position, dimension);
            ChainVectors.CopyWhere(taken, proposal.Slice(dimension), gradient, dimension);
            logDensity = T.Select(taken, grown.LogDensity, logDensity);
            energy = T.Select(taken, grown.Energy, energy);
            weight += T.Select(complete, grown.Weight, T.Zero);
            depth += T.Select(complete, T.One, T.Zero);
            growing = complete & !ExtendTree(forward, complete, own, dimension);
        }

        own[NoUTurnRows.TreeDepth] = depth;
        own[NoUTurnRows.LeapfrogCount] = grown.LeafCount;
        return new TransitionOutcome<T>
        {
            LogDensity = logDensity,
            Energy = energy,

            // Whatever points before the error were like, a step that diverges is too long.
            AcceptanceProbability = T.Select(grown.Diverged, T.Zero, grown.AcceptanceSum / grown.LeafCount),
            EvaluationCount = grown.LeafCount,
            Diverged = grown.Diverged,
        };
    }

    /// <summary>A tree of one leaf: both ends are the present state.</summary>
    private static void PlantTree<T, TVector>(TVector position, TVector gradient, TVector own, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        NoUTurnRows rows = new(dimension);
        TVector left = own.Slice(rows.Left);
        TVector right = own.Slice(rows.Right);
        TVector sum = own.Slice(rows.TreeSum);
        TVector momentum = own.Slice(rows.Leaf + dimension);
        for (int i = 0; i < dimension; i++)
        {
            left[i] = right[i] = position[i];
            left[dimension + i] = right[dimension + i] = sum[i] = momentum[i];
            left[(2 * dimension) + i] = right[(2 * dimension) + i] = gradient[i];
        }
    }

    /// <summary>Makes an end of the tree the leaf from which to go on; backward, with the momentum turned round.</summary>
    private static void GoToEnd<T, TVector>(Mask<T> forward, TVector own, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        NoUTurnRows rows = new(dimension);
        TVector left = own.Slice(rows.Left);
        TVector right = own.Slice(rows.Right);
        TVector leaf = own.Slice(rows.Leaf);
        for (int i = 0; i < dimension; i++)
        {
            leaf[i] = T.Select(forward, right[i], left[i]);
            leaf[dimension + i] = T.Select(forward, right[dimension + i], -left[dimension + i]);
            leaf[(2 * dimension) + i] = T.Select(forward, right[(2 * dimension) + i], left[(2 * dimension) + i]);
        }
    }

    /// <summary>Joins a complete subtree to the tree; returns where the whole turns back.</summary>
    private static Mask<T> ExtendTree<T, TVector>(Mask<T> forward, Mask<T> complete, TVector own, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        NoUTurnRows rows = new(dimension);
        TVector left = own.Slice(rows.Left);
        TVector right = own.Slice(rows.Right);
        TVector leaf = own.Slice(rows.Leaf);
        TVector sum = own.Slice(rows.TreeSum);
        TVector subtreeSum = own.Slice(rows.SubtreeSum);
        Mask<T> toRight = complete & forward;
        Mask<T> toLeft = complete & !forward;
        for (int i = 0; i < dimension; i++)
        {
            T momentum = leaf[dimension + i];
            right[i] = T.Select(toRight, leaf[i], right[i]);
            left[i] = T.Select(toLeft, leaf[i], left[i]);
            right[dimension + i] = T.Select(toRight, momentum, right[dimension + i]);
            left[dimension + i] = T.Select(toLeft, -momentum, left[dimension + i]);
            right[(2 * dimension) + i] = T.Select(toRight, leaf[(2 * dimension) + i], right[(2 * dimension) + i]);
            left[(2 * dimension) + i] = T.Select(toLeft, leaf[(2 * dimension) + i], left[(2 * dimension) + i]);
            sum[i] += T.Select(complete, T.Select(forward, subtreeSum[i], -subtreeSum[i]), T.Zero);
        }

        return TurnCriterion.Turns<T, TVector>(left.Slice(dimension), right.Slice(dimension), sum, dimension);
    }

    /// <summary>Adds 2^level leaves at the leaf's end; lanes that diverge or turn back leave off.</summary>
    private Growth<T> GrowSubtree<T, TVector, TData, TModel>(
        TModel model, StreamAddress<T> choices, TVector own, TData data, TData settings, int level, T firstEnergy, Growth<T> grown)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        int dimension = model.Dimension;
        NoUTurnRows rows = new(dimension);
        TVector leaf = own.Slice(rows.Leaf);
        TVector momentum = own.Slice(rows.Leaf + dimension);
        TVector gradient = own.Slice(rows.Leaf + (2 * dimension));
        TVector sum = own.Slice(rows.SubtreeSum);
        TVector scratch = own.Slice(OwnLength(dimension));
        for (int i = 0; i < dimension; i++)
        {
            sum[i] = T.Zero;
        }

        grown.Weight = T.Zero;
        Reals4<T> uniforms = default;
        int leafCount = 1 << level;
        for (int number = 0; number < leafCount && T.Any(grown.Growing); number++)
        {
            // Leaf 1 is the first of all, 2 and 3 are those of the second doubling, and so on.
            uint leafNumber = (uint)(leafCount + number);
            if (number == 0 || (leafNumber & 3) == 0)
            {
                uniforms = UniformVariate.Quadruple(choices, FirstLeafQuadruple + (leafNumber >> 2));
            }

            T logDensity = LeapfrogIntegrator.Integrate<T, TVector, TData, TModel, TMetric>(
                model, Metric, leaf, momentum, gradient, scratch, data, settings, 1);
            T energy = ChainVectors.HalfSquaredNorm<T, TVector>(momentum, dimension) - logDensity;
            T error = energy - firstEnergy;
            Mask<T> diverges = !(error <= T.Constant(DivergenceThreshold));
            T weight = T.Select(diverges, T.Zero, Elementary.Exp(T.Min(-error, T.Constant(LargestLogWeight))));
            grown.AcceptanceSum += T.Select(grown.Growing, T.Min(weight, T.One), T.Zero);
            grown.LeafCount += T.Select(grown.Growing, T.One, T.Zero);
            grown.Diverged |= grown.Growing & diverges;
            grown.Growing &= !diverges;
            grown.Weight += weight;

            // Multinomial choice among the subtree's leaves, one by one.
            Mask<T> taken = grown.Growing & (uniforms.At(leafNumber & 3) * grown.Weight < weight);
            TVector proposal = own.Slice(rows.Proposal);
            ChainVectors.CopyWhere(taken, leaf, proposal, dimension);
            ChainVectors.CopyWhere(taken, gradient, proposal.Slice(dimension), dimension);
            grown.LogDensity = T.Select(taken, logDensity, grown.LogDensity);
            grown.Energy = T.Select(taken, energy, grown.Energy);
            for (int i = 0; i < dimension; i++)
            {
                sum[i] += momentum[i];
            }

            grown.Growing &= !TurnsWithin<T, TVector>(own, number, dimension);
        }

        return grown;
    }

    /// <summary>
    /// Whether a subtree that ends with a leaf turns back. An even leaf begins subtrees and is remembered at the level that is free;
    /// an odd one ends as many as its number has ones at the end, all of whose beginnings are remembered.
    /// </summary>
    private Mask<T> TurnsWithin<T, TVector>(TVector own, int number, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        NoUTurnRows rows = new(dimension);
        TVector momentum = own.Slice(rows.Leaf + dimension);
        TVector sum = own.Slice(rows.SubtreeSum);
        TVector momenta = own.Slice(rows.CheckpointMomenta);
        TVector sums = own.Slice(rows.CheckpointSums(MaximumDepth));
        int highest = 0; // the number of ones in number / 2
        for (int rest = number >> 1; rest != 0; rest >>= 1)
        {
            highest += rest & 1;
        }

        Mask<T> turns = T.UniformMask(false);
        if ((number & 1) == 0)
        {
            ChainVectors.Copy<T, TVector>(momentum, momenta.Slice(highest * dimension), dimension);
            ChainVectors.Copy<T, TVector>(sum, sums.Slice(highest * dimension), dimension);
            return turns;
        }

        int checkpoint = highest;
        for (int rest = number; (rest & 1) != 0; rest >>= 1)
        {
            turns |= TurnCriterion.TurnsSince<T, TVector>(
                momenta.Slice(checkpoint * dimension), sums.Slice(checkpoint * dimension), momentum, sum, dimension);
            checkpoint--;
        }

        return turns;
    }

    /// <summary>How a tree has grown.</summary>
    private struct Growth<T>
        where T : struct, IReal<T>
    {
        /// <summary>The lanes that neither diverged nor turned back.</summary>
        public Mask<T> Growing { get; set; }

        /// <summary>The lanes that diverged.</summary>
        public Mask<T> Diverged { get; set; }

        /// <summary>Σ e^(−energy error) over the subtree.</summary>
        public T Weight { get; set; }

        /// <summary>Σ min(1, e^(−energy error)) over all leaves made.</summary>
        public T AcceptanceSum { get; set; }

        /// <summary>The number of leaves made.</summary>
        public T LeafCount { get; set; }

        /// <summary>log π at the subtree's proposal.</summary>
        public T LogDensity { get; set; }

        /// <summary>The total energy there.</summary>
        public T Energy { get; set; }
    }
}
