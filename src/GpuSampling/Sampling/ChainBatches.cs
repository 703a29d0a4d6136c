using GpuSampling.Engines;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>
/// The chains of a run on an engine: in one arena if they fit its memory, else in batches that take turns in one arena while
/// the others' state waits on the host. Draws do not depend on the split.
/// </summary>
internal sealed class ChainBatches : IDisposable
{
    private readonly ChainArena arena;
    private readonly long firstChain;
    private readonly double[][] waiting = [];
    private readonly double[] batchRow = [];
    private int resident;

    /// <summary>Splits the chains and allocates the arena.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="layout">The sizes for all chains.</param>
    /// <param name="keptRows">The first rows of the state, which must survive between launches.</param>
    /// <param name="replicaCount">Neighbours that must stay in one batch.</param>
    /// <param name="givenBatchSize">The chains of a batch where a run goes on that had so many; null: as many as fit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The chains that wait do not fit the host's memory.</exception>
    /// <exception cref="InsufficientEngineMemoryException">Not even one pack of chains fits, or not the batch given.</exception>
    public ChainBatches(Engine engine, ChainArenaLayout layout, int keptRows, int replicaCount, int? givenBatchSize = null)
    {
        KeptRows = keptRows;
        int packChains = engine.ChainBlock; // batches are whole packs
        while (packChains % replicaCount != 0)
        {
            packChains += engine.ChainBlock;
        }

        firstChain = layout.FirstChain;
        ChainCount = layout.ChainCount;
        long packBytes = (layout with { ChainCount = packChains }).ChainBytesInBlocks(engine.ChainBlock);
        long packsInMemory = (engine.MemoryBudget - layout.SharedBytes) / packBytes;
        if (packsInMemory < 1)
        {
            throw new InsufficientEngineMemoryException(engine.Name, layout.SharedBytes + packBytes, engine.MemoryBudget);
        }

        BatchSize = ChainCount;
        BatchCount = 1;
        long packs = ((long)layout.ChainCount + packChains - 1) / packChains;
        if (givenBatchSize is int given && ((long)given + packChains - 1) / packChains > packsInMemory)
        {
            long needed = layout.SharedBytes + ((((long)given + packChains - 1) / packChains) * packBytes);
            throw new InsufficientEngineMemoryException(engine.Name, needed, engine.MemoryBudget);
        }

        if (givenBatchSize is int size ? size < ChainCount : packsInMemory < packs)
        {
            // Batches of equal size, each of which waits in one array.
            packsInMemory = Math.Min(packsInMemory, Math.Max(1, Array.MaxLength / ((long)keptRows * packChains)));
            long batches = (packs + packsInMemory - 1) / packsInMemory;
            BatchSize = givenBatchSize ?? (int)((packs + batches - 1) / batches * packChains);
            BatchCount = (int)(((long)ChainCount + BatchSize - 1) / BatchSize);
            HostMemory.Demand(
                8.0 * keptRows * BatchSize * BatchCount, $"The state of the chains that wait for {engine.Name}", "take fewer chains", nameof(ChainCount), ChainCount);
            waiting = new double[BatchCount][];
            for (int batch = 0; batch < BatchCount; batch++)
            {
                waiting[batch] = new double[(long)keptRows * BatchSize];
            }

            batchRow = new double[BatchSize];
        }

        arena = engine.CreateArena(layout with { ChainCount = BatchSize });
    }

    /// <summary>The chains of the run.</summary>
    public int ChainCount { get; }

    /// <summary>The chains of the arena: all, or a multiple of 16.</summary>
    public int BatchSize { get; }

    /// <summary>The rows of a chain's state that survive between launches: the first so many.</summary>
    public int KeptRows { get; }

    /// <summary>The number of batches.</summary>
    public int BatchCount { get; }

    /// <inheritdoc/>
    public void Dispose() => arena.Dispose();

    /// <summary>The arena with a batch in it. The arena may hold more chains than the batch has.</summary>
    /// <param name="batch">From 0.</param>
    public ChainArena Load(int batch)
    {
        if (batch != resident)
        {
            arena.ReadState(0, KeptRows, waiting[resident]);
            arena.WriteState(0, KeptRows, waiting[batch]);
            arena.FirstChain = firstChain + FirstOf(batch);
            resident = batch;
        }

        return arena;
    }

    /// <summary>The first chain of a batch, counted from 0.</summary>
    /// <param name="batch">From 0.</param>
    public int FirstOf(int batch) => batch * BatchSize;

    /// <summary>The number of chains of a batch: the last may have fewer.</summary>
    /// <param name="batch">From 0.</param>
    public int CountOf(int batch) => Math.Min(BatchSize, ChainCount - FirstOf(batch));

    /// <summary>The transitions made so far averaged over all chains, where each batch makes all of its own before the next.</summary>
    /// <param name="batch">The batch under way.</param>
    /// <param name="made">The transitions that each of its chains has made.</param>
    /// <param name="total">The transitions that each chain of the batches before it has made.</param>
    public int MeanCompleted(int batch, int made, int total) =>
        (int)((((long)FirstOf(batch) * total) + ((long)CountOf(batch) * made)) / ChainCount);

    /// <summary>Reads any rows of the state of a batch that is in the arena.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="destination">[row][chain] of all chains of the run, of which the batch's are overwritten.</param>
    public void ReadLoaded(int batch, int firstRow, int rowCount, Span<double> destination)
    {
        if (BatchCount == 1)
        {
            arena.ReadState(firstRow, rowCount, destination);
            return;
        }

        for (int i = 0; i < rowCount; i++)
        {
            arena.ReadState(firstRow + i, 1, batchRow);
            batchRow.AsSpan(0, CountOf(batch)).CopyTo(destination[((i * ChainCount) + FirstOf(batch))..]);
        }
    }

    /// <summary>Reads rows of the state of all chains, of those that survive between launches.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="destination">Receives [row][chain].</param>
    public void ReadRows(int firstRow, int rowCount, Span<double> destination)
    {
        if (BatchCount == 1)
        {
            arena.ReadState(firstRow, rowCount, destination);
            return;
        }

        for (int i = 0; i < rowCount; i++)
        {
            ReadRow(firstRow + i, destination.Slice(i * ChainCount, ChainCount));
        }
    }

    /// <summary>Reads a row of the state of all chains, one of those that survive between launches.</summary>
    /// <param name="row">The row.</param>
    /// <param name="destination">Receives a number per chain of the run.</param>
    public void ReadRow(int row, Span<double> destination)
    {
        if (BatchCount == 1)
        {
            arena.ReadState(row, 1, destination);
            return;
        }

        for (int batch = 0; batch < BatchCount; batch++)
        {
            ReadOnlySpan<double> values = waiting[batch].AsSpan(row * BatchSize, BatchSize);
            if (batch == resident)
            {
                arena.ReadState(row, 1, batchRow);
                values = batchRow;
            }

            values[..CountOf(batch)].CopyTo(destination[FirstOf(batch)..]);
        }
    }
    /// <summary>Writes a row of the state of all chains, one of those that survive between launches.</summary>
    /// <param name="row">The row.</param>
    /// <param name="source">A number per chain of the run.</param>
    public void WriteRow(int row, ReadOnlySpan<double> source)
    {
        if (BatchCount == 1)
        {
            arena.WriteState(row, 1, source);
            return;
        }

        for (int batch = 0; batch < BatchCount; batch++)
        {
            Span<double> values = waiting[batch].AsSpan(row * BatchSize, BatchSize);
            source.Slice(FirstOf(batch), CountOf(batch)).CopyTo(values);
            if (batch == resident)
            {
                arena.ReadState(row, 1, batchRow);
                source.Slice(FirstOf(batch), CountOf(batch)).CopyTo(batchRow);
                arena.WriteState(row, 1, batchRow);
            }
        }
    }
}
