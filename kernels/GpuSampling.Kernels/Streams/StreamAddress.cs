using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Streams;

/// <summary>The 64-bit seed of a run, as the two words of the generator's key.</summary>
public readonly struct StreamKey
{
    /// <summary>Splits a seed into its words. Seeds need no hashing: the generator takes any key.</summary>
    /// <param name="seed">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StreamKey(ulong seed)
    {
        Low = unchecked((uint)seed);
        High = unchecked((uint)(seed >> 32));
    }

    /// <summary>The low 32 bits of the seed.</summary>
    public uint Low { get; }

    /// <summary>The high 32 bits of the seed.</summary>
    public uint High { get; }
}

/// <summary>
/// Where a pack of chains reads its random words: (seed, purpose, stream, step). Together with a block index this names one
/// block of four words, and no other address names the same block.
/// </summary>
/// <typeparam name="T">The lane type.</typeparam>
/// <remarks>
/// Counter layout: word 0 the block, word 1 the step, word 2 the low 32 bits of the stream, word 3 the purpose in the highest
/// 8 bits over the stream's bits 32 to 55. The generator is a bijection of the counter for each key, so distinct addresses
/// have distinct blocks: the proof needs no more.
/// </remarks>
public readonly struct StreamAddress<T>
    where T : struct, IReal<T>
{
    /// <summary>Makes an address.</summary>
    /// <param name="key">The seed.</param>
    /// <param name="purpose">What the words are for.</param>
    /// <param name="streamLow">The low 32 bits of each lane's stream: chain, row or particle.</param>
    /// <param name="streamHigh">Bits 32 to 55 of the stream, the same for all lanes.</param>
    /// <param name="step">The iteration.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StreamAddress(StreamKey key, StreamPurpose purpose, Word<T> streamLow, uint streamHigh, uint step)
    {
        Key = key;
        StreamLow = streamLow;
        PurposeAndStreamHigh = ((uint)purpose << 24) | (streamHigh & 0xFFFFFF);
        Step = step;
    }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; }

    /// <summary>The low 32 bits of each lane's stream.</summary>
    public Word<T> StreamLow { get; }

    /// <summary>The purpose in the highest 8 bits, bits 32 to 55 of the stream below.</summary>
    public uint PurposeAndStreamHigh { get; }

    /// <summary>The iteration.</summary>
    public uint Step { get; }

    /// <summary>The same chains and seed at another purpose and step.</summary>
    /// <param name="purpose">What the words are for.</param>
    /// <param name="step">The iteration.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StreamAddress<T> At(StreamPurpose purpose, uint step) =>
        new(Key, purpose, StreamLow, PurposeAndStreamHigh & 0xFFFFFF, step);

    /// <summary>The counter that names a block of this address.</summary>
    /// <param name="block">The block of each lane, in the low 32 bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Words4<T> Counter(Word<T> block) =>
        new(block, T.WordConstant(Step), StreamLow, T.WordConstant(PurposeAndStreamHigh));
}
