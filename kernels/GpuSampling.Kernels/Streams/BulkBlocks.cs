using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Streams;

/// <summary>
/// The blocks of one stream as bulk fills read them: 2³² blocks whose counters share all words but the first. Counter word 1
/// holds bits 32 to 55 of the block's index, and in its highest 8 bits the attempt of samplers that reject.
/// </summary>
/// <remarks>
/// With three words of the counter fixed, a multiplication in each of the first two rounds has the same outcome in every block:
/// it is done once, here. The fields are plain words, fit for a kernel's argument.
/// </remarks>
public readonly struct BulkBlocks
{
    private readonly StreamKey key;
    private readonly uint toWord2OfRound0;
    private readonly uint toWord0OfRound1;
    private readonly uint toWord2OfRound1;
    private readonly uint word3OfRound1;

    /// <summary>Prepares 2³² blocks.</summary>
    /// <param name="key">The seed.</param>
    /// <param name="purpose">What the words are for.</param>
    /// <param name="stream">The stream, below 2⁵⁶.</param>
    /// <param name="blockHigh">Bits 32 to 55 of the blocks' indices.</param>
    /// <param name="attempt">The attempt of a sampler that rejects, 0 to 255.</param>
    public BulkBlocks(StreamKey key, StreamPurpose purpose, ulong stream, uint blockHigh, uint attempt)
    {
        this.key = key;
        uint word1 = (attempt << 24) | (blockHigh & 0xFFFFFF);
        uint word3 = ((uint)purpose << 24) | ((uint)(stream >> 32) & 0xFFFFFF);

        // Round 0 of (block, word1, stream low, word3): words 0 and 1 come out equal for every block.
        ulong product1 = (ulong)Philox4x32.Multiplier1 * (uint)stream;
        uint word0 = (uint)(product1 >> 32) ^ word1 ^ Philox4x32.RoundKey0(key, 0);
        toWord2OfRound0 = word3 ^ Philox4x32.RoundKey1(key, 0);

        // Round 1: word 0 goes into words 2 and 3, word 1 into word 0.
        ulong product0 = (ulong)Philox4x32.Multiplier0 * word0;
        toWord0OfRound1 = (uint)product1 ^ Philox4x32.RoundKey0(key, 1);
        toWord2OfRound1 = (uint)(product0 >> 32) ^ Philox4x32.RoundKey1(key, 1);
        word3OfRound1 = (uint)product0;
    }

    /// <summary>The seed.</summary>
    public StreamKey Key => key;

    /// <summary>Philox4x32-10 of a block.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="block">The low 32 bits of each lane's block index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Words4<T> At<T>(Word<T> block)
        where T : struct, IReal<T> =>
        Philox4x32.Rounds(FirstTwoRounds(block), key, 2, 10);

    /// <summary>The words of a block after rounds 0 and 1.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="block">The low 32 bits of each lane's block index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Words4<T> FirstTwoRounds<T>(Word<T> block)
        where T : struct, IReal<T>
    {
        WordPair<T> product0 = T.MultiplyWide32(block, Philox4x32.Multiplier0);
        Word<T> word2 = T.ExclusiveOr(product0.High, T.WordConstant(toWord2OfRound0));
        WordPair<T> product1 = T.MultiplyWide32(word2, Philox4x32.Multiplier1);
        return new Words4<T>
        {
            Word0 = T.ExclusiveOr(product1.High, T.WordConstant(toWord0OfRound1)),
            Word1 = product1.Low,
            Word2 = T.ExclusiveOr(product0.Low, T.WordConstant(toWord2OfRound1)),
            Word3 = T.WordConstant(word3OfRound1),
        };
    }
}
