using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Engines;

/// <summary>
/// The memory of a set of chains on an engine, and the launches over it. State is kept from launch to launch; data and settings
/// are shared by all chains; outputs are overwritten by each launch.
/// </summary>
/// <remarks>
/// Not safe for use by several threads at once. Launches may run asynchronously; reads wait for them. Rows are one number per
/// chain: element <c>c</c> of a row belongs to chain <see cref="FirstChain"/> + <c>c</c>.
/// </remarks>
public abstract class ChainArena : IDisposable
{
    /// <summary>Keeps the layout.</summary>
    /// <param name="layout">The sizes; checked.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    protected ChainArena(ChainArenaLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        Layout = layout;
        FirstChain = layout.FirstChain;
    }

    /// <summary>The sizes of the memory.</summary>
    public ChainArenaLayout Layout { get; }

    /// <summary>
    /// The global index of the first chain in launches to come. It begins as the layout says; a run that computes its chains in
    /// batches moves one arena from batch to batch.
    /// </summary>
    public long FirstChain { get; set; }

    /// <summary>Runs a kernel over all chains.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="kernel">The kernel with its uniform arguments.</param>
    /// <param name="cancellationToken">Observed before the launch; a launch under way is not interrupted.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled: nothing ran.</exception>
    public abstract void Launch<TKernel>(in TKernel kernel, CancellationToken cancellationToken = default)
        where TKernel : struct, IChainKernel;

    /// <summary>Sets the settings that later launches see.</summary>
    /// <param name="reals">Up to <see cref="ChainArenaLayout.SettingRealCount"/> numbers, rounded to the arena's precision.</param>
    /// <param name="integers">Up to <see cref="ChainArenaLayout.SettingIntegerCount"/> integers.</param>
    /// <exception cref="ArgumentException">More than there is room for.</exception>
    public abstract void WriteSettings(ReadOnlySpan<double> reals, ReadOnlySpan<int> integers);

    /// <summary>
    /// Copies rows of the state to where the launches to come can read the numbers of all chains, whatever they do to the state: behind
    /// the real settings, row r of chain place p at <see cref="ChainArenaLayout.SettingRealCount"/> + r ·
    /// <see cref="ChainArenaLayout.PaddedChainCount"/> + p. Does not wait for launches under way, which come first.
    /// </summary>
    /// <param name="firstRow">The first row of the state.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="publishedRow">The row that receives the first; from 0 to <see cref="ChainArenaLayout.PublishedLength"/> − 1.</param>
    /// <exception cref="ArgumentException">The rows do not exist.</exception>
    public abstract void Publish(int firstRow, int rowCount, int publishedRow);

    /// <summary>Throws unless rows can be published.</summary>
    /// <param name="firstRow">The first row of the state.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="publishedRow">The row that receives the first.</param>
    /// <exception cref="ArgumentException">They cannot.</exception>
    protected void CheckPublishedRows(int firstRow, int rowCount, int publishedRow)
    {
        CheckRows(firstRow, rowCount, Layout.StateLength, int.MaxValue);
        CheckRows(publishedRow, rowCount, Layout.PublishedLength, int.MaxValue);
    }

    /// <summary>Reads rows of the state, converted to double, which is exact.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="destination">Receives [row][chain]: at least rowCount · chain count elements.</param>
    /// <exception cref="ArgumentException">The rows do not exist or <paramref name="destination"/> is too short.</exception>
    public abstract void ReadState(int firstRow, int rowCount, Span<double> destination);

    /// <summary>Overwrites rows of the state, rounding to the arena's precision.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="source">[row][chain]: at least rowCount · chain count elements.</param>
    /// <exception cref="ArgumentException">The rows do not exist or <paramref name="source"/> is too short.</exception>
    public abstract void WriteState(int firstRow, int rowCount, ReadOnlySpan<double> source);

    /// <summary>Reads one row of the outputs of the last launch.</summary>
    /// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>, as the arena's precision.</typeparam>
    /// <param name="row">The row, from 0.</param>
    /// <param name="destination">Receives one number per chain: at least chain count elements.</param>
    /// <exception cref="ArgumentException">The row does not exist, the type is not the arena's, or <paramref name="destination"/> is too short.</exception>
    public abstract void ReadOutputRow<TElement>(int row, Span<TElement> destination)
        where TElement : unmanaged;

    /// <summary>Waits until all launches have ended, and throws what failed in them.</summary>
    public abstract void Synchronize();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory.</summary>
    /// <param name="disposing">False when called by a finalizer.</param>
    protected abstract void Dispose(bool disposing);

    /// <summary>Throws unless the rows lie within a block of <paramref name="rowTotal"/> rows and the buffer holds them.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="rowTotal">The rows there are.</param>
    /// <param name="bufferLength">The elements of the caller's buffer.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    protected void CheckRows(int firstRow, int rowCount, int rowTotal, int bufferLength)
    {
        if (firstRow < 0 || rowCount < 0 || firstRow > rowTotal - rowCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(firstRow), firstRow, $"Rows {firstRow} to {firstRow + (long)rowCount - 1} are asked for; rows 0 to {rowTotal - 1} exist.");
        }

        if (bufferLength < (long)rowCount * Layout.ChainCount)
        {
            throw new ArgumentException(
                $"The buffer holds {bufferLength} numbers; {rowCount} rows of {Layout.ChainCount} chains need {(long)rowCount * Layout.ChainCount}.",
                nameof(bufferLength));
        }
    }
}
