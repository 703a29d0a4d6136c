using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Lattices;

/// <summary>How a spin is updated given its neighbours.</summary>
public enum SpinUpdate
{
    /// <summary>Flip with probability min(1, e^−ΔE): Metropolis et al. (1953).</summary>
    Metropolis = 0,

    /// <summary>Draw anew from the conditional distribution: Glauber's dynamics, the Gibbs sampler.</summary>
    HeatBath = 1,
}

/// <summary>An Ising lattice with periodic boundaries: p(s) ∝ exp(K Σ s_i s_j) over neighbouring pairs.</summary>
/// <remarks>State: the spins, ±1, row by row. Measured: Σ s_i s_j over the 2·rows·columns pairs, and Σ s_i.</remarks>
public readonly struct IsingLattice : ILattice, ISiteUpdate
{
    /// <summary>The rows of the lattice, at least 2.</summary>
    public int RowCount { get; init; }

    /// <summary>The columns of the lattice, at least 2.</summary>
    public int ColumnCount { get; init; }

    /// <summary>K = J/(k T).</summary>
    public double Coupling { get; init; }

    /// <summary>The update.</summary>
    public SpinUpdate SpinUpdate { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Start<T, TVector>(StreamAddress<T> random, TVector state)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        VectorVariates.FillUniform(random, state, RowCount * ColumnCount);
        for (int site = 0; site < RowCount * ColumnCount; site++)
        {
            state[site] = T.Select(state[site] < T.Constant(0.5), T.One, -T.One);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<T, TVector>(StreamAddress<T> random, TVector state, int colour)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T> =>
        new Checkerboard(RowCount, ColumnCount).Update(random, state, colour, this);

    /// <summary>e^−4K.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Weight<T>()
        where T : struct, IReal<T>
    {
        T two = T.Constant(2);
        return Elementary.Exp(-(two * T.Constant(Coupling)) * two);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Draw<T>(T uniform, T weight, T here, T left, T right, T above, T below)
        where T : struct, IReal<T>
    {
        // With h the sum of neighbours |s h| is 0, 2 or 4, and its weight e^−2K|s h|.
        T alignment = here * (above + below + (left + right));
        T size = T.Abs(alignment);
        T weightOfSize = T.Select(size > T.Constant(3), weight * weight, T.Select(size > T.One, weight, T.One));

        // A flip has weight w = e^−2K s h: min(1, w), or w/(1 + w) in the heat bath.
        T chance = T.Select(alignment > T.Zero, weightOfSize, T.One);
        if (SpinUpdate == SpinUpdate.HeatBath)
        {
            chance = chance / (T.One + weightOfSize);
        }

        return T.Select(uniform < chance, -here, here);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Measure<T, TVector, TOutput>(TVector state, TOutput output)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
    {
        T pairs = T.Zero;
        T magnetization = T.Zero;
        for (int row = 0; row < RowCount; row++)
        {
            int here = row * ColumnCount;
            int below = (row == RowCount - 1 ? 0 : row + 1) * ColumnCount;

            // Row by row: a single running sum of ±1 would stand still once it has left the integers that a float holds.
            T pairsOfRow = T.Zero;
            T spinsOfRow = T.Zero;
            for (int column = 0; column < ColumnCount; column++)
            {
                int right = here + (column == ColumnCount - 1 ? 0 : column + 1);
                T spin = state[here + column];
                pairsOfRow = T.FusedMultiplyAdd(spin, state[below + column] + state[right], pairsOfRow);
                spinsOfRow += spin;
            }

            pairs += pairsOfRow;
            magnetization += spinsOfRow;
        }

        output[0] = pairs;
        output[1] = magnetization;
    }
}
