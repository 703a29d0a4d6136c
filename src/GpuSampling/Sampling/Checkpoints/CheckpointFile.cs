namespace GpuSampling.Sampling;

/// <summary>The file with a run's state: head, the chains' rows as 64-bit floats, and to the end what the sink saves.</summary>
internal static class CheckpointFile
{
    /// <summary>The head of the checkpoint, or null if there is none.</summary>
    /// <exception cref="CheckpointException">It is damaged, or cannot be read.</exception>
    public static CheckpointHead? Head(CheckpointOptions options)
    {
        if (!File.Exists(options.StateFile))
        {
            return null;
        }

        try
        {
            using BinaryReader reader = new(File.OpenRead(options.StateFile));
            return CheckpointHead.Read(reader, options.StateFile);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{options.StateFile} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="head">The head.</param>
    /// <param name="batches">The chains.</param>
    /// <param name="saveSink">Writes what the sink saves; null where it saves nothing.</param>
    public static void Write(BinaryWriter writer, CheckpointHead head, ChainBatches batches, Action<BinaryWriter>? saveSink)
    {
        head.Write(writer);
        double[] row = new double[batches.ChainCount];
        for (int i = 0; i < batches.KeptRows; i++)
        {
            batches.ReadRow(i, row);
            NumberBlocks.Write(writer, row);
        }

        saveSink?.Invoke(writer);
    }

    /// <summary>Reads a checkpoint and puts the chains where it left them.</summary>
    /// <param name="options">The folder.</param>
    /// <param name="fingerprint">The run's.</param>
    /// <param name="batches">The chains.</param>
    /// <param name="restoreSink">Takes back what the sink saved; null where it saves nothing.</param>
    /// <exception cref="CheckpointException">The file is damaged, or of another run.</exception>
    public static CheckpointHead Read(CheckpointOptions options, byte[] fingerprint, ChainBatches batches, Action<BinaryReader>? restoreSink)
    {
        using BinaryReader reader = SealedFile.Open(options.StateFile);
        CheckpointHead head = CheckpointHead.Read(reader, options.StateFile);
        if (!head.Fingerprint.AsSpan().SequenceEqual(fingerprint))
        {
            throw OfAnotherRun(options, "the options are the same, but the warm-up has led elsewhere, as another density, other generated quantities or other starting values of the same names make it");
        }

        double[] row = new double[batches.ChainCount];
        for (int i = 0; i < batches.KeptRows; i++)
        {
            NumberBlocks.Read(reader, row);
            batches.WriteRow(i, row);
        }

        restoreSink?.Invoke(reader);
        return reader.BaseStream.Position == reader.BaseStream.Length - SealedFile.ChecksumLength
            ? head
            : throw new CheckpointException($"{options.StateFile} does not go with the sink: it takes back another length of state than was saved.");
    }

    /// <summary>What to throw where a checkpoint is not the run's.</summary>
    /// <param name="options">The folder.</param>
    /// <param name="difference">What differs.</param>
    public static CheckpointException OfAnotherRun(CheckpointOptions options, string difference) => new(Sentence(options, difference));

    /// <summary>What to throw where a checkpoint's options, model or data are not the run's.</summary>
    /// <param name="options">The folder.</param>
    /// <param name="differences">What differs.</param>
    public static CheckpointException OfAnotherRun(CheckpointOptions options, IReadOnlyList<CheckpointDifference> differences) =>
        new(Sentence(options, string.Join("; ", differences)), differences);

    private static string Sentence(CheckpointOptions options, string difference) =>
        $"{options.Folder} holds the checkpoint of another run: {difference}. Give the run a folder of its own, or delete that checkpoint.";
}
