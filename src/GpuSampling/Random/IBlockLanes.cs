using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Random;

/// <summary>How the registers of one width hold random words and numbers during a bulk fill.</summary>
/// <typeparam name="TWord">The lanes that generate words, one block a lane. Vectors use 64-bit lanes, the fastest on x64.</typeparam>
/// <typeparam name="TReal">Lanes of 32-bit numbers.</typeparam>
/// <typeparam name="TDouble">Lanes of 64-bit numbers.</typeparam>
internal unsafe interface IBlockLanes<TWord, TReal, TDouble>
    where TWord : unmanaged, IPackedReal<TWord>
    where TReal : unmanaged, IPackedReal<TReal>
    where TDouble : unmanaged, IPackedReal<TDouble>
{
    /// <summary>The block of each lane in its set, in the order that <see cref="Store"/> expects.</summary>
    static abstract Word<TWord> BlockOrder { get; }

    /// <summary>Stores the words of a set of blocks, blocks in order.</summary>
    /// <param name="word0">Word 0 of each block, in the low 32 bits of its lane.</param>
    /// <param name="word1">Word 1.</param>
    /// <param name="word2">Word 2.</param>
    /// <param name="word3">Word 3.</param>
    /// <param name="destination">Receives 4 words a lane.</param>
    static abstract void Store(Word<TWord> word0, Word<TWord> word1, Word<TWord> word2, Word<TWord> word3, uint* destination);

    /// <summary>Two registers of consecutive numbers, parted into those of even and of odd index.</summary>
    static abstract (TReal Even, TReal Odd) LoadPairs(float* source);

    /// <summary>The inverse of <see cref="LoadPairs(float*)"/>.</summary>
    static abstract void StorePairs(TReal even, TReal odd, float* destination);

    /// <summary>Two registers of consecutive numbers, parted into those of even and of odd index.</summary>
    static abstract (TDouble Even, TDouble Odd) LoadPairs(double* source);

    /// <summary>The inverse of <see cref="LoadPairs(double*)"/>.</summary>
    static abstract void StorePairs(TDouble even, TDouble odd, double* destination);
}
