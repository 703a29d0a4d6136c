using System.Diagnostics;

namespace GpuSampling.Sampling;

/// <summary>Writes and reads the checkpoints of runs that are no samplers of posteriors: lattices, networks, searches for modes.</summary>
internal sealed class StateJournal
{
    private const uint Magic = 0x53_53_53_47; // GSSS
    private const int Version = 2;

    private readonly CheckpointOptions options;
    private readonly RunIdentity identity;
    private long lastWritten = Stopwatch.GetTimestamp();

    /// <summary>Creates the folder.</summary>
    /// <param name="options">Where and how often.</param>
    /// <param name="identity">What makes the run itself.</param>
    public StateJournal(CheckpointOptions options, RunIdentity identity)
    {
        this.options = options;
        this.identity = identity;
        Directory.CreateDirectory(options.Folder);
    }

    /// <summary>Whether a checkpoint is due.</summary>
    public bool IsDue => Stopwatch.GetElapsedTime(lastWritten) >= options.Interval;

    /// <summary>Writes a checkpoint in place of the last one.</summary>
    /// <param name="content">Writes the state.</param>
    public void Write(Action<BinaryWriter> content)
    {
        SealedFile.Write(options.StateFile, writer =>
        {
            writer.Write(Magic);
            writer.Write(Version);
            identity.Write(writer);
            content(writer);
        });
        lastWritten = Stopwatch.GetTimestamp();
    }

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

        IReadOnlyList<(string Name, string Text)> differences = identity.DifferencesFrom(RunIdentity.Read(reader));
        if (differences.Count > 0)
        {
            throw CheckpointFile.OfAnotherRun(options, string.Join("; ", differences.Select(one => one.Text)));
        }

        content(reader);
        return true;
    }
}
