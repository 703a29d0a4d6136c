using GpuSampling.Diagnostics;

namespace GpuSampling.Interchange;

/// <summary>
/// Draws read back from files, of this library or of others, with what their sampler said of them. Values are 64-bit, whatever the
/// file held.
/// </summary>
public sealed class StoredDraws : IDrawSource<double>
{
    private readonly string[] names;
    private readonly double[][] values;
    private readonly IReadOnlyDictionary<string, double[]> statistics;

    internal StoredDraws(
        int chains, IReadOnlyList<(string Name, double[] Values)> parameters, IReadOnlyDictionary<string, double[]> statistics, SamplerOutcome? outcome)
    {
        Chains = chains;
        this.statistics = statistics;
        names = [.. parameters.Select(one => one.Name)];
        values = [.. parameters.Select(one => one.Values)];
        Outcome = outcome;
    }

    private StoredDraws(StoredDraws draws, StoredSummary summary)
    {
        (Chains, names, values, statistics) = (draws.Chains, draws.names, draws.values, draws.statistics);
        (Outcome, Sampler, ChainsAreCoupled) = (summary.Outcome, summary.Sampler, summary.ChainsAreCoupled);
    }

    /// <inheritdoc/>
    public int Parameters => names.Length;

    /// <inheritdoc/>
    public int Chains { get; }

    /// <summary>The number of draws of each chain.</summary>
    public int Draws => values[0].Length / Chains;

    /// <summary>What the sampler reported beside the draws; null if the files say nothing.</summary>
    public SamplerOutcome? Outcome { get; private init; }

    /// <summary>The sampler's name, where a summary beside the draws tells it; else null.</summary>
    public string? Sampler { get; private init; }

    /// <summary>Whether a summary beside the draws says that the chains depend on one another: see <see cref="DiagnosticsOptions.ChainsAreCoupled"/>.</summary>
    public bool ChainsAreCoupled { get; private init; }

    /// <summary>The names of the sampler's statistics that the files hold for each draw.</summary>
    public IEnumerable<string> StatisticNames => statistics.Keys;

    /// <summary>The draws of one parameter: [draw][chain], chain fastest.</summary>
    /// <param name="label">A label such as <c>tau</c> or <c>theta[3]</c>.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public ReadOnlySpan<double> this[string label]
    {
        get
        {
            int index = Array.IndexOf(names, label);
            return index >= 0 ? values[index] : throw new ArgumentException($"No parameter is named {label}; there are {string.Join(", ", names)}.", nameof(label));
        }
    }

    /// <summary>The values of one of the sampler's statistics: [draw][chain], chain fastest.</summary>
    /// <param name="name">A name such as <c>energy</c>, one of <see cref="StatisticNames"/>.</param>
    /// <exception cref="ArgumentException">There is no such statistic.</exception>
    public ReadOnlySpan<double> Statistic(string name) => statistics.TryGetValue(name, out double[]? found)
        ? found
        : throw new ArgumentException($"No statistic is named {name}; there are: {string.Join(", ", statistics.Keys)}.", nameof(name));

    /// <inheritdoc/>
    public string Name(int parameter) => names[parameter];

    /// <inheritdoc/>
    public ReadOnlySpan<double> Values(int parameter) => values[parameter];

    /// <summary>Reads draws, in the format that the name tells.</summary>
    /// <param name="paths">
    /// A folder written by <c>gpusampling sample</c>; a folder of CmdStan's <c>.csv</c> files, or several such files, a chain each; an
    /// <c>.npz</c> archive of arrays (chain × draw × …); or a <c>.json</c> file, of ArviZ's groups, of arrays by name (chain × draw ×
    /// …), or a list of chains with arrays by name (draw × …).
    /// </param>
    /// <param name="cancellationToken">Stops between files and arrays.</param>
    /// <exception cref="ArgumentException">No path, or several that are not all <c>.csv</c> files.</exception>
    /// <exception cref="FileNotFoundException">A path names nothing.</exception>
    /// <exception cref="InvalidDataException">A file does not hold draws in its format; the message says which and where.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static StoredDraws Read(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw new ArgumentException("paths is empty; a folder or at least one file is needed.", nameof(paths));
        }

        foreach (string path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                throw new FileNotFoundException($"There is no file or folder {path}.", path);
            }
        }

        if (paths.Count == 1 && Directory.Exists(paths[0]))
        {
            return ReadFolder(paths[0], cancellationToken);
        }

        if (paths.All(path => HasExtension(path, ".csv")))
        {
            return CmdStanDraws.Read(paths, cancellationToken);
        }

        if (paths.Count > 1)
        {
            throw new ArgumentException(
                $"{paths.Count} paths are given, and {paths.First(path => !HasExtension(path, ".csv"))} is no .csv file; several paths must be CmdStan's .csv files, a chain each.",
                nameof(paths));
        }

        return HasExtension(paths[0], ".npz") ? NumpyDraws.Read(paths[0], statistics: null, cancellationToken)
            : HasExtension(paths[0], ".json") ? JsonDraws.Read(paths[0], cancellationToken)
            : throw new InvalidDataException($"{paths[0]} is none of the formats that can be read: .npz, .json, or CmdStan's .csv.");
    }

    private static StoredDraws ReadFolder(string folder, CancellationToken cancellationToken)
    {
        string draws = Path.Combine(folder, "draws.npz"), summary = Path.Combine(folder, StoredSummary.FileName);
        if (File.Exists(draws))
        {
            string statistics = Path.Combine(folder, "statistics.npz");
            StoredDraws read = NumpyDraws.Read(draws, File.Exists(statistics) ? statistics : null, cancellationToken);
            return File.Exists(summary) && StoredSummary.Read(summary, read) is { } told
                ? new StoredDraws(read, told)
                : read;
        }

        if (File.Exists(summary))
        {
            throw new InvalidDataException($"The folder {folder} has the summary of a run whose draws were not kept (--keep quantiles): there is nothing to diagnose beside it.");
        }

        string[] chains = [.. Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal)];
        return chains.Length > 0
            ? CmdStanDraws.Read(chains, cancellationToken)
            : throw new InvalidDataException($"The folder {folder} has neither draws.npz nor .csv files.");
    }

    private static bool HasExtension(string path, string extension) =>
        string.Equals(Path.GetExtension(path), extension, StringComparison.OrdinalIgnoreCase);
}
