using GpuSampling.Kernels.Transitions;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>A metric that is learnt on the host, which reads the positions of all chains after a transition.</summary>
/// <param name="dimension">The number of unconstrained parameters.</param>
internal abstract class ObservedMetric(int dimension) : AdaptedMetric
{
    private double[] rows = [];

    /// <summary>The number of unconstrained parameters.</summary>
    protected int Dimension => dimension;

    public sealed override void Observe(Chains chains, bool isFirst)
    {
        int chainCount = chains.Run.ChainCount;
        if (rows.Length == 0)
        {
            rows = new double[dimension * chainCount];
        }

        chains.Batches.ReadRows(ChainRows.Position, dimension, rows);
        Observe(rows, chainCount, isFirst);
    }

    /// <summary>Takes in one position of each chain.</summary>
    /// <param name="positions">[parameter][chain]; overwritten.</param>
    /// <param name="chainCount">The number of chains.</param>
    /// <param name="isFirst">Whether a window begins.</param>
    public abstract void Observe(Span<double> positions, int chainCount, bool isFirst);

    public sealed override void Update(Chains chains, int drawsPerChain) => Update();

    /// <summary>Takes what the positions of the window say; where that is no metric, the old one stays.</summary>
    public abstract void Update();

    /// <summary>g ← Lᵀg, for many gradients at once: those of the density in whitened space.</summary>
    /// <param name="rows">[parameter][gradient]; overwritten.</param>
    /// <param name="count">The number of gradients.</param>
    public abstract void WhitenGradients(Span<double> rows, int count);
}
