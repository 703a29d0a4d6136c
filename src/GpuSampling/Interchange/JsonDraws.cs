using System.Text.Json;

namespace GpuSampling.Interchange;

/// <summary>
/// Reads draws from JSON: ArviZ's groups (<c>posterior</c> and <c>sample_stats</c>), an object with arrays of shape (chain, draw, …)
/// by name, or a list of chains, each an object with arrays of shape (draw, …) by name.
/// </summary>
internal static class JsonDraws
{
    public static StoredDraws Read(string path, CancellationToken cancellationToken)
    {
        string file = Path.GetFileName(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            using JsonDocument document = Parse(stream);
            return Read(document.RootElement, file, cancellationToken);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{file} is no JSON: {fault.Message}", fault);
        }
    }

    private static JsonDocument Parse(FileStream stream)
    {
        JsonDocumentOptions options = new() { MaxDepth = 64 };
        try
        {
            return JsonDocument.Parse(stream, options);
        }
        catch (JsonException) when (stream.Length <= Array.MaxLength)
        {
            // Python writes NaN and Infinity as they are.
            byte[] text = new byte[stream.Length];
            stream.Position = 0;
            stream.ReadExactly(text);
            return JsonDocument.Parse(NamedNumbers.Quote(text), options);
        }
    }

    private static StoredDraws Read(JsonElement root, string file, CancellationToken cancellationToken)
    {
        DrawCollection collection = new(file);
        if (root.ValueKind == JsonValueKind.Array)
        {
            AddChains(collection, [.. root.EnumerateArray()], file, cancellationToken);
        }
        else if (root.ValueKind == JsonValueKind.Object)
        {
            bool hasGroups = root.TryGetProperty("posterior", out JsonElement posterior) && posterior.ValueKind == JsonValueKind.Object;
            foreach (JsonProperty property in (hasGroups ? posterior : root).EnumerateObject())
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(property, file, collection.AddParameter);
            }

            if (hasGroups && root.TryGetProperty("sample_stats", out JsonElement statistics) && statistics.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty property in statistics.EnumerateObject())
                {
                    Add(property, file, collection.AddStatistic);
                }
            }
        }
        else
        {
            throw new InvalidDataException($"{file} is neither an object nor a list of chains.");
        }

        return collection.ToStoredDraws();
    }

    private static void Add(JsonProperty property, string file, ArrayReceiver receive)
    {
        // Attributes, coordinates and the like stand beside the arrays.
        if (property.Value.ValueKind == JsonValueKind.Array)
        {
            NestedNumbers numbers = NestedNumbers.Of(property.Value, file, property.Name);
            receive(property.Name, numbers.Shape, numbers.Values);
        }
    }

    private static void AddChains(DrawCollection collection, JsonElement[] chains, string file, CancellationToken cancellationToken)
    {
        if (chains.Length == 0 || !Array.TrueForAll(chains, chain => chain.ValueKind == JsonValueKind.Object))
        {
            throw new InvalidDataException($"{file} is a list, but not of chains: each must be an object with arrays by name.");
        }

        foreach (JsonProperty first in chains[0].EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Array))
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<double> values = [];
            int[]? shape = null;
            foreach (JsonElement chain in chains)
            {
                if (!chain.TryGetProperty(first.Name, out JsonElement array))
                {
                    throw new InvalidDataException($"{file}: a chain has no {first.Name}.");
                }

                NestedNumbers numbers = NestedNumbers.Of(array, file, first.Name);
                if (shape is not null && !numbers.Shape.AsSpan().SequenceEqual(shape))
                {
                    throw new InvalidDataException($"{file}: {first.Name} has different shapes in different chains.");
                }

                shape = numbers.Shape;
                values.AddRange(numbers.Values);
            }

            collection.AddParameter(first.Name, [chains.Length, .. shape!], [.. values]);
        }
    }

    private delegate void ArrayReceiver(string name, ReadOnlySpan<int> shape, ReadOnlySpan<double> elements);
}
