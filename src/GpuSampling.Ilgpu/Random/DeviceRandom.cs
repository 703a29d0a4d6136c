using System.Collections.Concurrent;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using GpuSampling.Random;
using ILGPU;
using ILGPU.Runtime;

namespace GpuSampling.Ilgpu.Random;

/// <summary>
/// Random numbers in device memory, by stream and position: the same bits as the fills of <see cref="RandomStream"/> on the host.
/// </summary>
/// <remarks>
/// Fills are enqueued and return at once; whatever uses the memory on the same ILGPU stream comes after them. They are fastest
/// where the memory is aligned to 16 bytes and the stream's position is a multiple of 4.
/// </remarks>
public sealed class DeviceRandom
{
    private const int PreferredGroupSize = 256;
    private const long BlocksPerLaunch = 1 << 30;

    private readonly Accelerator accelerator;
    private readonly ConcurrentDictionary<Type, Delegate> wholeBlocks = new();
    private readonly ConcurrentDictionary<Type, Delegate> anywhere = new();
    private readonly int groupSize;
    private readonly int mostGroups;

    /// <summary>Fills on an accelerator. Kernels are compiled on first use and kept.</summary>
    /// <param name="accelerator">
    /// An accelerator whose context was built with <see cref="LaneTypes.UseLaneTypes"/>; the one of an <see cref="IlgpuEngine"/> is.
    /// </param>
    public DeviceRandom(Accelerator accelerator)
    {
        ArgumentNullException.ThrowIfNull(accelerator);
        this.accelerator = accelerator;
        groupSize = Math.Min(PreferredGroupSize, accelerator.MaxNumThreadsPerGroup);
        mostGroups = Math.Max(1, accelerator.MaxNumThreads / groupSize);
    }

    /// <summary>Fills with random words: number i is word i.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="destination">Receives any 32 bits, all equally likely.</param>
    /// <param name="order">The ILGPU stream; null: the accelerator's default stream.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stream ends before the memory does.</exception>
    public RandomStream FillBits(RandomStream stream, ArrayView<uint> destination, AcceleratorStream? order = null) =>
        FillSingles(stream, destination.Cast<Float32>(), default(BitsTransform), order);

    /// <summary>Fills with random words of 64 bits: number i is words 2i (low half) and 2i + 1.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="destination">Receives any 64 bits, all equally likely.</param>
    /// <param name="order">The ILGPU stream; null: the accelerator's default stream.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stream ends before the memory does.</exception>
    public RandomStream FillBits(RandomStream stream, ArrayView<ulong> destination, AcceleratorStream? order = null) =>
        FillDoubles(stream, destination.Cast<Float64>(), default(BitsTransform), order);

    /// <summary>Fills uniformly on [0, 1), multiples of 2⁻²⁴.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="destination">Receives numbers from 0 to 1 − 2⁻²⁴.</param>
    /// <param name="order">The ILGPU stream; null: the accelerator's default stream.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stream ends before the memory does.</exception>
    public RandomStream FillUniform(RandomStream stream, ArrayView<float> destination, AcceleratorStream? order = null) =>
        FillSingles(stream, destination.Cast<Float32>(), default(UniformTransform), order);

    /// <summary>Fills uniformly on [0, 1), multiples of 2⁻⁵³.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="destination">Receives numbers from 0 to 1 − 2⁻⁵³.</param>
    /// <param name="order">The ILGPU stream; null: the accelerator's default stream.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stream ends before the memory does.</exception>
    public RandomStream FillUniform(RandomStream stream, ArrayView<double> destination, AcceleratorStream? order = null) =>
        FillDoubles(stream, destination.Cast<Float64>(), default(UniformTransform), order);

    /// <summary>Fills with normal numbers.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="destination">Receives numbers within 7.54 standard deviations of the mean.</param>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="standardDeviation">The standard deviation, finite and not negative.</param>
    /// <param name="order">The ILGPU stream; null: the accelerator's default stream.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the stream ends before the memory does.</exception>
    public RandomStream FillNormal(
        RandomStream stream, ArrayView<float> destination, float mean = 0, float standardDeviation = 1, AcceleratorStream? order = null)
    {
        RandomStream.CheckNormal(mean, standardDeviation, float.MaxValue);
        return mean == 0 && standardDeviation == 1
            ? FillSingles(stream, destination.Cast<Float32>(), default(NormalTransform), order)
            : FillSingles(stream, destination.Cast<Float32>(), new AffineTransform<NormalTransform>(default, mean, standardDeviation), order);
    }

    /// <summary>Fills with normal numbers.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="destination">Receives numbers within 9.49 standard deviations of the mean.</param>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="standardDeviation">The standard deviation, finite and not negative.</param>
    /// <param name="order">The ILGPU stream; null: the accelerator's default stream.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the stream ends before the memory does.</exception>
    public RandomStream FillNormal(
        RandomStream stream, ArrayView<double> destination, double mean = 0, double standardDeviation = 1, AcceleratorStream? order = null)
    {
        RandomStream.CheckNormal(mean, standardDeviation, double.MaxValue);
        return mean == 0 && standardDeviation == 1
            ? FillDoubles(stream, destination.Cast<Float64>(), default(NormalTransform), order)
            : FillDoubles(stream, destination.Cast<Float64>(), new AffineTransform<NormalTransform>(default, mean, standardDeviation), order);
    }

    /// <summary>Fills with exponential numbers.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="destination">Receives numbers from 1.2·10⁻¹⁰ to 22.9 over the rate.</param>
    /// <param name="rate">The rate, finite and positive.</param>
    /// <param name="order">The ILGPU stream; null: the accelerator's default stream.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the stream ends before the memory does.</exception>
    public RandomStream FillExponential(RandomStream stream, ArrayView<float> destination, float rate = 1, AcceleratorStream? order = null)
    {
        RandomStream.CheckRate(rate, float.MaxValue);
        return rate == 1
            ? FillSingles(stream, destination.Cast<Float32>(), default(ExponentialTransform), order)
            : FillSingles(stream, destination.Cast<Float32>(), new AffineTransform<ExponentialTransform>(default, 0, 1.0 / rate), order);
    }

    /// <summary>Fills with exponential numbers.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="destination">Receives numbers from 2.7·10⁻²⁰ to 45.1 over the rate.</param>
    /// <param name="rate">The rate, finite and positive.</param>
    /// <param name="order">The ILGPU stream; null: the accelerator's default stream.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the stream ends before the memory does.</exception>
    public RandomStream FillExponential(RandomStream stream, ArrayView<double> destination, double rate = 1, AcceleratorStream? order = null)
    {
        RandomStream.CheckRate(rate, double.MaxValue);
        return rate == 1
            ? FillDoubles(stream, destination.Cast<Float64>(), default(ExponentialTransform), order)
            : FillDoubles(stream, destination.Cast<Float64>(), new AffineTransform<ExponentialTransform>(default, 0, 1.0 / rate), order);
    }

    /// <summary>Fills with integers from <paramref name="minimum"/> to <paramref name="maximum"/> − 1, all exactly equally likely.</summary>
    /// <param name="stream">What to read.</param>
    /// <param name="destination">Receives the integers.</param>
    /// <param name="minimum">The least.</param>
    /// <param name="maximum">One more than the greatest; above <paramref name="minimum"/>.</param>
    /// <param name="order">The ILGPU stream; null: the accelerator's default stream.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no integer to draw, or the stream ends before the memory does.</exception>
    public RandomStream FillIntegers(RandomStream stream, ArrayView<int> destination, int minimum, int maximum, AcceleratorStream? order = null)
    {
        if (maximum <= minimum)
        {
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, $"Allowed: above the minimum, which is {minimum}.");
        }

        uint range = unchecked((uint)maximum - (uint)minimum);
        return Fill<IntegerFill, Float32, Reals4<Float32>>(
            stream,
            destination.Cast<Float32>(),
            blockHigh => new IntegerFill(new BulkIntegers(new StreamKey(stream.Seed), stream.Purpose, stream.Stream, blockHigh, unchecked((uint)minimum), range)),
            order);
    }

    private RandomStream FillSingles<TTransform>(RandomStream stream, ArrayView<Float32> destination, TTransform transform, AcceleratorStream? order)
        where TTransform : unmanaged, IPairTransform =>
        Fill<SingleFill<TTransform>, Float32, Reals4<Float32>>(
            stream, destination, blockHigh => new SingleFill<TTransform>(BlocksOf(stream, blockHigh), transform), order);

    private RandomStream FillDoubles<TTransform>(RandomStream stream, ArrayView<Float64> destination, TTransform transform, AcceleratorStream? order)
        where TTransform : unmanaged, IPairTransform =>
        Fill<DoubleFill<TTransform>, Float64, Reals2<Float64>>(
            stream, destination, blockHigh => new DoubleFill<TTransform>(BlocksOf(stream, blockHigh), transform), order);

    private static BulkBlocks BlocksOf(RandomStream stream, uint blockHigh) =>
        new(new StreamKey(stream.Seed), stream.Purpose, stream.Stream, blockHigh, attempt: 0);

    // Cuts the fill at rows of 2³² blocks and into launches, and chooses the kernel.
    private RandomStream Fill<TFill, T, TNumbers>(
        RandomStream stream, ArrayView<T> destination, Func<uint, TFill> fillOfRow, AcceleratorStream? order)
        where TFill : unmanaged, IBlockFill<T, TNumbers>
        where T : unmanaged, IReal<T>
        where TNumbers : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ulong wordsPerNumber = (ulong)T.ElementBits / 32;
        ulong start = (stream.Position + wordsPerNumber - 1) / wordsPerNumber * wordsPerNumber;
        ulong wordCount = (ulong)destination.Length * wordsPerNumber;
        if (start > RandomStream.PositionLimit || wordCount > RandomStream.PositionLimit - start)
        {
            throw new ArgumentOutOfRangeException(
                nameof(destination), destination.Length, $"The stream has {RandomStream.PositionLimit - stream.Position} words left; {wordCount} are asked for.");
        }

        AcceleratorStream queue = order ?? accelerator.DefaultStream;
        int numbersPerBlock = TFill.NumbersPerBlock;
        for (long done = 0; done < destination.Length;)
        {
            ulong position = start + ((ulong)done * wordsPerNumber);
            ulong block = position / 4;
            int offset = (int)(position % 4 / wordsPerNumber);
            long blocks = Math.Min(
                Math.Min(BlocksPerLaunch, (long)((1ul << 32) - (uint)block)), (destination.Length - done + offset + numbersPerBlock - 1) / numbersPerBlock);
            long count = Math.Min((blocks * numbersPerBlock) - offset, destination.Length - done);
            ArrayView<T> part = destination.SubView(done, count);
            TFill fill = fillOfRow((uint)(block >> 32));
            long toNextBlock = offset == 0 ? 0 : numbersPerBlock - offset;
            bool isAligned = (IndexInBytes(part) + (toNextBlock * 4 * (long)wordsPerNumber)) % 16 == 0;
            if (isAligned && offset == 0 && count >= numbersPerBlock)
            {
                count -= count % numbersPerBlock;
                LaunchWholeBlocks<TFill, T, TNumbers>(queue, part.SubView(0, count).Cast<TNumbers>(), fill, (uint)block);
            }
            else
            {
                if (isAligned && count > toNextBlock + numbersPerBlock)
                {
                    // The rest of the block first: what comes after it are whole blocks.
                    (count, blocks) = (toNextBlock, 1);
                    part = part.SubView(0, count);
                }

                LaunchAnywhere<TFill, T, TNumbers>(queue, part, fill, (uint)block, offset, (int)blocks);
            }

            done += count;
        }

        return stream.Seek(start + wordCount);
    }

    private void LaunchWholeBlocks<TFill, T, TNumbers>(AcceleratorStream queue, ArrayView<TNumbers> destination, TFill fill, uint firstBlock)
        where TFill : unmanaged, IBlockFill<T, TNumbers>
        where T : unmanaged, IReal<T>
        where TNumbers : unmanaged
    {
        var launch = (Action<AcceleratorStream, KernelConfig, ArrayView<TNumbers>, TFill, uint, int>)wholeBlocks.GetOrAdd(
            typeof(TFill),
            static (_, accelerator) => accelerator.LoadKernel<ArrayView<TNumbers>, TFill, uint, int>(FillKernels.FillWholeBlocks<TFill, T, TNumbers>),
            accelerator);
        KernelConfig threads = Threads(destination.Length);
        launch(queue, threads, destination, fill, firstBlock, (int)threads.Size);
    }

    private void LaunchAnywhere<TFill, T, TNumbers>(
        AcceleratorStream queue, ArrayView<T> destination, TFill fill, uint firstBlock, int offset, int blockCount)
        where TFill : unmanaged, IBlockFill<T, TNumbers>
        where T : unmanaged, IReal<T>
        where TNumbers : unmanaged
    {
        var launch = (Action<AcceleratorStream, KernelConfig, ArrayView<T>, TFill, uint, int, int, int>)anywhere.GetOrAdd(
            typeof(TFill),
            static (_, accelerator) => accelerator.LoadKernel<ArrayView<T>, TFill, uint, int, int, int>(FillKernels.FillAnywhere<TFill, T, TNumbers>),
            accelerator);
        KernelConfig threads = Threads(blockCount);
        launch(queue, threads, destination, fill, firstBlock, offset, blockCount, (int)threads.Size);
    }

    private static long IndexInBytes(IContiguousArrayView view) => view.IndexInBytes;

    private KernelConfig Threads(long blockCount) => new((int)Math.Min(mostGroups, (blockCount + groupSize - 1) / groupSize), groupSize);
}
