using System.IO.Compression;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Interchange;

/// <summary>
/// Writes draws as NumPy's <c>.npz</c>: a zip archive with an array for each parameter, of shape (chain, draw, …) as ArviZ
/// expects. The numbers are written as they lie in memory, chain fastest, which is NumPy's Fortran order.
/// </summary>
public static class NumpyArchive
{
    /// <summary>Writes the outputs of a run.</summary>
    /// <typeparam name="TElement">float or double.</typeparam>
    /// <param name="stream">Receives the archive; left open.</param>
    /// <param name="draws">The draws.</param>
    /// <param name="outputs">The shapes of the outputs, in the draws' order.</param>
    /// <param name="cancellationToken">Stops between arrays.</param>
    public static void WriteDraws<TElement>(
        Stream stream, KeptDraws<TElement> draws, IReadOnlyList<OutputShape> outputs, CancellationToken cancellationToken = default)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(outputs);
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        int first = 0;
        foreach (OutputShape shape in outputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using Stream entry = CreateEntry(archive, shape.Name);
            long[] extents = [draws.ChainCount, draws.DrawCount, .. shape.Dimensions.Select(extent => (long)extent)];
            NumpyArrayFile.WriteHeader<TElement>(entry, extents, firstIndexIsFastest: true);
            foreach (int element in FirstIndexFastest(shape))
            {
                NumpyArrayFile.WriteValues(entry, draws.Output(first + element));
            }

            first += shape.Count;
        }
    }

    /// <summary>Writes the sampler's statistics of each draw under ArviZ's names: lp, energy, acceptance_rate, diverging, and its own.</summary>
    /// <typeparam name="TElement">float or double.</typeparam>
    /// <param name="stream">Receives the archive; left open.</param>
    /// <param name="draws">The draws.</param>
    /// <param name="cancellationToken">Stops between arrays.</param>
    /// <exception cref="OperationCanceledException">Stopped: the archive is not whole.</exception>
    public static void WriteStatistics<TElement>(Stream stream, KeptDraws<TElement> draws, CancellationToken cancellationToken = default)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(draws);
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        ReadOnlySpan<(string Name, int Row)> statistics =
        [
            ("lp", DrawRows.LogDensity),
            ("energy", DrawRows.Energy),
            ("acceptance_rate", DrawRows.Acceptance),
            ("diverging", DrawRows.Divergent),
        ];
        foreach ((string name, int row) in statistics)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using Stream entry = CreateEntry(archive, name);
            NumpyArrayFile.WriteHeader<TElement>(entry, [draws.ChainCount, draws.DrawCount], firstIndexIsFastest: true);
            NumpyArrayFile.WriteValues(entry, draws.Row(row));
        }

        foreach (string name in draws.StatisticLabels)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using Stream entry = CreateEntry(archive, name);
            NumpyArrayFile.WriteHeader<TElement>(entry, [draws.ChainCount, draws.DrawCount], firstIndexIsFastest: true);
            NumpyArrayFile.WriteValues(entry, draws.Statistic(name));
        }
    }

    // Random bits hardly compress: storing them is as small and much faster. The date is fixed: equal draws give equal files.
    private static Stream CreateEntry(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }

    /// <summary>The numbers of a shape's elements, which are stored last index fastest, in the order first index fastest.</summary>
    private static IEnumerable<int> FirstIndexFastest(OutputShape shape)
    {
        int[] index = new int[shape.Dimensions.Length];
        for (int count = 0; count < shape.Count; count++)
        {
            int position = 0;
            for (int axis = 0; axis < index.Length; axis++)
            {
                position = (position * shape.Dimensions[axis]) + index[axis];
            }

            yield return position;
            for (int axis = 0; axis < index.Length && ++index[axis] == shape.Dimensions[axis]; axis++)
            {
                index[axis] = 0;
            }
        }
    }
}
