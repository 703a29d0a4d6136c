using System.IO.Compression;

namespace GpuSampling.Interchange;

/// <summary>Reads draws from NumPy's <c>.npz</c>: an array of shape (chain, draw, …) for each parameter.</summary>
internal static class NumpyDraws
{
    public static StoredDraws Read(string path, string? statistics, CancellationToken cancellationToken)
    {
        DrawCollection collection = new(Path.GetFileName(path));
        ForEachArray(path, collection.AddParameter, cancellationToken);
        if (statistics is not null)
        {
            ForEachArray(statistics, collection.AddStatistic, cancellationToken);
        }

        return collection.ToStoredDraws();
    }

    private static void ForEachArray(string path, ArrayReceiver receive, CancellationToken cancellationToken)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            foreach (ZipArchiveEntry entry in archive.Entries.Where(one => one.Name.EndsWith(".npy", StringComparison.Ordinal)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using Stream stream = entry.Open();
                (int[] shape, double[] elements) = NumpyArrayReader.Read(stream);
                receive(entry.Name[..^4], shape, elements);
            }
        }
        catch (InvalidDataException fault) when (!fault.Message.StartsWith(Path.GetFileName(path), StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{Path.GetFileName(path)}: {fault.Message}", fault);
        }
    }

    private delegate void ArrayReceiver(string name, ReadOnlySpan<int> shape, ReadOnlySpan<double> elements);
}
