using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Lattices;

/// <summary>
/// A Potts lattice with periodic boundaries: p(s) ∝ exp(K Σ [s_i = s_j]) over neighbouring pairs, s_i one of q colours. Each site is drawn
/// anew given its neighbours: Geman and Geman, IEEE Transactions on Pattern Analysis and Machine Intelligence 6 (1984).
/// </summary>
/// <remarks>
/// State: the colours, 0 to q − 1, row by row. Measured: the number of equal neighbours among the 2·rows·columns pairs, and the number of
/// sites that have the commonest colour.
/// </remarks>
public readonly struct PottsLattice : ILattice, ISiteUpdate
{
    /// <summary>The rows of the lattice, at least 2.</summary>
    public int RowCount { get; init; }

    /// <summary>The columns of the lattice, at least 2.</summary>
    public int ColumnCount { get; init; }

    /// <summary>q.</summary>
    public int ColourCount { get; init; }

    /// <summary>K.</summary>
    public double Coupling { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Start<T, TVector>(StreamAddress<T> random, TVector state)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        T colours = T.FromInteger(ColourCount);
        VectorVariates.FillUniform(random, state, RowCount * ColumnCount);
        for (int site = 0; site < RowCount * ColumnCount; site++)
        {
            // Rounding may reach q itself.
            state[site] = T.Min(T.Floor(state[site] * colours), colours - T.One);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<T, TVector>(StreamAddress<T> random, TVector state, int colour)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T> =>
        new Checkerboard(RowCount, ColumnCount).Update(random, state, colour, this);

    /// <summary>e^K.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Weight<T>()
        where T : struct, IReal<T> =>
        Elementary.Exp(T.Constant(Coupling));

    /// <summary>A colour with probability in proportion to e^(K · equal neighbours), by inversion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Draw<T>(T uniform, T weight, T here, T left, T right, T above, T below)
        where T : struct, IReal<T>
    {
        T total = T.Zero;
        for (int colour = 0; colour < ColourCount; colour++)
        {
            total += WeightOf(T.FromInteger(colour), weight, left, right, above, below);
        }

        T level = uniform * total;
        T cumulated = T.Zero;
        T drawn = T.Zero;
        for (int colour = 0; colour < ColourCount - 1; colour++)
        {
            cumulated += WeightOf(T.FromInteger(colour), weight, left, right, above, below);
            drawn += T.Select(cumulated <= level, T.One, T.Zero);
        }

        return drawn;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T WeightOf<T>(T colour, T attraction, T left, T right, T above, T below)
        where T : struct, IReal<T>
    {
        T beside = T.Select(T.AreEqual(left, colour), attraction, T.One) * T.Select(T.AreEqual(right, colour), attraction, T.One);
        T across = T.Select(T.AreEqual(above, colour), attraction, T.One) * T.Select(T.AreEqual(below, colour), attraction, T.One);
        return beside * across;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Measure<T, TVector, TOutput>(TVector state, TOutput output)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
    {
        T pairs = T.Zero;
        for (int row = 0; row < RowCount; row++)
        {
            int here = row * ColumnCount;
            int below = (row == RowCount - 1 ? 0 : row + 1) * ColumnCount;
            T pairsOfRow = T.Zero; // as IsingLattice has it
            for (int column = 0; column < ColumnCount; column++)
            {
                T colour = state[here + column];
                pairsOfRow += T.Select(T.AreEqual(colour, state[here + (column == ColumnCount - 1 ? 0 : column + 1)]), T.One, T.Zero);
                pairsOfRow += T.Select(T.AreEqual(colour, state[below + column]), T.One, T.Zero);
            }

            pairs += pairsOfRow;
        }

        T commonest = T.Zero;
        for (int colour = 0; colour < ColourCount; colour++)
        {
            T count = T.Zero;
            for (int row = 0; row < RowCount; row++)
            {
                T countOfRow = T.Zero;
                for (int column = 0; column < ColumnCount; column++)
                {
                    countOfRow += T.Select(T.AreEqual(state[(row * ColumnCount) + column], T.FromInteger(colour)), T.One, T.Zero);
                }

                count += countOfRow;
            }

            commonest = T.Max(commonest, count);
        }

        output[0] = pairs;
        output[1] = commonest;
    }
}
