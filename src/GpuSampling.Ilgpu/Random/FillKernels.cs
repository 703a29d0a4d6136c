using GpuSampling.Kernels.Lanes;
using ILGPU;
using ILGPU.Runtime;

namespace GpuSampling.Ilgpu.Random;

/// <summary>
/// The device entry points of fills. A thread takes every so many-th block, computes its words from nothing but its index, and
/// stores 16 bytes: no state, no communication, and no number depends on the number of threads.
/// </summary>
internal static class FillKernels
{
    /// <summary>Fills memory whose beginning is aligned to 16 bytes with whole blocks.</summary>
    /// <typeparam name="TFill">What to make of a block.</typeparam>
    /// <typeparam name="T">The lane type of a number.</typeparam>
    /// <typeparam name="TNumbers">The numbers of a block.</typeparam>
    /// <param name="destination">The memory.</param>
    /// <param name="fill">What to make of a block.</param>
    /// <param name="firstBlock">The low 32 bits of the first block's index.</param>
    /// <param name="threadCount">The number of threads.</param>
    public static void FillWholeBlocks<TFill, T, TNumbers>(ArrayView<TNumbers> destination, TFill fill, uint firstBlock, int threadCount)
        where TFill : unmanaged, IBlockFill<T, TNumbers>
        where T : unmanaged, IReal<T>
        where TNumbers : unmanaged
    {
        // Told the alignment, ILGPU stores the numbers of a block by one instruction.
        ArrayView<TNumbers> aligned = destination.AsAligned(16);
        int blockCount = (int)destination.Length;
        for (int block = ThreadIndex; block < blockCount; block += threadCount)
        {
            aligned[block] = fill.At(firstBlock + (uint)block);
        }
    }

    /// <summary>Fills memory at any address, from the middle of a block to the middle of another.</summary>
    /// <typeparam name="TFill">What to make of a block.</typeparam>
    /// <typeparam name="T">The lane type of a number.</typeparam>
    /// <typeparam name="TNumbers">The numbers of a block.</typeparam>
    /// <param name="destination">The memory.</param>
    /// <param name="fill">What to make of a block.</param>
    /// <param name="firstBlock">The low 32 bits of the first block's index.</param>
    /// <param name="offset">How many numbers of the first block to leave out.</param>
    /// <param name="blockCount">How many blocks the destination touches.</param>
    /// <param name="threadCount">The number of threads.</param>
    public static void FillAnywhere<TFill, T, TNumbers>(
        ArrayView<T> destination, TFill fill, uint firstBlock, int offset, int blockCount, int threadCount)
        where TFill : unmanaged, IBlockFill<T, TNumbers>
        where T : unmanaged, IReal<T>
        where TNumbers : unmanaged
    {
        for (int block = ThreadIndex; block < blockCount; block += threadCount)
        {
            fill.Store(firstBlock + (uint)block, destination, ((long)block * TFill.NumbersPerBlock) - offset);
        }
    }

    private static int ThreadIndex => (Grid.IdxX * Group.DimX) + Group.IdxX;
}
