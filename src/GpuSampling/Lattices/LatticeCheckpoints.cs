using System.Runtime.InteropServices;
using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Sampling;

namespace GpuSampling.Lattices;

/// <summary>
/// The checkpoints of a run of lattices or networks: how many sweeps and measurements are made, and the state; beside it the log of what
/// was measured.
/// </summary>
internal sealed class LatticeCheckpoints : IDisposable
{
    // Numbers moved at a time.
    private const int Block = 1 << 20;

    private readonly StateJournal journal;
    private readonly CheckpointOptions options;
    private readonly ChainArena arena;
    private readonly LatticeSize size;
    private readonly int rowsAtOnce;

    /// <param name="options">Where and how often.</param>
    /// <param name="identity">What makes the run itself.</param>
    /// <param name="size">The sizes.</param>
    /// <param name="arena">Where it runs, with as many rows as <see cref="StateLength"/> says.</param>
    public LatticeCheckpoints(CheckpointOptions options, RunIdentity identity, LatticeSize size, ChainArena arena)
    {
        this.options = options;
        this.size = size;
        this.arena = arena;
        rowsAtOnce = Math.Max(1, Block / arena.Layout.ChainCount);
        journal = new StateJournal(options, identity, hasLog: true);
    }

    /// <summary>The rows of state that a run with checkpoints needs: words are split into halves.</summary>
    public static int StateLength(LatticeSize size) => size.HoldsWords ? 2 * size.StateLength : size.StateLength;

    /// <summary>Whether a checkpoint is due.</summary>
    public bool IsDue => journal.IsDue;

    /// <summary>Why the last checkpoint that was due could not be written; null where it was.</summary>
    public string? Failure => journal.Fault?.Message;

    /// <inheritdoc/>
    public void Dispose() => journal.Dispose();

    /// <summary>What ends a run that was stopped.</summary>
    public OperationCanceledException Stopped(CancellationToken cancellationToken) => journal.Stopped(cancellationToken);

    /// <summary>Goes on from the folder's checkpoint, if it has one.</summary>
    /// <param name="measured">[output][measurement · chain]; receives what was measured.</param>
    /// <returns>The sweeps and the measurements made.</returns>
    /// <exception cref="CheckpointException">It is damaged, or of another run.</exception>
    public (uint Sweeps, int Measurements) Restore(float[][] measured)
    {
        uint sweeps = 0;
        int measurements = 0;
        journal.TryRead(reader =>
        {
            sweeps = reader.ReadUInt32();
            measurements = reader.ReadInt32();
            MoveState((row, values) =>
            {
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
                arena.WriteState(row, values.Length / arena.Layout.ChainCount, values);
            });
        });
        if (sweeps > 0)
        {
            Join();
        }

        ReadLog(measured, measurements);
        return (sweeps, measurements);
    }

    /// <summary>Takes in a measurement.</summary>
    public void Append(float[][] measured, int measurement)
    {
        int chains = arena.Layout.ChainCount;
        foreach (float[] output in measured)
        {
            journal.Append(output.AsSpan(measurement * chains, chains));
        }
    }

    /// <summary>Writes a checkpoint: the measurements first, then what says that they are there.</summary>
    /// <returns>Whether the disk took it.</returns>
    public bool Write(uint sweeps, int measurements)
    {
        if (size.HoldsWords)
        {
            arena.Launch(new WordHalves { WordCount = size.StateLength });
        }

        bool isWritten = journal.Write(writer =>
        {
            writer.Write(sweeps);
            writer.Write(measurements);
            MoveState((row, values) =>
            {
                arena.ReadState(row, values.Length / arena.Layout.ChainCount, values);
                writer.Write(MemoryMarshal.AsBytes(values));
            });
        });
        Join();
        return isWritten;
    }

    private void Join()
    {
        if (size.HoldsWords)
        {
            arena.Launch(new WordHalves { WordCount = size.StateLength, Joins = 1 });
        }
    }

    private void MoveState(RowMove move)
    {
        int rows = StateLength(size);
        double[] values = new double[rowsAtOnce * arena.Layout.ChainCount];
        for (int row = 0; row < rows; row += rowsAtOnce)
        {
            move(row, values.AsSpan(0, Math.Min(rowsAtOnce, rows - row) * arena.Layout.ChainCount));
        }
    }

    private void ReadLog(float[][] measured, int measurements)
    {
        FileStream log = journal.Log!;
        int chains = arena.Layout.ChainCount;
        long length = (long)measurements * measured.Length * chains * sizeof(float);
        if (log.Length < length)
        {
            throw new CheckpointException(
                $"{options.DrawFile} does not go with the checkpoint: it has {log.Length} bytes of measurements and should have {length}.");
        }

        // Measurements behind the checkpoint will be made again.
        log.SetLength(length);
        for (int measurement = 0; measurement < measurements; measurement++)
        {
            foreach (float[] output in measured)
            {
                log.ReadExactly(MemoryMarshal.AsBytes(output.AsSpan(measurement * chains, chains)));
            }
        }
    }

    private delegate void RowMove(int firstRow, Span<double> values);
}
