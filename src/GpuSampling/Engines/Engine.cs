namespace GpuSampling.Engines;

/// <summary>
/// Something that runs kernels over chains: the vector units of the CPU, or a device. All engines give the same draws, bit for
/// bit; they differ in speed only.
/// </summary>
public abstract class Engine : IDisposable, IAsyncDisposable
{
    /// <summary>The name that selects this engine, such as <c>simd512</c> or <c>cuda:0</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in words: the device, its width, its threads.</summary>
    public abstract string Description { get; }

    /// <summary>The bytes that arenas of this engine may take together.</summary>
    public abstract long MemoryBudget { get; }

    /// <summary>The threads that work on the host beside the engine may take; 0: one per core.</summary>
    internal virtual int HostThreads => 0;

    /// <summary>The chains for which memory is taken at once, a multiple of 16: fewer take as much.</summary>
    public virtual int ChainBlock => ChainArenaLayout.WidestPack;

    /// <summary>Allocates the memory of a set of chains, all zero.</summary>
    /// <param name="layout">The sizes.</param>
    /// <returns>The arena, owned by the caller.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="InsufficientEngineMemoryException">It does not fit <see cref="MemoryBudget"/>.</exception>
    public abstract ChainArena CreateArena(ChainArenaLayout layout);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Frees what the engine holds.</summary>
    /// <param name="disposing">False when called by a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Throws if an arena does not fit.</summary>
    /// <param name="layout">The sizes.</param>
    /// <exception cref="InsufficientEngineMemoryException">It does not fit <see cref="MemoryBudget"/>.</exception>
    protected void CheckMemory(ChainArenaLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        long needed = layout.TotalBytesInBlocks(ChainBlock);
        if (needed > MemoryBudget)
        {
            throw new InsufficientEngineMemoryException(Name, needed, MemoryBudget);
        }
    }
}
