using System.Security.Cryptography;

namespace GpuSampling.Sampling;

/// <summary>The beginning of a checkpoint: whose it is, how its chains are split, and where it stands. Its checksum is its own.</summary>
internal sealed record CheckpointHead
{
    private const uint Magic = 0x4B_43_53_47; // GSCK
    private const int Version = 2;
    private const int MostBytes = 1 << 24;

    /// <summary>The run.</summary>
    public required RunIdentity Identity { get; init; }

    /// <summary>The chains of a batch, replicas counted.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The number of batches.</summary>
    public required int BatchCount { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunPosition Position { get; init; }

    /// <summary>The bytes of the log of draws that go with it.</summary>
    public required long LogLength { get; init; }

    /// <summary>The hash of the chains' state after the warm-up: <see cref="RunFingerprint"/>.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        using MemoryStream memory = new();
        using (BinaryWriter head = new(memory))
        {
            Identity.Write(head);
            head.Write(BatchSize);
            head.Write(BatchCount);
            WritePosition(head, Position);
            head.Write(LogLength);
            head.Write(Fingerprint);
        }

        byte[] bytes = memory.ToArray();
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(bytes.Length);
        writer.Write(bytes);
        writer.Write(SHA256.HashData(bytes));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Gives it.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="CheckpointException">It is no checkpoint, of another version, or damaged.</exception>
    public static CheckpointHead Read(BinaryReader reader, string path)
    {
        if (reader.BaseStream.Length < 3 * sizeof(int) || reader.ReadUInt32() != Magic)
        {
            throw new CheckpointException($"{path} is no checkpoint of a sampler's run.");
        }

        int version = reader.ReadInt32();
        if (version != Version)
        {
            throw new CheckpointException($"{path} has the format {version}; this version of the library reads {Version}.");
        }

        byte[] bytes = reader.ReadBytes(Math.Clamp(reader.ReadInt32(), 0, MostBytes));
        if (!reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(SHA256.HashData(bytes)))
        {
            throw new CheckpointException($"{path} is damaged: the checksum of its head does not hold.");
        }

        using BinaryReader head = new(new MemoryStream(bytes));
        return new CheckpointHead
        {
            Identity = RunIdentity.Read(head),
            BatchSize = head.ReadInt32(),
            BatchCount = head.ReadInt32(),
            Position = ReadPosition(head),
            LogLength = head.ReadInt64(),
            Fingerprint = head.ReadBytes(SHA256.HashSizeInBytes),
        };
    }

    /// <summary>Throws where the checkpoint is not one of a run.</summary>
    /// <param name="identity">The run's.</param>
    /// <param name="run">Its size.</param>
    /// <exception cref="CheckpointException">It is of another run; the message says what differs.</exception>
    public void Check(RunIdentity identity, RunOptions run)
    {
        IReadOnlyList<CheckpointDifference> differences = identity.DifferencesFrom(Identity);

        // A run may become longer or shorter: draws do not depend on their number. Chains that take turns make equally many, though.
        if (differences.Count > 0
            && !(differences.Count == 1 && differences[0].Name == nameof(RunOptions.DrawCount)
                && BatchCount == 1 && Position.Transitions <= (long)run.DrawCount * run.Thinning))
        {
            throw CheckpointFile.OfAnotherRun(run.Checkpoint!, differences);
        }
    }

    private static void WritePosition(BinaryWriter writer, RunPosition position)
    {
        writer.Write(position.Batch);
        writer.Write(position.Transitions);
        writer.Write(position.Divergences);
        writer.Write(position.Evaluations);
        writer.Write((ulong)(position.Acceptance.Units >> 64));
        writer.Write((ulong)position.Acceptance.Units);
        writer.Write(position.Time.Ticks);
    }

    private static RunPosition ReadPosition(BinaryReader reader) => new()
    {
        Batch = reader.ReadInt32(),
        Transitions = reader.ReadInt32(),
        Divergences = reader.ReadInt64(),
        Evaluations = reader.ReadInt64(),
        Acceptance = new UnitIntervalSum(((Int128)reader.ReadUInt64() << 64) + reader.ReadUInt64()),
        Time = TimeSpan.FromTicks(reader.ReadInt64()),
    };
}
