using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Random;

/// <summary>2³² consecutive blocks of a stream, named by the high part of their index.</summary>
internal readonly record struct BlockRow(StreamKey Key, StreamPurpose Purpose, ulong Stream, uint BlockHigh)
{
    public BulkBlocks Blocks => new(Key, Purpose, Stream, BlockHigh, attempt: 0);
}

/// <summary>What a fill does to a stretch of whole batches.</summary>
internal unsafe interface IFillPass
{
    /// <summary>Fills consecutive blocks.</summary>
    /// <param name="row">The row of the blocks.</param>
    /// <param name="firstBlock">The low 32 bits of the first block's index.</param>
    /// <param name="batchCount">How many batches; their blocks do not go beyond the row, or what does is not used.</param>
    /// <param name="destination">Receives 4 words' worth of numbers for each block.</param>
    void Run<TLanes, TWord, TReal, TDouble>(BlockRow row, uint firstBlock, nint batchCount, uint* destination)
        where TLanes : struct, IBlockLanes<TWord, TReal, TDouble>
        where TWord : unmanaged, IPackedReal<TWord>
        where TReal : unmanaged, IPackedReal<TReal>
        where TDouble : unmanaged, IPackedReal<TDouble>;
}

internal readonly unsafe struct BitsPass : IFillPass
{
    public void Run<TLanes, TWord, TReal, TDouble>(BlockRow row, uint firstBlock, nint batchCount, uint* destination)
        where TLanes : struct, IBlockLanes<TWord, TReal, TDouble>
        where TWord : unmanaged, IPackedReal<TWord>
        where TReal : unmanaged, IPackedReal<TReal>
        where TDouble : unmanaged, IPackedReal<TDouble> =>
        FillLoops<TLanes, TWord, TReal, TDouble>.Words(row.Blocks, firstBlock, batchCount, destination);
}

internal readonly unsafe struct SinglePass<TTransform>(TTransform transform) : IFillPass
    where TTransform : struct, IPairTransform
{
    public void Run<TLanes, TWord, TReal, TDouble>(BlockRow row, uint firstBlock, nint batchCount, uint* destination)
        where TLanes : struct, IBlockLanes<TWord, TReal, TDouble>
        where TWord : unmanaged, IPackedReal<TWord>
        where TReal : unmanaged, IPackedReal<TReal>
        where TDouble : unmanaged, IPackedReal<TDouble>
    {
        FillLoops<TLanes, TWord, TReal, TDouble>.Words(row.Blocks, firstBlock, batchCount, destination);
        FillLoops<TLanes, TWord, TReal, TDouble>.Transform(
            transform, (float*)destination, batchCount * FillLoops<TLanes, TWord, TReal, TDouble>.BlocksPerBatch);
    }
}

internal readonly unsafe struct DoublePass<TTransform>(TTransform transform) : IFillPass
    where TTransform : struct, IPairTransform
{
    public void Run<TLanes, TWord, TReal, TDouble>(BlockRow row, uint firstBlock, nint batchCount, uint* destination)
        where TLanes : struct, IBlockLanes<TWord, TReal, TDouble>
        where TWord : unmanaged, IPackedReal<TWord>
        where TReal : unmanaged, IPackedReal<TReal>
        where TDouble : unmanaged, IPackedReal<TDouble>
    {
        FillLoops<TLanes, TWord, TReal, TDouble>.Words(row.Blocks, firstBlock, batchCount, destination);
        FillLoops<TLanes, TWord, TReal, TDouble>.Transform(
            transform, (double*)destination, batchCount * FillLoops<TLanes, TWord, TReal, TDouble>.BlocksPerBatch);
    }
}

internal readonly unsafe struct IntegersPass(uint minimum, uint range) : IFillPass
{
    public void Run<TLanes, TWord, TReal, TDouble>(BlockRow row, uint firstBlock, nint batchCount, uint* destination)
        where TLanes : struct, IBlockLanes<TWord, TReal, TDouble>
        where TWord : unmanaged, IPackedReal<TWord>
        where TReal : unmanaged, IPackedReal<TReal>
        where TDouble : unmanaged, IPackedReal<TDouble>
    {
        BulkIntegers integers = new(row.Key, row.Purpose, row.Stream, row.BlockHigh, minimum, range);
        FillLoops<TLanes, TWord, TReal, TDouble>.Integers(integers, firstBlock, batchCount, destination);
    }
}
