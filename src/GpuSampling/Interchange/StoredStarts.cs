using System.Text.Json;
using GpuSampling.Sampling;

namespace GpuSampling.Interchange;

/// <summary>Reads from files where chains are to start.</summary>
public static class StoredStarts
{
    /// <summary>Reads starts, in the format that the name tells.</summary>
    /// <param name="path">
    /// A <c>.json</c> file: an object with the values of parameters by name, one start for all chains; a list of such objects, a chain
    /// each; a list of unconstrained numbers, one start for all chains; or a list of such lists, a chain each. Or earlier draws, at the
    /// last of which chains start: whatever <see cref="StoredDraws.Read"/> takes beside JSON.
    /// </param>
    /// <param name="cancellationToken">Stops between files and arrays.</param>
    /// <exception cref="FileNotFoundException">The path names nothing.</exception>
    /// <exception cref="InvalidDataException">The file holds no starts; the message says which and where.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static GivenStarts Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!string.Equals(Path.GetExtension(path), ".json", StringComparison.OrdinalIgnoreCase) || Directory.Exists(path))
        {
            return GivenStarts.LastOf(StoredDraws.Read([path], cancellationToken));
        }

        string file = Path.GetFileName(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            return Read(document.RootElement, file);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{file} is no JSON: {fault.Message}", fault);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"{file}: {fault.Message}", fault);
        }
    }

    private static GivenStarts Read(JsonElement root, string file) => root.ValueKind switch
    {
        JsonValueKind.Object => GivenStarts.At(Merged([root], file)),
        JsonValueKind.Array when root.GetArrayLength() > 0 && root[0].ValueKind == JsonValueKind.Object => GivenStarts.At(Merged([.. root.EnumerateArray()], file)),
        JsonValueKind.Array when root.GetArrayLength() > 0 => GivenStarts.At(Unconstrained(root, file)),
        _ => throw new InvalidDataException($"{file} holds no starts; allowed are an object with values by name, a list of numbers, or a list of either for each chain."),
    };

    /// <summary>One start, or from [chain][parameter] to [parameter][chain].</summary>
    private static double[] Unconstrained(JsonElement root, string file)
    {
        NestedNumbers numbers = NestedNumbers.Of(root, file, "the list");
        return numbers.Shape.Length switch
        {
            1 => numbers.Values,
            2 => Transposed(numbers.Values, numbers.Shape[0], numbers.Shape[1]),
            _ => throw new InvalidDataException($"{file} has lists {numbers.Shape.Length} deep; allowed are 1, or 2 with a list for each chain."),
        };
    }

    /// <summary>By name [element][chain].</summary>
    private static Dictionary<string, double[]> Merged(JsonElement[] chains, string file)
    {
        Dictionary<string, double[]> values = [];
        string[] names = chains[0].EnumerateObject().Select(one => one.Name).ToArray();
        foreach (string name in names)
        {
            List<double> all = [];
            int length = 0;
            for (int chain = 0; chain < chains.Length; chain++)
            {
                if (chains[chain].ValueKind != JsonValueKind.Object || !chains[chain].TryGetProperty(name, out JsonElement element))
                {
                    throw new InvalidDataException($"{file}: the start of chain {chain + 1} has no {name}, which the first has; all must have the same parameters.");
                }

                double[] numbers = NestedNumbers.Of(element, file, name).Values;
                length = chain == 0 ? numbers.Length : length;
                if (numbers.Length != length)
                {
                    throw new InvalidDataException($"{file}: {name} has {numbers.Length} values for chain {chain + 1} and {length} for the first; they must be equally many.");
                }

                all.AddRange(numbers);
            }

            values[name] = Transposed([.. all], chains.Length, length);
        }

        return values;
    }

    private static double[] Transposed(double[] values, int rows, int columns)
    {
        double[] result = new double[values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                result[(column * rows) + row] = values[(row * columns) + column];
            }
        }

        return result;
    }
}
