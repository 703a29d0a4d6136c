namespace GpuSampling.Cli;

/// <summary>
/// A file that comes to be when it is whole: written beside its place under another name, and moved there at the end. Whatever goes
/// wrong before, an earlier file of that name stays as it is.
/// </summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string path;
    private readonly string partial;
    private bool isWhole;

    /// <summary>Begins to write.</summary>
    /// <param name="path">Where the file is to be.</param>
    /// <exception cref="IOException">The place is a folder's, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public ReplacedFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("there is a folder of this name.");
        }

        this.path = path;
        partial = $"{path}.{Path.GetRandomFileName()}.part";
        Stream = new FileStream(partial, FileMode.CreateNew, FileAccess.ReadWrite);
    }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Puts the file in its place.</summary>
    public void Complete()
    {
        Stream.Dispose();
        File.Move(partial, path, overwrite: true);
        isWhole = true;
    }

    /// <summary>Writes a file at once.</summary>
    /// <param name="path">Where.</param>
    /// <param name="write">Writes what is in it.</param>
    public static void Write(string path, Action<Stream> write)
    {
        using ReplacedFile file = new(path);
        write(file.Stream);
        file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        if (!isWhole)
        {
            File.Delete(partial);
        }
    }
}
