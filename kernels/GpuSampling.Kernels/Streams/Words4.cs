using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Streams;

/// <summary>
/// Four words of 32 bits per lane: a counter, or the block of random words that a generator makes of it. With 64-bit elements
/// the bits above the lowest 32 are unspecified.
/// </summary>
/// <typeparam name="T">The lane type.</typeparam>
public readonly struct Words4<T>
    where T : struct, IReal<T>
{
    /// <summary>Word 0 of each lane's block.</summary>
    public Word<T> Word0 { get; }

    /// <summary>Word 1.</summary>
    public Word<T> Word1 { get; }

    /// <summary>Word 2.</summary>
    public Word<T> Word2 { get; }

    /// <summary>Word 3.</summary>
    public Word<T> Word3 { get; }

    /// <summary>Makes a block of its words.</summary>
    /// <param name="word0">Word 0 of each lane.</param>
    /// <param name="word1">Word 1.</param>
    /// <param name="word2">Word 2.</param>
    /// <param name="word3">Word 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Words4(Word<T> word0, Word<T> word1, Word<T> word2, Word<T> word3)
    {
        Word0 = word0;
        Word1 = word1;
        Word2 = word2;
        Word3 = word3;
    }

    /// <summary>The word at a position that is the same in all lanes.</summary>
    /// <param name="position">Only the two lowest bits count.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Word<T> At(uint position)
    {
        uint index = position & 3;
        return index < 2 ? (index == 0 ? Word0 : Word1) : (index == 2 ? Word2 : Word3);
    }
}
