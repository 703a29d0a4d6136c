using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GpuSampling.Sampling;

/// <summary>
/// Writes a run's checkpoints, and beside them the draws that its sink does not save: a log of rows in the order in which they were
/// made, replayed to the sink when the run goes on.
/// </summary>
internal sealed class RunJournal<TElement> : IDisposable
    where TElement : unmanaged
{
    private readonly CheckpointOptions options;
    private readonly DrawSink<TElement> sink;
    private readonly RunIdentity identity;
    private readonly byte[] fingerprint;
    private readonly FileStream? log;
    private long lastWritten = Stopwatch.GetTimestamp();
    private bool isLogBroken;

    /// <summary>Opens a run's folder after its warm-up.</summary>
    public RunJournal(CheckpointOptions options, DrawSink<TElement> sink, RunIdentity identity, SamplerProgram program)
    {
        this.options = options;
        this.sink = sink;
        this.identity = identity;
        fingerprint = RunFingerprint.Of(program);
        if (!sink.SavesState)
        {
            log = new FileStream(options.DrawFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 20);
        }
    }

    /// <summary>Whether a checkpoint is due.</summary>
    public bool IsDue => Stopwatch.GetElapsedTime(lastWritten) >= options.Interval;

    /// <summary>Why the last checkpoint that was due could not be written; null where it was.</summary>
    public string? Failure { get; private set; }

    /// <summary>Goes on from the folder's checkpoint, if it has one.</summary>
    /// <param name="chains">The chains after the warm-up.</param>
    /// <param name="thinning">Transitions per draw.</param>
    /// <param name="drawCount">Draws per chain of the whole run.</param>
    /// <returns>Where the run goes on.</returns>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or of another run.</exception>
    public RunPosition Restore(Chains chains, int thinning, int drawCount)
    {
        if (!File.Exists(options.StateFile))
        {
            log?.SetLength(0);
            return new RunPosition();
        }

        CheckpointHead head = CheckpointFile.Read(options, fingerprint, chains.Batches, sink.SavesState ? RestoreSink : null);
        RunPosition position = head.Position;
        if (log is null)
        {
            return position;
        }

        if (log.Length < head.LogLength)
        {
            throw new CheckpointException(
                $"{options.DrawFile} does not go with the checkpoint: it has {log.Length} bytes of draws and should have {head.LogLength}.");
        }

        // Draws behind the checkpoint will be made again.
        log.SetLength(head.LogLength);
        for (int batch = 0; batch <= position.Batch; batch++)
        {
            int draws = batch < position.Batch ? drawCount : position.Transitions / thinning;
            Replay(chains.Batches.FirstOf(batch) / chains.ReplicaCount, chains.Batches.CountOf(batch) / chains.ReplicaCount, chains.RowsPerDraw, draws);
        }

        return position;
    }

    /// <summary>Takes in a row that was written to the sink.</summary>
    public void Append(ReadOnlySpan<TElement> row)
    {
        if (log is null || isLogBroken)
        {
            return;
        }

        try
        {
            log.Write(MemoryMarshal.AsBytes(row));
        }
        catch (IOException fault)
        {
            BreakLog(fault);
        }
    }

    /// <summary>
    /// Writes a checkpoint: the draws first, then what says that they are there. Where the disk refuses, the last checkpoint stays, and
    /// what is <see cref="Failure"/> may be none at the next.
    /// </summary>
    /// <returns>Whether it was written.</returns>
    public bool Write(RunPosition position, ChainBatches batches)
    {
        lastWritten = Stopwatch.GetTimestamp();
        FlushLog();
        if (isLogBroken)
        {
            return false;
        }

        CheckpointHead head = new()
        {
            Identity = identity,
            BatchSize = batches.BatchSize,
            BatchCount = batches.BatchCount,
            Position = position,
            LogLength = log?.Length ?? 0,
            Fingerprint = fingerprint,
        };
        try
        {
            CheckpointFile.Write(options, head, batches, sink.SavesState ? sink.SaveState : null);
            Failure = null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Failure = fault.Message;
        }

        lastWritten = Stopwatch.GetTimestamp();
        return Failure is null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            log?.Dispose();
        }
        catch (IOException) when (isLogBroken)
        {
            // It tries once more to write what it could not.
        }
    }

    private void FlushLog()
    {
        if (isLogBroken)
        {
            return;
        }

        try
        {
            log?.Flush(flushToDisk: true);
        }
        catch (IOException fault)
        {
            BreakLog(fault);
        }
    }

    /// <summary>A log with a gap is of no use behind it: the checkpoint before stays the last.</summary>
    private void BreakLog(IOException fault)
    {
        isLogBroken = true;
        Failure = fault.Message;
    }

    private void RestoreSink(BinaryReader reader)
    {
        try
        {
            sink.RestoreState(reader);
        }
        catch (EndOfStreamException fault)
        {
            throw new CheckpointException($"{options.StateFile} does not go with the sink: it takes back more state than was saved.", fault);
        }
    }

    private void Replay(int firstChain, int chainCount, int rowCount, int drawCount)
    {
        for (int draw = 0; draw < drawCount; draw++)
        {
            for (int row = 0; row < rowCount; row++)
            {
                log!.ReadExactly(MemoryMarshal.AsBytes(sink.Destination(draw, row, firstChain, chainCount)[..chainCount]));
                sink.Written(draw, row, firstChain, chainCount);
            }
        }
    }
}
