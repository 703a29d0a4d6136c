using System.Runtime.InteropServices;

namespace GpuSampling.Sampling;

/// <summary>
/// The file with a run's state: magic and version, batch size, fingerprint, position, length of the log of draws, the sink's state,
/// and the chains' rows as 64-bit floats.
/// </summary>
internal static class CheckpointFile
{
    private const uint Magic = 0x4B_43_53_47; // GSCK
    private const int Version = 1;

    /// <summary>The chains of a batch in the checkpoint, or null if there is none.</summary>
    public static int? BatchSize(CheckpointOptions options)
    {
        if (!File.Exists(options.StateFile))
        {
            return null;
        }

        using FileStream file = File.OpenRead(options.StateFile);
        using BinaryReader reader = new(file);
        return ReadHead(reader, options);
    }

    /// <summary>Writes a checkpoint in place of the last one.</summary>
    public static void Write(CheckpointOptions options, byte[] fingerprint, RunPosition position, long logLength, byte[] sinkState, ChainBatches batches)
    {
        SealedFile.Write(options.StateFile, writer =>
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(batches.BatchSize);
            writer.Write(fingerprint);
            WritePosition(writer, position);
            writer.Write(logLength);
            writer.Write(sinkState.Length);
            writer.Write(sinkState);
            WriteRows(writer, batches);
        });
    }

    /// <summary>Reads a checkpoint and puts the chains where it left them.</summary>
    /// <returns>The position, the length of the log of draws, and the sink's state.</returns>
    /// <exception cref="CheckpointException">The file is damaged, or of another run.</exception>
    public static (RunPosition Position, long LogLength, byte[] SinkState) Read(CheckpointOptions options, byte[] fingerprint, ChainBatches batches)
    {
        using BinaryReader reader = SealedFile.Open(options.StateFile);
        ReadHead(reader, options);
        if (!reader.ReadBytes(fingerprint.Length).AsSpan().SequenceEqual(fingerprint))
        {
            throw OfAnotherRun(options);
        }

        RunPosition position = ReadPosition(reader);
        long logLength = reader.ReadInt64();
        byte[] sinkState = reader.ReadBytes(reader.ReadInt32());
        ReadRows(reader, batches);
        return (position, logLength, sinkState);
    }

    /// <summary>What to throw where a fingerprint is not the run's.</summary>
    public static CheckpointException OfAnotherRun(CheckpointOptions options) => new(
        $"{options.Folder} holds the checkpoint of another run: model, data, seed, precision and options must be the same. Give the run a folder of its own, or delete that checkpoint.");

    private static int ReadHead(BinaryReader reader, CheckpointOptions options)
    {
        if (reader.BaseStream.Length < 3 * sizeof(int) || reader.ReadUInt32() != Magic)
        {
            throw new CheckpointException($"{options.StateFile} is no checkpoint.");
        }

        int version = reader.ReadInt32();
        return version == Version
            ? reader.ReadInt32()
            : throw new CheckpointException($"{options.StateFile} has the format {version}; this version of the library reads {Version}.");
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

    private static void WriteRows(BinaryWriter writer, ChainBatches batches)
    {
        double[] row = new double[batches.ChainCount];
        for (int i = 0; i < batches.KeptRows; i++)
        {
            batches.ReadRow(i, row);
            writer.Write(MemoryMarshal.AsBytes<double>(row));
        }
    }

    private static void ReadRows(BinaryReader reader, ChainBatches batches)
    {
        double[] row = new double[batches.ChainCount];
        for (int i = 0; i < batches.KeptRows; i++)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
            batches.WriteRow(i, row);
        }
    }
}
