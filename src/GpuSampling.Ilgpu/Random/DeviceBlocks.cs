using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Ilgpu.Random;

/// <summary>
/// The blocks of a stream as a device thread computes them: <see cref="BulkBlocks"/> with the keys of the remaining rounds worked
/// out beforehand. Kernel arguments are operands of instructions, so that a round is four of them and nothing else.
/// </summary>
internal readonly struct DeviceBlocks
{
    private readonly BulkBlocks blocks;
    private readonly uint key2Low;
    private readonly uint key2High;
    private readonly uint key3Low;
    private readonly uint key3High;
    private readonly uint key4Low;
    private readonly uint key4High;
    private readonly uint key5Low;
    private readonly uint key5High;
    private readonly uint key6Low;
    private readonly uint key6High;
    private readonly uint key7Low;
    private readonly uint key7High;
    private readonly uint key8Low;
    private readonly uint key8High;
    private readonly uint key9Low;
    private readonly uint key9High;

    /// <summary>Prepares 2³² blocks.</summary>
    /// <param name="blocks">The blocks.</param>
    public DeviceBlocks(BulkBlocks blocks)
    {
        this.blocks = blocks;
        StreamKey key = blocks.Key;
        (key2Low, key2High) = (Philox4x32.RoundKey0(key, 2), Philox4x32.RoundKey1(key, 2));
        (key3Low, key3High) = (Philox4x32.RoundKey0(key, 3), Philox4x32.RoundKey1(key, 3));
        (key4Low, key4High) = (Philox4x32.RoundKey0(key, 4), Philox4x32.RoundKey1(key, 4));
        (key5Low, key5High) = (Philox4x32.RoundKey0(key, 5), Philox4x32.RoundKey1(key, 5));
        (key6Low, key6High) = (Philox4x32.RoundKey0(key, 6), Philox4x32.RoundKey1(key, 6));
        (key7Low, key7High) = (Philox4x32.RoundKey0(key, 7), Philox4x32.RoundKey1(key, 7));
        (key8Low, key8High) = (Philox4x32.RoundKey0(key, 8), Philox4x32.RoundKey1(key, 8));
        (key9Low, key9High) = (Philox4x32.RoundKey0(key, 9), Philox4x32.RoundKey1(key, 9));
    }

    /// <summary>Philox4x32-10 of a block.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="block">The low 32 bits of the block's index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Words4<T> At<T>(uint block)
        where T : struct, IReal<T>
    {
        Words4<T> words = blocks.FirstTwoRounds(T.WordConstant(block));
        words = Round(words, key2Low, key2High);
        words = Round(words, key3Low, key3High);
        words = Round(words, key4Low, key4High);
        words = Round(words, key5Low, key5High);
        words = Round(words, key6Low, key6High);
        words = Round(words, key7Low, key7High);
        words = Round(words, key8Low, key8High);
        return Round(words, key9Low, key9High);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Words4<T> Round<T>(Words4<T> words, uint low, uint high)
        where T : struct, IReal<T> =>
        Philox4x32.Round(words, T.WordConstant(low), T.WordConstant(high));
}
