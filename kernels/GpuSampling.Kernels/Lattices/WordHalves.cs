using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Kernels.Lattices;

/// <summary>
/// Splits words of 32 bits, of which some are no numbers that survive a conversion, into two rows of whole numbers below 2^16, and joins
/// them again.
/// </summary>
/// <remarks>State: the words or their lower halves, and as many rows for the upper halves. Lanes have 32 bits.</remarks>
public readonly struct WordHalves : IChainKernel
{
    /// <summary>The bits of a half.</summary>
    public const int HalfBits = 16;

    // 2^23, above which the bits of a float32 count ones.
    private const double Integers = 8388608;

    /// <summary>The words of a chain.</summary>
    public int WordCount { get; init; }

    /// <summary>1: join halves; 0: split words.</summary>
    public int Joins { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        TVector upper = state.Slice(WordCount);
        Word<T> half = T.WordConstant(0xFFFF);
        for (int i = 0; i < WordCount; i++)
        {
            if (Joins == 1)
            {
                T integers = T.Constant(Integers);
                Word<T> low = T.ToBits(state[i] + integers) & half;
                Word<T> high = T.ToBits(upper[i] + integers) & half;
                state[i] = T.FromBits(low | (high << HalfBits));
            }
            else
            {
                Word<T> word = T.ToBits(state[i]);
                state[i] = T.FromSignedWord(word & half);
                upper[i] = T.FromSignedWord(word >>> HalfBits);
            }
        }
    }
}
