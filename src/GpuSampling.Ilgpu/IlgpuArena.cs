using System.Numerics;
using System.Runtime.InteropServices;
using GpuSampling.Engines;
using GpuSampling.Ilgpu.Launching;
using GpuSampling.Ilgpu.Memory;
using GpuSampling.Kernels.Lanes;
using ILGPU;
using ILGPU.Runtime;

namespace GpuSampling.Ilgpu;

/// <summary>The chains of an <see cref="IlgpuEngine"/>: buffers made once, and one stream that orders launches and copies.</summary>
/// <typeparam name="T">The lane type.</typeparam>
/// <typeparam name="TReal">Its element type.</typeparam>
internal sealed class IlgpuArena<T, TReal> : ChainArena
    where T : unmanaged, IReal<T>
    where TReal : unmanaged, IBinaryFloatingPointIeee754<TReal>
{
    private const int StagingBytes = 1 << 22;

    private readonly IlgpuEngine engine;
    private readonly AcceleratorStream stream;
    private readonly List<MemoryBuffer> buffers = [];
    private readonly ArrayView<TReal> state;
    private readonly ArrayView<TReal> output;
    private readonly ArrayView<TReal> settingReals;
    private readonly ArrayView<int> settingIntegers;
    private readonly ArenaMemory<T> memory;
    private readonly SettingsRing<TReal> realsRing;
    private readonly SettingsRing<int> integersRing;
    private readonly int stagingRows;
    private RowMover<T>? gather;
    private RowMover<T>? scatter;
    private ArrayView<TReal> staging;
    private TReal[] hostStaging = [];

    public IlgpuArena(IlgpuEngine engine, ChainArenaLayout layout)
        : base(layout)
    {
        this.engine = engine;
        int blockCount = (layout.ChainCount + DeviceVector<T>.BlockSize - 1) / DeviceVector<T>.BlockSize;
        int rowLength = checked((int)layout.PaddedChainCount);
        stagingRows = (int)Math.Clamp(StagingBytes / ((long)layout.ChainCount * Marshal.SizeOf<TReal>()), 1, Math.Max(1, layout.StateLength));
        stream = engine.Accelerator.CreateStream();
        try
        {
            // At least one row of each, also where a kernel has no use for it: every thread takes its part of both.
            state = Allocate<TReal>((long)blockCount * DeviceVector<T>.BlockSize * Math.Max(layout.StateLength, 1));
            output = Allocate<TReal>((long)rowLength * Math.Max(layout.OutputLength, 1));
            ArrayView<TReal> dataReals = Allocate<TReal>(layout.DataReals.Length);
            ArrayView<int> dataIntegers = Allocate<int>(layout.DataIntegers.Length);
            settingReals = Allocate<TReal>(layout.SettingRealCount + (layout.PublishedLength * layout.PaddedChainCount));
            settingIntegers = Allocate<int>(layout.SettingIntegerCount);
            Upload<TReal>(Round(layout.DataReals.Span), dataReals);
            Upload(layout.DataIntegers.Span, dataIntegers);
            memory = new ArenaMemory<T>
            {
                State = state.Cast<T>(),
                Output = output.Cast<T>(),
                DataReals = dataReals.Cast<T>(),
                DataIntegers = dataIntegers,
                SettingReals = settingReals.Cast<T>(),
                SettingIntegers = settingIntegers,
                StateLength = layout.StateLength,
                RowLength = rowLength,
            };
        }
        catch
        {
            Dispose();
            throw;
        }

        realsRing = new SettingsRing<TReal>(layout.SettingRealCount);
        integersRing = new SettingsRing<int>(layout.SettingIntegerCount);
    }

    /// <summary>The bytes of all buffers, without those through which rows of the state pass to and from the host.</summary>
    internal long AllocatedBytes => buffers.Sum(buffer => buffer.LengthInBytes) - (hostStaging.LongLength * Marshal.SizeOf<TReal>());

    public override void Launch<TKernel>(in TKernel kernel, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.LauncherOf<TKernel, T>()(stream, Layout.ChainCount, kernel, memory, (uint)FirstChain);
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

        Span<TReal> realSlot = realsRing.Take(stream);
        for (int i = 0; i < reals.Length; i++)
        {
            realSlot[i] = TReal.CreateTruncating(reals[i]);
        }

        realsRing.Send(stream, settingReals, reals.Length);
        integers.CopyTo(integersRing.Take(stream));
        integersRing.Send(stream, settingIntegers, integers.Length);
    }

    public override void Publish(int firstRow, int rowCount, int publishedRow)
    {
        CheckPublishedRows(firstRow, rowCount, publishedRow);
        gather ??= LoadRowMover(StateRows.Gather);
        ArrayView<T> target = settingReals.Cast<T>().SubView(Layout.SettingRealCount + ((long)publishedRow * memory.RowLength));
        gather(stream, Layout.ChainCount, memory.State, target, Layout.StateLength, firstRow, rowCount, memory.RowLength);
    }

    public override void ReadState(int firstRow, int rowCount, Span<double> destination)
    {
        CheckRows(firstRow, rowCount, Layout.StateLength, destination.Length);
        EnsureStaging();
        gather ??= LoadRowMover(StateRows.Gather);
        for (int done = 0; done < rowCount; done += stagingRows)
        {
            int rows = Math.Min(stagingRows, rowCount - done);
            int count = rows * Layout.ChainCount;
            gather(
                stream, Layout.ChainCount, memory.State, staging.Cast<T>(), Layout.StateLength, firstRow + done, rows, Layout.ChainCount);
            staging.SubView(0, count).CopyToCPU(stream, hostStaging.AsSpan(0, count));
            Span<double> target = destination.Slice(done * Layout.ChainCount, count);
            for (int i = 0; i < count; i++)
            {
                target[i] = double.CreateTruncating(hostStaging[i]);
            }
        }
    }

    public override void WriteState(int firstRow, int rowCount, ReadOnlySpan<double> source)
    {
        CheckRows(firstRow, rowCount, Layout.StateLength, source.Length);
        EnsureStaging();
        scatter ??= LoadRowMover(StateRows.Scatter);
        for (int done = 0; done < rowCount; done += stagingRows)
        {
            int rows = Math.Min(stagingRows, rowCount - done);
            int count = rows * Layout.ChainCount;
            ReadOnlySpan<double> values = source.Slice(done * Layout.ChainCount, count);
            for (int i = 0; i < count; i++)
            {
                hostStaging[i] = TReal.CreateTruncating(values[i]);
            }

            staging.SubView(0, count).CopyFromCPU(stream, (ReadOnlySpan<TReal>)hostStaging.AsSpan(0, count));
            scatter(
                stream, Layout.ChainCount, memory.State, staging.Cast<T>(), Layout.StateLength, firstRow + done, rows, Layout.ChainCount);
        }
    }

    public override void ReadOutputRow<TElement>(int row, Span<TElement> destination)
    {
        CheckRows(row, 1, Layout.OutputLength, destination.Length);
        if (typeof(TElement) != typeof(TReal))
        {
            throw new ArgumentException($"Outputs are {Layout.Precision}; {typeof(TElement).Name} was asked for.", nameof(destination));
        }

        output.SubView((long)row * memory.RowLength, Layout.ChainCount).Cast<TElement>().CopyToCPU(stream, destination[..Layout.ChainCount]);
    }

    public override void Synchronize() => stream.Synchronize();

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        foreach (MemoryBuffer buffer in buffers)
        {
            buffer.Dispose();
        }

        buffers.Clear();
        stream.Dispose();
    }

    private static TReal[] Round(ReadOnlySpan<double> values)
    {
        TReal[] rounded = new TReal[values.Length];
        for (int i = 0; i < rounded.Length; i++)
        {
            rounded[i] = TReal.CreateTruncating(values[i]);
        }

        return rounded;
    }

    // Zeroed, and never empty: a view of nothing cannot be an argument.
    private ArrayView<TElement> Allocate<TElement>(long length)
        where TElement : unmanaged
    {
        long needed = Math.Max(length, 1) * Marshal.SizeOf<TElement>();
        if (needed > engine.LargestBuffer)
        {
            throw new InsufficientEngineMemoryException(engine.Name, needed, engine.LargestBuffer);
        }

        MemoryBuffer1D<TElement, Stride1D.Dense> buffer = engine.Accelerator.Allocate1D<TElement>(Math.Max(length, 1));
        buffers.Add(buffer);
        buffer.View.BaseView.MemSetToZero(stream);
        return buffer.View.BaseView;
    }

    private void Upload<TElement>(ReadOnlySpan<TElement> source, ArrayView<TElement> target)
        where TElement : unmanaged
    {
        if (!source.IsEmpty)
        {
            target.CopyFromCPU(stream, source);
        }
    }

    private RowMover<T> LoadRowMover(Action<Index1D, ArrayView<T>, ArrayView<T>, int, int, int, int> kernel) =>
        engine.Accelerator.LoadImplicitlyGroupedKernel(kernel, engine.GroupSize).Invoke;

    private void EnsureStaging()
    {
        if (hostStaging.Length == 0)
        {
            int length = checked(stagingRows * Layout.ChainCount);
            staging = Allocate<TReal>(length);
            hostStaging = new TReal[length];
        }
    }
}
