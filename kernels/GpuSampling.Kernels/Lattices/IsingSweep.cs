using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
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

/// <summary>
/// Sweeps over Ising lattices with periodic boundaries, one lattice for each chain: p(s) ∝ exp(K Σ s_i s_j) over neighbouring pairs.
/// A sweep updates all black sites of the checkerboard, which given the white ones are independent, and then all white ones.
/// </summary>
/// <remarks>
/// A lattice's sites are updated one after another, so that sides may be odd, too: two neighbours across the edge that then have one
/// colour do not disturb each other. State: the spins, ±1, row by row. Outputs of each measured sweep: Σ s_i s_j over the 2·rows·columns
/// pairs, and Σ s_i.
/// </remarks>
public readonly struct IsingSweep : IChainKernel
{
    /// <summary>The rows of the lattice, at least 2.</summary>
    public int RowCount { get; init; }

    /// <summary>The columns of the lattice, at least 2.</summary>
    public int ColumnCount { get; init; }

    /// <summary>K = J/(k T).</summary>
    public double Coupling { get; init; }

    /// <summary>The update.</summary>
    public SpinUpdate Update { get; init; }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; init; }

    /// <summary>The number of the first sweep from the beginning of the run. Before sweep 0 spins are drawn at random.</summary>
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
            UpdateColour<T, TVector>(random, state, 0);
            UpdateColour<T, TVector>(random, state, 1);
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
        VectorVariates.FillUniform(random, state, RowCount * ColumnCount);
        for (int site = 0; site < RowCount * ColumnCount; site++)
        {
            state[site] = T.Select(state[site] < T.Constant(0.5), T.One, -T.One);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateColour<T, TVector>(StreamAddress<T> random, TVector state, int colour)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        // With h the sum of neighbours |s h| is 0, 2 or 4.
        T two = T.Constant(2);
        T slope = -(two * T.Constant(Coupling));
        T weightOfTwo = Elementary.Exp(slope * two);
        T weightOfFour = weightOfTwo * weightOfTwo;
        Reals4<T> numbers = default;
        uint number = (uint)(colour * ((((RowCount * ColumnCount) + 1) / 2) + 3)) & ~3u;
        for (int row = 0; row < RowCount; row++)
        {
            int here = row * ColumnCount;
            int above = (row == 0 ? RowCount - 1 : row - 1) * ColumnCount;
            int below = (row == RowCount - 1 ? 0 : row + 1) * ColumnCount;
            for (int column = (row + colour) & 1; column < ColumnCount; column += 2)
            {
                if ((number & 3) == 0)
                {
                    numbers = UniformVariate.Quadruple(random, number >> 2);
                }

                T uniform = numbers.At(number);
                number++;
                int left = here + (column == 0 ? ColumnCount - 1 : column - 1);
                int right = here + (column == ColumnCount - 1 ? 0 : column + 1);
                T field = state[above + column] + state[below + column] + (state[left] + state[right]);
                T spin = state[here + column];
                T alignment = spin * field;
                T size = T.Abs(alignment);
                T weight = T.Select(size > T.Constant(3), weightOfFour, T.Select(size > T.One, weightOfTwo, T.One));

                // weight = e^−2K|s h|. A flip has weight w = e^−2K s h: min(1, w), or w/(1 + w) in the heat bath.
                T chance = T.Select(alignment > T.Zero, weight, T.One);
                if (Update == SpinUpdate.HeatBath)
                {
                    chance = chance / (T.One + weight);
                }

                state[here + column] = T.Select(uniform < chance, -spin, spin);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure<T, TVector, TOutput>(TVector state, TOutput output)
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
            for (int column = 0; column < ColumnCount; column++)
            {
                int right = here + (column == ColumnCount - 1 ? 0 : column + 1);
                T spin = state[here + column];
                pairs = T.FusedMultiplyAdd(spin, state[below + column] + state[right], pairs);
                magnetization += spin;
            }
        }

        output[0] = pairs;
        output[1] = magnetization;
    }
}
