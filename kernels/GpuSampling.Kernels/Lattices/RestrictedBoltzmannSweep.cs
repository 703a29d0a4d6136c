using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Lattices;

/// <summary>
/// Block Gibbs sampling of binary restricted Boltzmann machines, one for each chain: p(v, h) ∝ exp(Σ v_i W_ij h_j + Σ a_i v_i + Σ b_j h_j).
/// Given the visible units all hidden ones are independent, P(h_j = 1) = 1/(1 + exp(−b_j − Σ v_i W_ij)), and the other way round: Smolensky
/// (1986); Hinton, Training products of experts by minimizing contrastive divergence, Neural Computation 14 (2002), section 3.
/// </summary>
/// <remarks>
/// Data: W row by row, a row for each visible unit; a; b. State: visible units, then hidden ones, 0 or 1. Outputs of each measured sweep:
/// the state.
/// </remarks>
public readonly struct RestrictedBoltzmannSweep : IChainKernel
{
    /// <summary>The visible units.</summary>
    public int VisibleCount { get; init; }

    /// <summary>The hidden units.</summary>
    public int HiddenCount { get; init; }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; init; }

    /// <summary>The number of the first sweep from the beginning of the run. Before sweep 0 visible units are drawn at random.</summary>
    public uint FirstSweep { get; init; }

    /// <summary>How many sweeps: hidden units, then visible ones.</summary>
    public int SweepCount { get; init; }

    /// <summary>1: write the state after the last sweep.</summary>
    public int Measures { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        TVector hidden = state.Slice(VisibleCount);
        if (FirstSweep == 0)
        {
            VectorVariates.FillUniform(new StreamAddress<T>(Key, StreamPurpose.Initialization, chain, 0, 0), state, VisibleCount);
            for (int i = 0; i < VisibleCount; i++)
            {
                state[i] = T.Select(state[i] < T.Constant(0.5), T.One, T.Zero);
            }
        }

        int biases = VisibleCount * HiddenCount;
        for (int sweep = 0; sweep < SweepCount; sweep++)
        {
            // Hidden units take the even steps, visible ones the odd.
            uint step = 2 * (FirstSweep + (uint)sweep);
            StreamAddress<T> random = new(Key, StreamPurpose.Lattice, chain, 0, step);
            DrawLayer(random, hidden, state, data, HiddenCount, VisibleCount, biases + VisibleCount, 1, HiddenCount);
            DrawLayer(random.At(StreamPurpose.Lattice, step + 1), state, hidden, data, VisibleCount, HiddenCount, biases, HiddenCount, 1);
        }

        if (Measures != 0)
        {
            for (int i = 0; i < VisibleCount + HiddenCount; i++)
            {
                output[i] = state[i];
            }
        }
    }

    /// <summary>Draws one layer given the other; weight (unit, other) is at unit · unitStride + other · otherStride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawLayer<T, TVector, TData>(
        StreamAddress<T> random, TVector layer, TVector given, TData data, int count, int givenCount, int biases, int unitStride, int otherStride)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        VectorVariates.FillUniform(random, layer, count);
        for (int unit = 0; unit < count; unit++)
        {
            T field = data.Real(biases + unit);
            for (int other = 0; other < givenCount; other++)
            {
                field = T.FusedMultiplyAdd(given[other], data.Real((unit * unitStride) + (other * otherStride)), field);
            }

            layer[unit] = T.Select(layer[unit] < Elementary.Logistic(field), T.One, T.Zero);
        }
    }
}
