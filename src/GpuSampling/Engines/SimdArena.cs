using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Engines;

/// <summary>The chains of the SIMD engine in packs of one lane type.</summary>
/// <remarks>
/// State is laid out [pack][row][lane], so that a pack's state is one piece of memory; outputs [row][chain], as the host reads
/// them. Lanes beyond the last chain are computed and never read.
/// </remarks>
internal sealed unsafe class SimdArena<T> : ChainArena
    where T : unmanaged, IPackedReal<T>
{
    private readonly int threadCount;
    private readonly int packCount;
    private readonly nint packsPerOutputRow;
    private readonly NativeBuffer state;
    private readonly NativeBuffer output;
    private readonly NativeBuffer dataReals;
    private readonly NativeBuffer dataIntegers;
    private readonly NativeBuffer settingReals;
    private readonly NativeBuffer settingIntegers;

    public SimdArena(ChainArenaLayout layout, int threadCount)
        : base(layout)
    {
        this.threadCount = threadCount;
        packCount = (layout.ChainCount + T.Width - 1) / T.Width;
        packsPerOutputRow = (nint)(layout.PaddedChainCount / T.Width);
        nuint real = (nuint)sizeof(T) / (nuint)T.Width;
        state = new NativeBuffer((nuint)packCount * (nuint)layout.StateLength * (nuint)sizeof(T));
        output = new NativeBuffer((nuint)packsPerOutputRow * (nuint)layout.OutputLength * (nuint)sizeof(T));
        dataReals = new NativeBuffer((nuint)layout.DataReals.Length * real);
        dataIntegers = new NativeBuffer((nuint)layout.DataIntegers.Length * sizeof(int));
        settingReals = new NativeBuffer((nuint)(layout.SettingRealCount + (layout.PublishedLength * layout.PaddedChainCount)) * real);
        settingIntegers = new NativeBuffer((nuint)layout.SettingIntegerCount * sizeof(int));
        StoreReals(dataReals.Address, 0, layout.DataReals.Span);
        layout.DataIntegers.Span.CopyTo(new Span<int>(dataIntegers.Address, layout.DataIntegers.Length));
    }

    public override void Launch<TKernel>(in TKernel kernel, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int workers = Math.Min(threadCount, packCount);
        if (workers == 1)
        {
            RunPacks(kernel, 0, packCount);
        }
        else
        {
            RunPacksInParallel(kernel, workers);
        }
    }

    private void RunPacksInParallel<TKernel>(TKernel kernel, int workers)
        where TKernel : struct, IChainKernel
    {
        // Several chunks per worker even out unequal cores; which worker takes which chunk changes no result.
        int chunkCount = Math.Min(packCount, workers * 8);
        Parallel.For(0, chunkCount, new ParallelOptions { MaxDegreeOfParallelism = workers }, chunk =>
        {
            int first = (int)((long)packCount * chunk / chunkCount);
            int end = (int)((long)packCount * (chunk + 1) / chunkCount);
            RunPacks(kernel, first, end);
        });
    }

    // Compiled at once at full optimisation: loops entered in a first, unoptimised version would run a sixth as fast. Never
    // inlined: a caller compiled again later would have no budget left for the lane operations, and they would become calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void RunPacks<TKernel>(TKernel kernel, int firstPack, int endPack)
        where TKernel : struct, IChainKernel
    {
        HostTable<T> data = new(dataReals.Address, (int*)dataIntegers.Address);
        HostTable<T> settings = new(settingReals.Address, (int*)settingIntegers.Address);
        for (int pack = firstPack; pack < endPack; pack++)
        {
            ulong chain = (ulong)FirstChain + ((ulong)pack * (ulong)T.Width);
            kernel.Run(
                T.WordConstant(chain) + T.LaneIndex,
                new PackedVector<T>((T*)state.Address + ((nint)pack * Layout.StateLength)),
                new StridedVector<T>((T*)output.Address + pack, packsPerOutputRow),
                data,
                settings);
        }
    }

    public override void WriteSettings(ReadOnlySpan<double> reals, ReadOnlySpan<int> integers)
    {
        if (reals.Length > Layout.SettingRealCount)
        {
            throw new ArgumentException($"{reals.Length} real settings; there is room for {Layout.SettingRealCount}.", nameof(reals));
        }

        if (integers.Length > Layout.SettingIntegerCount)
        {
            throw new ArgumentException($"{integers.Length} integer settings; there is room for {Layout.SettingIntegerCount}.", nameof(integers));
        }

        StoreReals(settingReals.Address, 0, reals);
        integers.CopyTo(new Span<int>(settingIntegers.Address, integers.Length));
    }

    public override void Publish(int firstRow, int rowCount, int publishedRow)
    {
        CheckPublishedRows(firstRow, rowCount, publishedRow);
        nint real = sizeof(T) / T.Width;
        for (int row = 0; row < rowCount; row++)
        {
            byte* target = (byte*)settingReals.Address
                + ((Layout.SettingRealCount + ((publishedRow + row) * (nint)Layout.PaddedChainCount)) * real);
            T* source = (T*)state.Address + firstRow + row;
            for (nint pack = 0; pack < packCount; pack++)
            {
                Unsafe.WriteUnaligned(target + (pack * sizeof(T)), source[pack * Layout.StateLength]);
            }
        }
    }

    public override void ReadState(int firstRow, int rowCount, Span<double> destination)
    {
        CheckRows(firstRow, rowCount, Layout.StateLength, destination.Length);
        int chainCount = Layout.ChainCount;
        for (int row = 0; row < rowCount; row++)
        {
            Span<double> target = destination.Slice(row * chainCount, chainCount);
            for (int chain = 0; chain < chainCount; chain++)
            {
                target[chain] = LoadReal(state.Address, StateIndex(firstRow + row, chain));
            }
        }
    }

    public override void WriteState(int firstRow, int rowCount, ReadOnlySpan<double> source)
    {
        CheckRows(firstRow, rowCount, Layout.StateLength, source.Length);
        int chainCount = Layout.ChainCount;
        for (int row = 0; row < rowCount; row++)
        {
            for (int chain = 0; chain < chainCount; chain++)
            {
                StoreReals(state.Address, StateIndex(firstRow + row, chain), source.Slice((row * chainCount) + chain, 1));
            }
        }
    }

    public override void ReadOutputRow<TElement>(int row, Span<TElement> destination)
    {
        CheckRows(row, 1, Layout.OutputLength, destination.Length);
        if (typeof(TElement) != (T.ElementBits == 32 ? typeof(float) : typeof(double)))
        {
            throw new ArgumentException($"Outputs are {Layout.Precision}; {typeof(TElement).Name} was asked for.", nameof(destination));
        }

        T* first = (T*)output.Address + (row * packsPerOutputRow);
        new ReadOnlySpan<TElement>(first, Layout.ChainCount).CopyTo(destination);
    }

    public override void Synchronize()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            state.Dispose();
            output.Dispose();
            dataReals.Dispose();
            dataIntegers.Dispose();
            settingReals.Dispose();
            settingIntegers.Dispose();
        }
    }

    private static double LoadReal(void* elements, nint index) =>
        T.ElementBits == 32 ? ((float*)elements)[index] : ((double*)elements)[index];

    private static void StoreReals(void* elements, nint first, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (T.ElementBits == 32)
            {
                ((float*)elements)[first + i] = (float)values[i];
            }
            else
            {
                ((double*)elements)[first + i] = values[i];
            }
        }
    }

    private nint StateIndex(int row, int chain) =>
        ((((nint)chain / T.Width * Layout.StateLength) + row) * T.Width) + (chain % T.Width);

    /// <summary>Zeroed memory aligned to the widest register and cache line.</summary>
    private sealed class NativeBuffer : SafeHandle
    {
        public NativeBuffer(nuint byteCount)
            : base(0, ownsHandle: true)
        {
            nuint allocated = Math.Max(byteCount, 64);
            handle = (nint)NativeMemory.AlignedAlloc(allocated, 64);
            NativeMemory.Clear((void*)handle, allocated);
        }

        public void* Address => IsInvalid ? throw new ObjectDisposedException(nameof(ChainArena)) : (void*)handle;

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            NativeMemory.AlignedFree((void*)handle);
            handle = 0;
            return true;
        }
    }
}
