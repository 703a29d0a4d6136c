using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Random;

/// <summary>Cuts a fill into pieces: for threads, for the cache, for whole batches of blocks, and for rows of 2³² blocks.</summary>
internal static unsafe class BulkFill
{
    /// <summary>Words that one thread fills before it looks for cancellation or other work: 256 KiB.</summary>
    private const long WordsPerChunk = 1 << 16;

    /// <summary>Words that stay in the first-level cache from stage to stage: 16 KiB.</summary>
    private const long WordsPerPiece = 1 << 12;

    public static void Run<TPass>(
        TPass pass, RandomStream stream, ulong start, uint* destination, long wordCount, RandomFillOptions options, CancellationToken cancellationToken)
        where TPass : struct, IFillPass
    {
        VectorWidth widest = VectorWidths.Widest;
        switch (options.Width == VectorWidth.Widest || options.Width > widest ? widest : options.Width)
        {
            case VectorWidth.Bits512:
                Run<TPass, BlockLanes512, Float64x8, Float32x16, Float64x8>(
                    pass, stream, start, destination, wordCount, options.ThreadCount, cancellationToken);
                break;
            case VectorWidth.Bits256:
                Run<TPass, BlockLanes256, Float64x4, Float32x8, Float64x4>(
                    pass, stream, start, destination, wordCount, options.ThreadCount, cancellationToken);
                break;
            case VectorWidth.Bits128:
                Run<TPass, BlockLanes128, Float64x2, Float32x4, Float64x2>(
                    pass, stream, start, destination, wordCount, options.ThreadCount, cancellationToken);
                break;
            default:
                Run<TPass, BlockLanesScalar, Float32, Float32, Float64>(
                    pass, stream, start, destination, wordCount, options.ThreadCount, cancellationToken);
                break;
        }
    }

    private static void Run<TPass, TLanes, TWord, TReal, TDouble>(
        TPass pass, RandomStream stream, ulong start, uint* destination, long wordCount, int threadCount, CancellationToken cancellationToken)
        where TPass : struct, IFillPass
        where TLanes : struct, IBlockLanes<TWord, TReal, TDouble>
        where TWord : unmanaged, IPackedReal<TWord>
        where TReal : unmanaged, IPackedReal<TReal>
        where TDouble : unmanaged, IPackedReal<TDouble>
    {
        // Chunks end at multiples of their size in the stream, so that all but the outermost are whole batches.
        long firstChunk = (long)(start / WordsPerChunk);
        long endChunk = (long)((start + (ulong)wordCount + WordsPerChunk - 1) / WordsPerChunk);
        int workers = (int)Math.Min(threadCount == 0 ? Environment.ProcessorCount : threadCount, endChunk - firstChunk);
        if (workers <= 1)
        {
            for (long chunk = firstChunk; chunk < endChunk; chunk++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                FillChunk(chunk);
            }
        }
        else
        {
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken };
            Parallel.For(firstChunk, endChunk, parallel, FillChunk);
        }

        void FillChunk(long chunk)
        {
            ulong from = Math.Max(start, (ulong)chunk * WordsPerChunk);
            ulong to = Math.Min(start + (ulong)wordCount, ((ulong)chunk + 1) * WordsPerChunk);
            FillWords<TPass, TLanes, TWord, TReal, TDouble>(pass, stream, from, destination + (long)(from - start), (long)(to - from));
        }
    }

    private static void FillWords<TPass, TLanes, TWord, TReal, TDouble>(
        TPass pass, RandomStream stream, ulong start, uint* destination, long wordCount)
        where TPass : struct, IFillPass
        where TLanes : struct, IBlockLanes<TWord, TReal, TDouble>
        where TWord : unmanaged, IPackedReal<TWord>
        where TReal : unmanaged, IPackedReal<TReal>
        where TDouble : unmanaged, IPackedReal<TDouble>
    {
        int wordsPerBatch = 4 * FillLoops<TLanes, TWord, TReal, TDouble>.BlocksPerBatch;
        uint* batch = stackalloc uint[wordsPerBatch];
        while (wordCount > 0)
        {
            ulong block = start / 4;
            long offset = (long)(start % 4);
            BlockRow row = new(new StreamKey(stream.Seed), stream.Purpose, stream.Stream, (uint)(block >> 32));
            long wordsToRowEnd = 4 * (long)((1ul << 32) - (uint)block);
            long batches = Math.Min(Math.Min(wordCount, wordsToRowEnd), WordsPerPiece) / wordsPerBatch;
            long done;
            if (offset == 0 && batches > 0)
            {
                pass.Run<TLanes, TWord, TReal, TDouble>(row, (uint)block, (nint)batches, destination);
                done = batches * wordsPerBatch;
            }
            else
            {
                // An end of the fill or of the row: a batch on the side, of which only what belongs here is kept.
                pass.Run<TLanes, TWord, TReal, TDouble>(row, (uint)block, 1, batch);
                done = Math.Min(Math.Min(wordsPerBatch, wordsToRowEnd) - offset, wordCount);
                new ReadOnlySpan<uint>(batch + offset, (int)done).CopyTo(new Span<uint>(destination, (int)done));
            }

            start += (ulong)done;
            destination += done;
            wordCount -= done;
        }
    }
}
