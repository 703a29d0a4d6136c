using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// From a block's index to the numbers that a bulk fill stores for it: the whole of a fill kernel but the store. A device thread
/// takes one block, or two in double precision, and stores four consecutive numbers.
/// </summary>
public static class BlockVariates
{
    /// <summary>Numbers 4b to 4b + 3 of a fill in single precision. For 32-bit lanes.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TTransform">The distribution.</typeparam>
    /// <param name="blocks">The stream.</param>
    /// <param name="block">The low 32 bits of each lane's block b.</param>
    /// <param name="transform">The distribution with its parameters.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals4<T> FourOfBlock<T, TTransform>(BulkBlocks blocks, Word<T> block, TTransform transform)
        where T : struct, IReal<T>
        where TTransform : struct, IPairTransform
    {
        Words4<T> words = blocks.At(block);
        Reals2<T> low = transform.Apply(words.Word0, words.Word1);
        Reals2<T> high = transform.Apply(words.Word2, words.Word3);
        return new Reals4<T> { Real0 = low.First, Real1 = low.Second, Real2 = high.First, Real3 = high.Second };
    }

    /// <summary>Numbers 2b and 2b + 1 of a fill in double precision. For 64-bit lanes.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TTransform">The distribution.</typeparam>
    /// <param name="blocks">The stream.</param>
    /// <param name="block">The low 32 bits of each lane's block b.</param>
    /// <param name="transform">The distribution with its parameters.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals2<T> TwoOfBlock<T, TTransform>(BulkBlocks blocks, Word<T> block, TTransform transform)
        where T : struct, IReal<T>
        where TTransform : struct, IPairTransform
    {
        Words4<T> words = blocks.At(block);
        return transform.Apply(words.LowPair, words.HighPair);
    }
}
