using GpuSampling.Engines;

namespace GpuSampling.Sampling;

/// <summary>
/// The chains of a run on an engine: in one arena if they fit its memory, else in batches that take turns in one arena while
/// the others' state waits on the host. Draws do not depend on the split.
/// </summary>
internal sealed class ChainBatches : IDisposable
{
    private readonly ChainArena arena;
    private readonly long firstChain;
    private readonly int keptRows;
    private readonly double[][] waiting;
    private int resident = -1;

    /// <summary>Splits the chains and allocates the arena.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="layout">The sizes for all chains.</param>
    /// <param name="keptRows">The rows of the state that must survive between launches.</param>
    public ChainBatches(Engine engine, ChainArenaLayout layout, int keptRows)
    {
        this.keptRows = keptRows;
        firstChain = layout.FirstChain;
        ChainCount = layout.ChainCount;
        long bytesPerSixteen = (layout with { ChainCount = 16 }).ChainBytes;
        long room = (engine.MemoryBudget - layout.SharedBytes) / bytesPerSixteen * 16;
        if (room < 16)
        {
            throw new InsufficientEngineMemoryException(engine.Name, layout.SharedBytes + bytesPerSixteen, engine.MemoryBudget);
        }

        BatchSize = (int)Math.Min(room, layout.ChainCount);
        BatchCount = (layout.ChainCount + BatchSize - 1) / BatchSize;
        arena = engine.CreateArena(layout with { ChainCount = BatchSize });
        waiting = new double[BatchCount][];
        if (BatchCount > 1)
        {
            for (int batch = 0; batch < BatchCount; batch++)
            {
                waiting[batch] = new double[(long)keptRows * BatchSize];
            }
        }
    }

    public int ChainCount { get; }

    public int BatchSize { get; }

    public int BatchCount { get; }

    public void Dispose() => arena.Dispose();

    /// <summary>The arena with a batch in it.</summary>
    public ChainArena Load(int batch)
    {
        if (batch != resident)
        {
            if (resident >= 0 && BatchCount > 1)
            {
                arena.ReadState(0, keptRows, waiting[resident]);
            }

            arena.FirstChain = firstChain + ((long)batch * BatchSize);
            if (BatchCount > 1)
            {
                arena.WriteState(0, keptRows, waiting[batch]);
            }

            resident = batch;
        }

        return arena;
    }

    /// <summary>The first chain of a batch, counted from 0.</summary>
    public int FirstOf(int batch) => batch * BatchSize;

    /// <summary>The number of chains of a batch: the last may have fewer.</summary>
    public int CountOf(int batch) => Math.Min(BatchSize, ChainCount - (batch * BatchSize));

    /// <summary>Reads a row of the state of all chains.</summary>
    /// <param name="row">The row.</param>
    /// <param name="destination">Receives a number per chain of the run.</param>
    public void ReadRow(int row, Span<double> destination)
    {
        if (BatchCount == 1)
        {
            Load(0).ReadState(row, 1, destination);
            return;
        }

        for (int batch = 0; batch < BatchCount; batch++)
        {
            double[] whole = new double[BatchSize];
            ReadOnlySpan<double> values = batch == resident
                ? ReadResident(row, whole)
                : waiting[batch].AsSpan(row * BatchSize, BatchSize);
            values[..CountOf(batch)].CopyTo(destination[FirstOf(batch)..]);
        }
    }

    private double[] ReadResident(int row, double[] whole)
    {
        arena.ReadState(row, 1, whole);
        return whole;
    }
}
