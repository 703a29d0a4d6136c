using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Lattices;

/// <summary>
/// Heat-bath sweeps over Potts lattices with periodic boundaries, one lattice for each chain: p(s) ∝ exp(K Σ [s_i = s_j]) over
/// neighbouring pairs, s_i one of q colours. Each site is drawn anew given its neighbours: Geman and Geman, IEEE Transactions on Pattern
/// Analysis and Machine Intelligence 6 (1984).
/// </summary>
/// <remarks>
/// First the black sites of a checkerboard, then the white ones, one after another: where a side is odd and the board does not close,
/// that is as right an order as any. State: the colours, 0 to q − 1, row by row. Outputs of each measured sweep: the number of equal
/// neighbours among the 2·rows·columns pairs, and the number of sites that have the commonest colour.
/// </remarks>
public readonly struct PottsSweep : IChainKernel
{
    /// <summary>The rows of the lattice, at least 2.</summary>
    public int RowCount { get; init; }

    /// <summary>The columns of the lattice, at least 2.</summary>
    public int ColumnCount { get; init; }

    /// <summary>q.</summary>
    public int ColourCount { get; init; }

    /// <summary>K.</summary>
    public double Coupling { get; init; }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; init; }

    /// <summary>The number of the first sweep from the beginning of the run. Before sweep 0 colours are drawn at random.</summary>
    public uint FirstSweep { get; init; }

    /// <summary>How many sweeps.</summary>
    public int SweepCount { get; init; }

    /// <summary>Measure after every so many sweeps; 0 never.</summary>
    public int MeasureInterval { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        if (FirstSweep == 0)
        {
            Randomize<T, TVector>(new StreamAddress<T>(Key, StreamPurpose.Initialization, chain, 0, 0), state);
        }

        int measured = 0;
        for (int sweep = 0; sweep < SweepCount; sweep++)
        {
            StreamAddress<T> random = new(Key, StreamPurpose.Lattice, chain, 0, FirstSweep + (uint)sweep);
            UpdateParity<T, TVector>(random, state, 0);
            UpdateParity<T, TVector>(random, state, 1);
            if (MeasureInterval > 0 && (sweep + 1) % MeasureInterval == 0)
            {
                Measure<T, TVector, TOutput>(state, output.Slice(2 * measured));
                measured++;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Randomize<T, TVector>(StreamAddress<T> random, TVector state)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateParity<T, TVector>(StreamAddress<T> random, TVector state, int parity)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        T attraction = Elementary.Exp(T.Constant(Coupling));
        Reals4<T> numbers = default;
        uint number = (uint)(parity * ((((RowCount * ColumnCount) + 1) / 2) + 3)) & ~3u;
        for (int row = 0; row < RowCount; row++)
        {
            int here = row * ColumnCount;
            int above = (row == 0 ? RowCount - 1 : row - 1) * ColumnCount;
            int below = (row == RowCount - 1 ? 0 : row + 1) * ColumnCount;
            for (int column = (row + parity) & 1; column < ColumnCount; column += 2)
            {
                if ((number & 3) == 0)
                {
                    numbers = UniformVariate.Quadruple(random, number >> 2);
                }

                T uniform = numbers.At(number);
                number++;
                T left = state[here + (column == 0 ? ColumnCount - 1 : column - 1)];
                T right = state[here + (column == ColumnCount - 1 ? 0 : column + 1)];
                state[here + column] = Draw(uniform, attraction, left, right, state[above + column], state[below + column]);
            }
        }
    }

    /// <summary>A colour with probability in proportion to e^(K · equal neighbours), by inversion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Draw<T>(T uniform, T attraction, T left, T right, T above, T below)
        where T : struct, IReal<T>
    {
        T total = T.Zero;
        for (int colour = 0; colour < ColourCount; colour++)
        {
            total += Weight(T.FromInteger(colour), attraction, left, right, above, below);
        }

        T level = uniform * total;
        T cumulated = T.Zero;
        T drawn = T.Zero;
        for (int colour = 0; colour < ColourCount - 1; colour++)
        {
            cumulated += Weight(T.FromInteger(colour), attraction, left, right, above, below);
            drawn += T.Select(cumulated <= level, T.One, T.Zero);
        }

        return drawn;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Weight<T>(T colour, T attraction, T left, T right, T above, T below)
        where T : struct, IReal<T>
    {
        T beside = T.Select(T.AreEqual(left, colour), attraction, T.One) * T.Select(T.AreEqual(right, colour), attraction, T.One);
        T across = T.Select(T.AreEqual(above, colour), attraction, T.One) * T.Select(T.AreEqual(below, colour), attraction, T.One);
        return beside * across;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure<T, TVector, TOutput>(TVector state, TOutput output)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
    {
        T pairs = T.Zero;
        for (int row = 0; row < RowCount; row++)
        {
            int here = row * ColumnCount;
            int below = (row == RowCount - 1 ? 0 : row + 1) * ColumnCount;
            for (int column = 0; column < ColumnCount; column++)
            {
                T colour = state[here + column];
                pairs += T.Select(T.AreEqual(colour, state[here + (column == ColumnCount - 1 ? 0 : column + 1)]), T.One, T.Zero);
                pairs += T.Select(T.AreEqual(colour, state[below + column]), T.One, T.Zero);
            }
        }

        T commonest = T.Zero;
        for (int colour = 0; colour < ColourCount; colour++)
        {
            T count = T.Zero;
            for (int site = 0; site < RowCount * ColumnCount; site++)
            {
                count += T.Select(T.AreEqual(state[site], T.FromInteger(colour)), T.One, T.Zero);
            }

            commonest = T.Max(commonest, count);
        }

        output[0] = pairs;
        output[1] = commonest;
    }
}
