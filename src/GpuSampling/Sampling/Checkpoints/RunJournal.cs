using System.Runtime.InteropServices;

namespace GpuSampling.Sampling;

/// <summary>
/// Writes a run's checkpoints, and beside them the draws that its sink does not save: a log of rows in the order in which they were
/// made, replayed to the sink when the run goes on.
/// </summary>
internal sealed class RunJournal<TElement>
    where TElement : unmanaged
{
    private readonly CheckpointOptions options;
    private readonly CheckpointFolder folder;
    private readonly DrawSink<TElement> sink;
    private readonly RunIdentity identity;
    private readonly byte[] fingerprint;

    /// <summary>Begins when the warm-up is done.</summary>
    /// <param name="options">Where and how often.</param>
    /// <param name="folder">The folder, with a log where the sink saves no state of its own.</param>
    /// <param name="sink">What keeps the draws.</param>
    /// <param name="identity">What makes the run itself.</param>
    /// <param name="program">The chains after their warm-up.</param>
    public RunJournal(CheckpointOptions options, CheckpointFolder folder, DrawSink<TElement> sink, RunIdentity identity, SamplerProgram program)
    {
        this.options = options;
        this.folder = folder;
        this.sink = sink;
        this.identity = identity;
        fingerprint = RunFingerprint.Of(program);
    }

    /// <summary>Whether a checkpoint is due.</summary>
    public bool IsDue => folder.IsDue;

    /// <summary>Why the last checkpoint that was due could not be written; null where it was.</summary>
    public string? Failure => folder.Fault?.Message;

    /// <summary>Goes on from the folder's checkpoint, if it has one.</summary>
    /// <param name="chains">The chains after the warm-up.</param>
    /// <param name="thinning">Transitions per draw.</param>
    /// <param name="drawCount">Draws per chain of the whole run.</param>
    /// <returns>Where the run goes on.</returns>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or of another run.</exception>
    public RunPosition Restore(Chains chains, int thinning, int drawCount)
    {
        FileStream? log = folder.Log;
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
            Replay(log, chains.Batches.FirstOf(batch) / chains.ReplicaCount, chains.Batches.CountOf(batch) / chains.ReplicaCount, chains.RowsPerDraw, draws);
        }

        return position;
    }

    /// <summary>Takes in a row that was written to the sink.</summary>
    public void Append(ReadOnlySpan<TElement> row) => folder.Append(row);

    /// <summary>Writes a checkpoint, where the disk takes it.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Write(RunPosition position, ChainBatches batches) => folder.Write(writer =>
    {
        CheckpointHead head = new()
        {
            Identity = identity,
            BatchSize = batches.BatchSize,
            BatchCount = batches.BatchCount,
            Position = position,
            LogLength = folder.Log?.Length ?? 0,
            Fingerprint = fingerprint,
        };
        CheckpointFile.Write(writer, head, batches, sink.SavesState ? sink.SaveState : null);
    });

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

    private void Replay(FileStream log, int firstChain, int chainCount, int rowCount, int drawCount)
    {
        for (int draw = 0; draw < drawCount; draw++)
        {
            for (int row = 0; row < rowCount; row++)
            {
                log.ReadExactly(MemoryMarshal.AsBytes(sink.Destination(draw, row, firstChain, chainCount)[..chainCount]));
                sink.Written(draw, row, firstChain, chainCount);
            }
        }
    }
}
