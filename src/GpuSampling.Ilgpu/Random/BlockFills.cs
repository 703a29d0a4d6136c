using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using ILGPU;

namespace GpuSampling.Ilgpu.Random;

/// <summary>What a device thread makes of one block of random words: 16 bytes of consecutive numbers.</summary>
/// <typeparam name="T">The lane type of a number.</typeparam>
/// <typeparam name="TNumbers">The numbers of a block.</typeparam>
internal interface IBlockFill<T, TNumbers>
    where T : unmanaged, IReal<T>
    where TNumbers : unmanaged
{
    /// <summary>How many numbers a block gives.</summary>
    static abstract int NumbersPerBlock { get; }

    /// <summary>The numbers of a block.</summary>
    /// <param name="block">The low 32 bits of the block's index.</param>
    TNumbers At(uint block);

    /// <summary>Stores the numbers of a block that lie within the destination.</summary>
    /// <param name="block">The low 32 bits of the block's index.</param>
    /// <param name="destination">The memory.</param>
    /// <param name="index">The place of the block's first number; may lie outside.</param>
    void Store(uint block, ArrayView<T> destination, long index);
}

/// <summary>Four numbers of 32 bits.</summary>
/// <typeparam name="TTransform">The distribution.</typeparam>
internal readonly struct SingleFill<TTransform> : IBlockFill<Float32, Reals4<Float32>>
    where TTransform : struct, IPairTransform
{
    private readonly DeviceBlocks blocks;
    private readonly TTransform transform;

    /// <summary>Prepares a row of 2³² blocks.</summary>
    public SingleFill(BulkBlocks blocks, TTransform transform)
    {
        this.blocks = new DeviceBlocks(blocks);
        this.transform = transform;
    }

    /// <inheritdoc/>
    public static int NumbersPerBlock => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals4<Float32> At(uint block)
    {
        Words4<Float32> words = blocks.At<Float32>(block);
        Reals2<Float32> low = transform.Apply(words.Word0, words.Word1);
        Reals2<Float32> high = transform.Apply(words.Word2, words.Word3);
        return new Reals4<Float32> { Real0 = low.First, Real1 = low.Second, Real2 = high.First, Real3 = high.Second };
    }

    /// <inheritdoc/>
    public void Store(uint block, ArrayView<Float32> destination, long index) => BlockStores.StoreFour(At(block), destination, index);
}

/// <summary>Two numbers of 64 bits.</summary>
/// <typeparam name="TTransform">The distribution.</typeparam>
internal readonly struct DoubleFill<TTransform> : IBlockFill<Float64, Reals2<Float64>>
    where TTransform : struct, IPairTransform
{
    private readonly DeviceBlocks blocks;
    private readonly TTransform transform;

    /// <summary>Prepares a row of 2³² blocks.</summary>
    public DoubleFill(BulkBlocks blocks, TTransform transform)
    {
        this.blocks = new DeviceBlocks(blocks);
        this.transform = transform;
    }

    /// <inheritdoc/>
    public static int NumbersPerBlock => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals2<Float64> At(uint block)
    {
        Words4<Float64> words = blocks.At<Float64>(block);
        return transform.Apply(words.LowPair, words.HighPair);
    }

    /// <inheritdoc/>
    public void Store(uint block, ArrayView<Float64> destination, long index)
    {
        Reals2<Float64> numbers = At(block);
        BlockStores.StoreIfInside(destination, index, numbers.First);
        BlockStores.StoreIfInside(destination, index + 1, numbers.Second);
    }
}

/// <summary>Four bounded integers of 32 bits.</summary>
internal readonly struct IntegerFill : IBlockFill<Float32, Reals4<Float32>>
{
    private readonly BulkIntegers integers;

    /// <summary>Prepares a row of 2³² blocks.</summary>
    public IntegerFill(BulkIntegers integers) => this.integers = integers;

    /// <inheritdoc/>
    public static int NumbersPerBlock => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals4<Float32> At(uint block)
    {
        Words4<Float32> words = integers.At(Float32.WordConstant(block));
        return new Reals4<Float32>
        {
            Real0 = Float32.FromBits(words.Word0),
            Real1 = Float32.FromBits(words.Word1),
            Real2 = Float32.FromBits(words.Word2),
            Real3 = Float32.FromBits(words.Word3),
        };
    }

    /// <inheritdoc/>
    public void Store(uint block, ArrayView<Float32> destination, long index) => BlockStores.StoreFour(At(block), destination, index);
}

/// <summary>Stores at the ends of a fill.</summary>
internal static class BlockStores
{
    /// <summary>Stores those of four numbers that lie within the destination.</summary>
    public static void StoreFour(Reals4<Float32> numbers, ArrayView<Float32> destination, long index)
    {
        StoreIfInside(destination, index, numbers.Real0);
        StoreIfInside(destination, index + 1, numbers.Real1);
        StoreIfInside(destination, index + 2, numbers.Real2);
        StoreIfInside(destination, index + 3, numbers.Real3);
    }

    /// <summary>Stores a number if its place lies within the destination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreIfInside<T>(ArrayView<T> destination, long index, T number)
        where T : unmanaged
    {
        if (index >= 0 && index < destination.Length)
        {
            destination[index] = number;
        }
    }
}
