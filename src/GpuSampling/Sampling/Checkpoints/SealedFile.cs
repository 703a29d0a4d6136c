using System.Security.Cryptography;

namespace GpuSampling.Sampling;

/// <summary>A file that ends with the SHA-256 of all before it, and is replaced as a whole: written aside, flushed and renamed.</summary>
internal static class SealedFile
{
    /// <summary>The bytes of the checksum.</summary>
    public const int ChecksumLength = 32;

    /// <summary>Writes a file in place of the last one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Writes the content.</param>
    public static void Write(string path, Action<BinaryWriter> content)
    {
        string aside = path + ".new";
        try
        {
            WriteAside(aside, content);
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            RemovePart(aside);
            throw;
        }
    }

    /// <summary>Opens a file whose checksum holds.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A reader at its beginning, which owns the file.</returns>
    /// <exception cref="CheckpointException">The checksum does not hold, or the disk does not give the file.</exception>
    public static BinaryReader Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            Verify(file, path);
            return new BinaryReader(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new CheckpointException($"{path} cannot be read: {fault.Message}", fault);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>A part of a file is of no use, and a full disk has no room to spare; why it is a part matters more than whether it can be removed.</summary>
    private static void RemovePart(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It will be replaced.
        }
    }

    private static void WriteAside(string aside, Action<BinaryWriter> content)
    {
        using FileStream file = new(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using SHA256 checksum = SHA256.Create();
        using (CryptoStream hashed = new(file, checksum, CryptoStreamMode.Write, leaveOpen: true))
        using (BinaryWriter writer = new(hashed))
        {
            content(writer);
        }

        file.Write(checksum.Hash!);
        file.Flush(flushToDisk: true);
    }

    private static void Verify(FileStream file, string path)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 20];
        long rest = file.Length - ChecksumLength;
        while (rest > 0)
        {
            int count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, rest));
            hash.AppendData(buffer, 0, count);
            rest -= count;
        }

        byte[] stored = new byte[ChecksumLength];
        if (rest < 0 || file.ReadAtLeast(stored, ChecksumLength, throwOnEndOfStream: false) < ChecksumLength
            || !hash.GetHashAndReset().AsSpan().SequenceEqual(stored))
        {
            throw new CheckpointException($"{path} is damaged: its checksum does not hold.");
        }

        file.Position = 0;
    }
}
