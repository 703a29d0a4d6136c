using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GpuSampling.Sampling;

/// <summary>
/// A run's folder, open for as long as the run and closed to others: its state, replaced as a whole, and beside it a log of what was drawn or measured. Proven
/// writable when it is opened; what the disk refuses later ends no run, but is <see cref="Fault"/>.
/// </summary>
internal sealed class CheckpointFolder : IDisposable
{
    private readonly CheckpointOptions options;
    private readonly FileStream runLock;
    private long lastWritten = Stopwatch.GetTimestamp();
    private bool isLogBroken;

    /// <summary>Creates the folder where it is not there, and opens it before the run does any work.</summary>
    /// <param name="options">Where and how often.</param>
    /// <param name="hasLog">Whether there is a log.</param>
    /// <exception cref="CheckpointException">It cannot be created or written, or another process is writing to it.</exception>
    public CheckpointFolder(CheckpointOptions options, bool hasLog)
    {
        this.options = options;
        try
        {
            Directory.CreateDirectory(options.Folder);
            runLock = new FileStream(options.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            Log = hasLog ? new FileStream(options.DrawFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 20) : null;
        }
        catch (Exception fault) when (IsOfDisk(fault))
        {
            runLock?.Dispose();
            throw new CheckpointException($"Checkpoints cannot be written to {options.Folder}: {fault.Message}", fault);
        }
    }

    /// <summary>The log, for those who go on from it; null if there is none.</summary>
    public FileStream? Log { get; }

    /// <summary>Whether a checkpoint is due.</summary>
    public bool IsDue => Stopwatch.GetElapsedTime(lastWritten) >= options.Interval;

    /// <summary>Why the last checkpoint that was due could not be written; null where it was.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Appends to the log.</summary>
    public void Append<TElement>(ReadOnlySpan<TElement> row)
        where TElement : unmanaged
    {
        if (Log is null || isLogBroken)
        {
            return;
        }

        try
        {
            Log.Write(MemoryMarshal.AsBytes(row));
        }
        catch (Exception fault) when (IsOfDisk(fault))
        {
            BreakLog(fault);
        }
    }

    /// <summary>
    /// Writes a checkpoint: the log first, then the state, which says that the log is there. Where the disk refuses, the last checkpoint
    /// stays, and what is <see cref="Fault"/> may be none at the next.
    /// </summary>
    /// <param name="content">Writes the state; called when the log is complete.</param>
    /// <returns>Whether it was written.</returns>
    public bool Write(Action<BinaryWriter> content)
    {
        FlushLog();
        if (!isLogBroken)
        {
            try
            {
                SealedFile.Write(options.StateFile, content);
                Fault = null;
            }
            catch (Exception fault) when (IsOfDisk(fault))
            {
                Fault = fault;
            }
        }

        lastWritten = Stopwatch.GetTimestamp();
        return Fault is null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Log?.Dispose();
        }
        catch (Exception fault) when (IsOfDisk(fault))
        {
            // Rows behind the last checkpoint, which are made again; and what ends a run may be another fault, which must not be lost.
        }

        runLock.Dispose();
    }

    /// <summary>Whether the disk is the cause. Files that grow beyond what it allows throw the last kind.</summary>
    private static bool IsOfDisk(Exception fault) => fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    private void FlushLog()
    {
        if (Log is null || isLogBroken)
        {
            return;
        }

        try
        {
            Log.Flush(flushToDisk: true);

            // A file that was removed takes what is written, and nobody will ever read it.
            if (!File.Exists(options.DrawFile))
            {
                throw new FileNotFoundException($"{options.DrawFile} was removed.");
            }
        }
        catch (Exception fault) when (IsOfDisk(fault))
        {
            BreakLog(fault);
        }
    }

    /// <summary>A log with a gap is of no use behind it: the checkpoint before stays the last.</summary>
    private void BreakLog(Exception fault)
    {
        isLogBroken = true;
        Fault = fault;
    }
}
