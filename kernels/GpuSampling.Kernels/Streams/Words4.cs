using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Streams;

/// <summary>
/// Four words of 32 bits per lane: a counter, or the block of random words that a generator makes of it. With 64-bit elements
/// the bits above the lowest 32 are unspecified.
/// </summary>
/// <typeparam name="T">The lane type.</typeparam>
#pragma warning disable CA1051 // fields, not properties: each call saved spares the JIT's inlining budget
public struct Words4<T>
    where T : struct, IReal<T>
{
    /// <summary>Word 0 of each lane's block.</summary>
    public Word<T> Word0;

    /// <summary>Word 1.</summary>
    public Word<T> Word1;

    /// <summary>Word 2.</summary>
    public Word<T> Word2;

    /// <summary>Word 3.</summary>
    public Word<T> Word3;

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

    /// <summary>Words 0 and 1 as one of 64 bits, word 0 the lower half. For 64-bit elements.</summary>
    public readonly Word<T> LowPair
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.BitwiseOr(T.KeepLow32(Word0), T.ShiftLeft(Word1, 32));
    }

    /// <summary>Words 2 and 3 as one of 64 bits, word 2 the lower half. For 64-bit elements.</summary>
    public readonly Word<T> HighPair
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.BitwiseOr(T.KeepLow32(Word2), T.ShiftLeft(Word3, 32));
    }

    /// <summary>The word at a position that is the same in all lanes.</summary>
    /// <param name="position">Only the two lowest bits count.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Word<T> At(uint position)
    {
        uint index = position & 3;
        return index < 2 ? (index == 0 ? Word0 : Word1) : (index == 2 ? Word2 : Word3);
    }
}
