using System.Text.Json;

namespace GpuSampling.Interchange;

/// <summary>A rectangular array of numbers out of nested lists, its last index fastest. Booleans count as 0 and 1, null as NaN.</summary>
internal sealed record NestedNumbers(int[] Shape, double[] Values)
{
    /// <exception cref="InvalidDataException">The lists are ragged or hold something else than numbers.</exception>
    public static NestedNumbers Of(JsonElement array, string file, string name)
    {
        List<int> shape = [];
        for (JsonElement level = array; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            int length = level.GetArrayLength();
            if (length == 0)
            {
                throw new InvalidDataException($"{file}: {name} has an empty list.");
            }

            shape.Add(length);
        }

        List<double> values = [];
        Append(array, 0, shape, values, file, name);
        return new NestedNumbers([.. shape], [.. values]);
    }

    private static void Append(JsonElement element, int depth, List<int> shape, List<double> values, string file, string name)
    {
        if (depth < shape.Count)
        {
            if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != shape[depth])
            {
                throw new InvalidDataException($"{file}: {name} is ragged; its lists must be equally long at every depth.");
            }

            foreach (JsonElement inner in element.EnumerateArray())
            {
                Append(inner, depth + 1, shape, values, file, name);
            }

            return;
        }

        values.Add(element.ValueKind switch
        {
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.Null => double.NaN,
            JsonValueKind.String => Named(element.GetString()!, file, name),
            _ => throw new InvalidDataException($"{file}: {name} is ragged; its lists must be equally long at every depth."),
        });
    }

    private static double Named(string text, string file, string name) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" or "inf" => double.PositiveInfinity,
        "-Infinity" or "-inf" => double.NegativeInfinity,
        _ => throw new InvalidDataException($"{file}: {name} holds '{text}', no number."),
    };
}
