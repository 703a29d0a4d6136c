using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Random;

/// <summary>
/// The loops of bulk fills, in two stages over memory that stays in the first-level cache: random words, and their transform in
/// place. Compiled at once at full optimisation: loops entered in a first, unoptimised version would run a sixth as fast.
/// </summary>
internal static unsafe class FillLoops<TLanes, TWord, TReal, TDouble>
    where TLanes : struct, IBlockLanes<TWord, TReal, TDouble>
    where TWord : unmanaged, IPackedReal<TWord>
    where TReal : unmanaged, IPackedReal<TReal>
    where TDouble : unmanaged, IPackedReal<TDouble>
{
    private const int FirstRoundOfLoop = 2;
    private const int Rounds = 10;

    /// <summary>The blocks that fills deal in: four sets of a block a lane.</summary>
    public static int BlocksPerBatch => 4 * TWord.Width;

    /// <summary>The words of consecutive blocks.</summary>
    /// <param name="blocks">The stream.</param>
    /// <param name="firstBlock">The low 32 bits of the first block's index.</param>
    /// <param name="batchCount">How many batches of <see cref="BlocksPerBatch"/>.</param>
    /// <param name="destination">Receives 4 words a block.</param>
    public static void Words(BulkBlocks blocks, uint firstBlock, nint batchCount, uint* destination)
    {
        // The keys of all rounds, as wide as a lane, to be broadcast from memory.
        nint keyWords = TWord.ElementBits / 32;
        uint* keys = stackalloc uint[2 * 2 * Rounds];
        for (uint round = FirstRoundOfLoop; round < Rounds; round++)
        {
            keys[2 * (nint)round * keyWords] = Philox4x32.RoundKey0(blocks.Key, round);
            keys[((2 * (nint)round) + 1) * keyWords] = Philox4x32.RoundKey1(blocks.Key, round);
        }

        // Several sets of blocks in flight hide the multipliers' latency: four, each of four words, where there are 32 registers.
        Word<TWord> block = TWord.WordConstant(firstBlock) + TLanes.BlockOrder;
        if (Avx512F.VL.IsSupported || AdvSimd.IsSupported)
        {
            WordsByFourSets(blocks, keys, block, batchCount, destination);
        }
        else
        {
            WordsByTwoSets(blocks, keys, block, 2 * batchCount, destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WordsByFourSets(BulkBlocks blocks, uint* keys, Word<TWord> block, nint passCount, uint* destination)
    {
        Word<TWord> nextSet = TWord.WordConstant((ulong)TWord.Width);
        for (nint pass = 0; pass < passCount; pass++)
        {
            Words4<TWord> set0 = blocks.FirstTwoRounds(block);
            block = TWord.Add(block, nextSet);
            Words4<TWord> set1 = blocks.FirstTwoRounds(block);
            block = TWord.Add(block, nextSet);
            Words4<TWord> set2 = blocks.FirstTwoRounds(block);
            block = TWord.Add(block, nextSet);
            Words4<TWord> set3 = blocks.FirstTwoRounds(block);
            block = TWord.Add(block, nextSet);
            for (nint round = FirstRoundOfLoop; round < Rounds; round++)
            {
                Word<TWord> key0 = TWord.ToBits(TWord.BroadcastFrom(keys, 2 * round));
                Word<TWord> key1 = TWord.ToBits(TWord.BroadcastFrom(keys, (2 * round) + 1));
                set0 = Philox4x32.Round(set0, key0, key1);
                set1 = Philox4x32.Round(set1, key0, key1);
                set2 = Philox4x32.Round(set2, key0, key1);
                set3 = Philox4x32.Round(set3, key0, key1);
            }

            TLanes.Store(set0.Word0, set0.Word1, set0.Word2, set0.Word3, destination);
            TLanes.Store(set1.Word0, set1.Word1, set1.Word2, set1.Word3, destination + (4 * TWord.Width));
            TLanes.Store(set2.Word0, set2.Word1, set2.Word2, set2.Word3, destination + (8 * TWord.Width));
            TLanes.Store(set3.Word0, set3.Word1, set3.Word2, set3.Word3, destination + (12 * TWord.Width));
            destination += 16 * TWord.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WordsByTwoSets(BulkBlocks blocks, uint* keys, Word<TWord> block, nint passCount, uint* destination)
    {
        Word<TWord> nextSet = TWord.WordConstant((ulong)TWord.Width);
        for (nint pass = 0; pass < passCount; pass++)
        {
            Words4<TWord> set0 = blocks.FirstTwoRounds(block);
            block = TWord.Add(block, nextSet);
            Words4<TWord> set1 = blocks.FirstTwoRounds(block);
            block = TWord.Add(block, nextSet);
            for (nint round = FirstRoundOfLoop; round < Rounds; round++)
            {
                Word<TWord> key0 = TWord.ToBits(TWord.BroadcastFrom(keys, 2 * round));
                Word<TWord> key1 = TWord.ToBits(TWord.BroadcastFrom(keys, (2 * round) + 1));
                set0 = Philox4x32.Round(set0, key0, key1);
                set1 = Philox4x32.Round(set1, key0, key1);
            }

            TLanes.Store(set0.Word0, set0.Word1, set0.Word2, set0.Word3, destination);
            TLanes.Store(set1.Word0, set1.Word1, set1.Word2, set1.Word3, destination + (4 * TWord.Width));
            destination += 8 * TWord.Width;
        }
    }

    /// <summary>Replaces random words by random numbers of 32 bits.</summary>
    /// <typeparam name="TTransform">The distribution.</typeparam>
    /// <param name="transform">The distribution with its parameters.</param>
    /// <param name="numbers">The words on entry; the numbers on return.</param>
    /// <param name="blockCount">How many blocks of 4, a multiple of <see cref="BlocksPerBatch"/>.</param>
    public static void Transform<TTransform>(TTransform transform, float* numbers, nint blockCount)
        where TTransform : struct, IPairTransform
    {
        // Two methods: in one, the compiler would spend its inlining budget on the branch that is never taken, too.
        if (TTransform.IsElementwise)
        {
            TransformElements(transform, (TReal*)numbers, (TReal*)(numbers + (4 * blockCount)));
        }
        else
        {
            TransformPairs(transform, numbers, numbers + (4 * blockCount));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TransformPairs<TTransform>(TTransform transform, float* numbers, float* end)
        where TTransform : struct, IPairTransform
    {
        for (; numbers < end; numbers += 2 * TReal.Width)
        {
            (TReal even, TReal odd) = TLanes.LoadPairs(numbers);
            Reals2<TReal> pair = transform.Apply(TReal.ToBits(even), TReal.ToBits(odd));
            TLanes.StorePairs(pair.First, pair.Second, numbers);
        }
    }

    /// <summary>Replaces random words by random numbers of 64 bits.</summary>
    /// <typeparam name="TTransform">The distribution.</typeparam>
    /// <param name="transform">The distribution with its parameters.</param>
    /// <param name="numbers">The words on entry, two a number; the numbers on return.</param>
    /// <param name="blockCount">How many blocks of 2, a multiple of <see cref="BlocksPerBatch"/>.</param>
    public static void Transform<TTransform>(TTransform transform, double* numbers, nint blockCount)
        where TTransform : struct, IPairTransform
    {
        // Two methods: in one, the compiler would spend its inlining budget on the branch that is never taken, too.
        if (TTransform.IsElementwise)
        {
            TransformElements(transform, (TDouble*)numbers, (TDouble*)(numbers + (2 * blockCount)));
        }
        else
        {
            TransformPairs(transform, numbers, numbers + (2 * blockCount));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TransformPairs<TTransform>(TTransform transform, double* numbers, double* end)
        where TTransform : struct, IPairTransform
    {
        for (; numbers < end; numbers += 2 * TDouble.Width)
        {
            (TDouble even, TDouble odd) = TLanes.LoadPairs(numbers);
            Reals2<TDouble> pair = transform.Apply(TDouble.ToBits(even), TDouble.ToBits(odd));
            TLanes.StorePairs(pair.First, pair.Second, numbers);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TransformElements<TTransform, T>(TTransform transform, T* numbers, T* end)
        where TTransform : struct, IPairTransform
        where T : unmanaged, IPackedReal<T>
    {
        for (; numbers < end; numbers += 2)
        {
            Reals2<T> two = transform.Apply(T.ToBits(numbers[0]), T.ToBits(numbers[1]));
            numbers[0] = two.First;
            numbers[1] = two.Second;
        }
    }

    /// <summary>Bounded integers of consecutive blocks.</summary>
    /// <param name="integers">The stream and the bounds.</param>
    /// <param name="firstBlock">The low 32 bits of the first block's index.</param>
    /// <param name="batchCount">How many batches of <see cref="BlocksPerBatch"/>.</param>
    /// <param name="destination">Receives 4 integers a block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Integers(BulkIntegers integers, uint firstBlock, nint batchCount, uint* destination)
    {
        Word<TWord> block = TWord.WordConstant(firstBlock) + TLanes.BlockOrder;
        Word<TWord> nextSet = TWord.WordConstant((ulong)TWord.Width);
        for (nint set = 0; set < 4 * batchCount; set++)
        {
            Words4<TWord> result = integers.At(block);
            TLanes.Store(result.Word0, result.Word1, result.Word2, result.Word3, destination);
            block = TWord.Add(block, nextSet);
            destination += 4 * TWord.Width;
        }
    }
}
