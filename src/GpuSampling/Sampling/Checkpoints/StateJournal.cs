namespace GpuSampling.Sampling;

/// <summary>Writes and reads the checkpoints of runs that are no samplers of posteriors: lattices, networks, searches for modes.</summary>
internal sealed class StateJournal : IDisposable
{
    private const uint Magic = 0x53_53_53_47; // GSSS
    private const int Version = 2;

    private readonly CheckpointOptions options;
    private readonly RunIdentity identity;
    private readonly CheckpointFolder folder;

    /// <summary>Opens the folder.</summary>
    /// <param name="options">Where and how often.</param>
    /// <param name="identity">What makes the run itself.</param>
    /// <param name="hasLog">Whether a log of what was measured goes with the state.</param>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public StateJournal(CheckpointOptions options, RunIdentity identity, bool hasLog = false)
    {
        this.options = options;
        this.identity = identity;
        folder = new CheckpointFolder(options, hasLog);
    }

    /// <summary>The log, for those who go on from it; null if there is none.</summary>
    public FileStream? Log => folder.Log;

    /// <summary>Whether a checkpoint is due.</summary>
    public bool IsDue => folder.IsDue;

    /// <summary>Why the last checkpoint that was due could not be written; null where it was.</summary>
    public Exception? Fault => folder.Fault;

    /// <summary>Appends to the log.</summary>
    public void Append(ReadOnlySpan<float> row) => folder.Append(row);

    /// <summary>Writes a checkpoint in place of the last one, where the disk takes it.</summary>
    /// <param name="content">Writes the state.</param>
    /// <returns>Whether it was written.</returns>
    public bool Write(Action<BinaryWriter> content) => folder.Write(writer =>
    {
        writer.Write(Magic);
        writer.Write(Version);
        identity.Write(writer);
        content(writer);
    });

    /// <summary>What ends a run that was stopped: it tells where no checkpoint could be written at the stop.</summary>
    /// <param name="cancellationToken">What stopped it.</param>
    public OperationCanceledException Stopped(CancellationToken cancellationToken) => Fault is Exception fault
        ? new OperationCanceledException($"The run was stopped, and its last checkpoint could not be written: {fault.Message}", fault, cancellationToken)
        : new OperationCanceledException(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    /// <summary>Reads the folder's checkpoint, if it has one.</summary>
    /// <param name="content">Reads the state.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CheckpointException">It is damaged, or of another run.</exception>
    public bool TryRead(Action<BinaryReader> content)
    {
        if (!File.Exists(options.StateFile))
        {
            return false;
        }

        using BinaryReader reader = SealedFile.Open(options.StateFile);
        if (reader.BaseStream.Length < sizeof(uint) + sizeof(int) || reader.ReadUInt32() != Magic)
        {
            throw new CheckpointException($"{options.StateFile} is no checkpoint of a run of this kind.");
        }

        int version = reader.ReadInt32();
        if (version != Version)
        {
            throw new CheckpointException($"{options.StateFile} has the format {version}; this version of the library reads {Version}.");
        }

        IReadOnlyList<CheckpointDifference> differences = identity.DifferencesFrom(RunIdentity.Read(reader));
        if (differences.Count > 0)
        {
            throw CheckpointFile.OfAnotherRun(options, differences);
        }

        content(reader);
        return true;
    }
}
