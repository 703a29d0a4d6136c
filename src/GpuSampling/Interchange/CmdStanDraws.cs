using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GpuSampling.Interchange;

/// <summary>
/// Reads the <c>.csv</c> files that CmdStan writes, a chain each: comment lines with the configuration, a line of names, and a line
/// for each draw. Columns whose names end in two underscores are the sampler's; warm-up draws are left out.
/// </summary>
internal static partial class CmdStanDraws
{
    public static StoredDraws Read(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        List<Chain> chains = [];
        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Chain chain = ReadChain(path);
            if (chains.Count > 0 && !chain.Columns.SequenceEqual(chains[0].Columns))
            {
                throw new InvalidDataException($"{Path.GetFileName(path)} has other columns than {Path.GetFileName(paths[0])}.");
            }

            if (chains.Count > 0 && chain.Rows.Count != chains[0].Rows.Count)
            {
                throw new InvalidDataException(
                    $"{Path.GetFileName(path)} has {chain.Rows.Count} draws, and {Path.GetFileName(paths[0])} {chains[0].Rows.Count}; chains must be equally long.");
            }

            chains.Add(chain);
        }

        DrawCollection collection = new(Path.GetFileName(paths[0]));
        int[] shape = [chains.Count, chains[0].Rows.Count];
        double[] elements = new double[chains.Count * chains[0].Rows.Count];
        for (int column = 0; column < chains[0].Columns.Length; column++)
        {
            int next = 0;
            foreach (double[] row in chains.SelectMany(chain => chain.Rows))
            {
                elements[next++] = row[column];
            }

            string name = chains[0].Columns[column];
            if (name.EndsWith("__", StringComparison.Ordinal))
            {
                collection.AddStatistic(name, shape, elements);
            }
            else
            {
                collection.AddParameter(Label(name), shape, elements);
            }
        }

        return collection.ToStoredDraws();
    }

    private static Chain ReadChain(string path)
    {
        string[]? columns = null;
        List<double[]> rows = [];
        StringBuilder comments = new();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                comments.AppendLine(line);
            }
            else if (columns is null)
            {
                columns = [.. line.Split(',').Select(name => name.Trim().Trim('"'))];
            }
            else
            {
                rows.Add(ReadRow(path, number, line, columns));
            }
        }

        if (columns is null || rows.Count == 0)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} has no draws.");
        }

        int warmup = StoredWarmup(comments.ToString());
        if (warmup >= rows.Count)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} has {rows.Count} draws, all of the warm-up.");
        }

        rows.RemoveRange(0, warmup);
        return new Chain(columns, rows);
    }

    private static double[] ReadRow(string path, int number, string line, string[] columns)
    {
        string[] cells = line.Split(',');
        if (cells.Length != columns.Length)
        {
            throw new InvalidDataException(
                $"{Path.GetFileName(path)}, line {number}: {cells.Length} numbers; there are {columns.Length} columns.");
        }

        double[] row = new double[cells.Length];
        for (int i = 0; i < row.Length; i++)
        {
            string cell = cells[i].Trim();
            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]) && !TryParseInfinity(cell, out row[i]))
            {
                throw new InvalidDataException($"{Path.GetFileName(path)}, line {number}: {columns[i]} is '{cell}', no number.");
            }
        }

        return row;
    }

    private static bool TryParseInfinity(string cell, out double value)
    {
        value = cell.ToUpperInvariant() switch
        {
            "INF" or "+INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            _ => double.NaN,
        };
        return !double.IsNaN(value) || cell.TrimStart('-', '+').Equals("nan", StringComparison.OrdinalIgnoreCase);
    }

    // CmdStan writes "#     num_warmup = 1000 (Default)" and "#     save_warmup = true" (older: 1); each thin-th draw is written.
    private static int StoredWarmup(string comments)
    {
        Dictionary<string, string> settings = [];
        foreach (Match match in Setting().Matches(comments))
        {
            settings[match.Groups["name"].Value] = match.Groups["value"].Value;
        }

        if (settings.GetValueOrDefault("save_warmup") is not ("1" or "true"))
        {
            return 0;
        }

        int warmup = settings.TryGetValue("num_warmup", out string? count) ? int.Parse(count, CultureInfo.InvariantCulture) : 1000;
        int thinning = settings.TryGetValue("thin", out string? every) ? int.Parse(every, CultureInfo.InvariantCulture) : 1;
        return (warmup + thinning - 1) / thinning;
    }

    [GeneratedRegex(@"^#\s*(?<name>save_warmup|num_warmup|thin)\s*=\s*(?<value>\w+)", RegexOptions.Multiline)]
    private static partial Regex Setting();

    // theta.1.2 is element (1, 2); a colon separates the parts of tuples and stays.
    private static string Label(string column)
    {
        string[] parts = column.Split('.');
        int indices = parts.Reverse().TakeWhile(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Count();
        return indices == 0 ? column : $"{string.Join('.', parts[..^indices])}[{string.Join(',', parts[^indices..])}]";
    }

    private sealed record Chain(string[] Columns, List<double[]> Rows);
}
