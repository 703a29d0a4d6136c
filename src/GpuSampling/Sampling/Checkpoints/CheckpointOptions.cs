namespace GpuSampling.Sampling;

/// <summary>
/// Where a run writes its state, and how often. A run whose folder holds its own checkpoint goes on from there, on whatever engine,
/// and its draws are those of a run that was never stopped, bit for bit.
/// </summary>
/// <remarks>
/// The folder gets <c>checkpoint.bin</c>, replaced as a whole (written aside, flushed, renamed), and <c>draws.log</c>, to which draws
/// are appended for sinks that do not save a state of their own (<see cref="DrawSink{TElement}.SavesState"/>); <c>run.lock</c> keeps
/// other runs away. Killed at any moment,
/// the run loses what came after the last checkpoint. At the head of the file stands what makes the run itself: sampler and options, seed
/// and sizes, model, outputs and data, precision. Another run is refused before its warm-up, and told what differs; but a run may get
/// another <see cref="RunOptions.DrawCount"/>, not below what it has drawn, unless its chains took turns in the engine's memory: so a
/// finished run is extended. The warm-up is made again when a run goes on, and its outcome compared with what the checkpoint says: a
/// density or a generated quantity that was changed under the same names is refused then. A folder that cannot be
/// written is refused before any work; where it takes a later checkpoint no more, as a full disk, the run goes on, and
/// <see cref="SamplingResult.CheckpointFailure"/>, or its like of other results, says why. A finished run's checkpoint stays until <see cref="Delete"/>.
/// Lattices, networks and searches for modes write the same files; they have no warm-up to make again.
/// </remarks>
public sealed record CheckpointOptions
{
    private readonly TimeSpan interval = TimeSpan.FromMinutes(1);

    /// <summary>Names the folder, which is created when first written.</summary>
    /// <param name="folder">The folder; one for each run.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public CheckpointOptions(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The time between checkpoints, 0 or more: 0 writes one after every launch. Default one minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative time.</exception>
    public TimeSpan Interval
    {
        get => interval;
        init => interval = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Interval), value, "Allowed: 0 or more.");
    }

    internal string StateFile => Path.Combine(Folder, "checkpoint.bin");

    internal string DrawFile => Path.Combine(Folder, "draws.log");

    /// <summary>Held open as long as a run writes to the folder.</summary>
    internal string LockFile => Path.Combine(Folder, "run.lock");

    /// <summary>Removes the checkpoint, if there is one, and the folder, if it holds nothing else.</summary>
    /// <exception cref="IOException">The disk does not let it.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Delete()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        File.Delete(StateFile);
        File.Delete(StateFile + ".new");
        File.Delete(DrawFile);
        File.Delete(LockFile);
        if (!Directory.EnumerateFileSystemEntries(Folder).Any())
        {
            Directory.Delete(Folder);
        }
    }
}
