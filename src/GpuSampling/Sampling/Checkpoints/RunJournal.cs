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
    private readonly byte[] fingerprint;
    private readonly FileStream? log;
    private long lastWritten = Stopwatch.GetTimestamp();

    /// <summary>Opens a run's folder after its warm-up.</summary>
    public RunJournal(CheckpointOptions options, DrawSink<TElement> sink, SamplerProgram program)
    {
        this.options = options;
        this.sink = sink;
        fingerprint = RunFingerprint.Of(program);
        Directory.CreateDirectory(options.Folder);
        if (!sink.SavesState)
        {
            log = new FileStream(options.DrawFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 20);
        }
    }

    /// <summary>Whether a checkpoint is due.</summary>
    public bool IsDue => Stopwatch.GetElapsedTime(lastWritten) >= options.Interval;

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

        (RunPosition position, long logLength, byte[] sinkState) = CheckpointFile.Read(options, fingerprint, chains.Batches);
        if (sink.SavesState)
        {
            RestoreSink(sinkState);
            return position;
        }

        if (sinkState.Length > 0)
        {
            throw KeepsDrawsOtherwise();
        }

        if (log!.Length < logLength)
        {
            throw new CheckpointException(
                $"{options.DrawFile} does not go with the checkpoint: it has {log.Length} bytes of draws and should have {logLength}.");
        }

        // Draws behind the checkpoint will be made again.
        log.SetLength(logLength);
        for (int batch = 0; batch <= position.Batch; batch++)
        {
            int draws = batch < position.Batch ? drawCount : position.Transitions / thinning;
            Replay(chains.Batches.FirstOf(batch) / chains.ReplicaCount, chains.Batches.CountOf(batch) / chains.ReplicaCount, chains.RowsPerDraw, draws);
        }

        return position;
    }

    /// <summary>Takes in a row that was written to the sink.</summary>
    public void Append(ReadOnlySpan<TElement> row) => log?.Write(MemoryMarshal.AsBytes(row));

    /// <summary>Writes a checkpoint: the draws first, then what says that they are there.</summary>
    public void Write(RunPosition position, ChainBatches batches)
    {
        log?.Flush(flushToDisk: true);
        CheckpointFile.Write(options, fingerprint, position, log?.Length ?? 0, SinkState(), batches);
        lastWritten = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Dispose() => log?.Dispose();

    private byte[] SinkState()
    {
        if (!sink.SavesState)
        {
            return [];
        }

        using MemoryStream state = new();
        using BinaryWriter writer = new(state);
        sink.SaveState(writer);
        writer.Flush();
        return state.ToArray();
    }

    private void RestoreSink(byte[] state)
    {
        using BinaryReader reader = new(new MemoryStream(state));
        try
        {
            sink.RestoreState(reader);
        }
        catch (EndOfStreamException)
        {
            throw KeepsDrawsOtherwise();
        }

        if (reader.BaseStream.Position < state.Length)
        {
            throw KeepsDrawsOtherwise();
        }
    }

    private CheckpointException KeepsDrawsOtherwise() =>
        new($"{options.Folder} holds the checkpoint of a run that keeps its draws in another way: use the same sink, or delete that checkpoint.");

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
