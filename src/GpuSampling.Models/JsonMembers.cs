using System.Globalization;
using System.Text.Json;

namespace GpuSampling.Models;

/// <summary>Reads a model's data from JSON, with errors that name the member.</summary>
internal readonly struct JsonMembers
{
    private readonly JsonElement root;

    public JsonMembers(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ModelDataException($"The data must be a JSON object; this is {Describe(root)}.");
        }

        this.root = root;
    }

    public bool Has(string name) => root.TryGetProperty(name, out _);

    public double Number(string name) => Number(Member(name), name);

    public int Integer(string name) => Integer(Member(name), name);

    public double[] Vector(string name)
    {
        JsonElement[] elements = Elements(Member(name), name);
        double[] values = new double[elements.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Number(elements[i], $"{name}[{i + 1}]");
        }

        return values;
    }

    public (double First, double Second) Pair(string name) => Vector(name) is [double first, double second]
        ? (first, second)
        : throw new ModelDataException($"{name} must be an array of 2 numbers.");

    public int[] Integers(string name)
    {
        JsonElement[] elements = Elements(Member(name), name);
        int[] values = new int[elements.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Integer(elements[i], $"{name}[{i + 1}]");
        }

        return values;
    }

    public double[,] Matrix(string name)
    {
        JsonElement[] rows = Elements(Member(name), name);
        if (rows.Length == 0)
        {
            throw new ModelDataException($"{name} has no rows; allowed are matrices with at least 1.");
        }

        int columnCount = Elements(rows[0], $"{name}[1]").Length;
        double[,] values = new double[rows.Length, columnCount];
        for (int i = 0; i < rows.Length; i++)
        {
            JsonElement[] row = Elements(rows[i], $"{name}[{i + 1}]");
            if (row.Length != columnCount)
            {
                throw new ModelDataException($"{name}[{i + 1}] has {row.Length} elements and {name}[1] has {columnCount}: all rows must be equally long.");
            }

            for (int j = 0; j < columnCount; j++)
            {
                values[i, j] = Number(row[j], $"{name}[{i + 1},{j + 1}]");
            }
        }

        return values;
    }

    private JsonElement Member(string name) => root.TryGetProperty(name, out JsonElement member)
        ? member
        : throw new ModelDataException(
            $"The data have no member \"{name}\"; they have {string.Join(", ", root.EnumerateObject().Select(one => $"\"{one.Name}\"").DefaultIfEmpty("none"))}.");

    private static JsonElement[] Elements(JsonElement element, string name) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray()]
        : throw new ModelDataException($"{name} must be an array; it is {Describe(element)}.");

    private static double Number(JsonElement element, string name)
    {
        // Some writers put "NaN" or "Infinity" in quotation marks, since JSON has no such numbers.
        double value = element.ValueKind == JsonValueKind.Number ? element.GetDouble()
            : element.ValueKind == JsonValueKind.String
                && double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed
            : throw new ModelDataException($"{name} must be a number; it is {Describe(element)}.");
        return double.IsFinite(value)
            ? value
            : throw new ModelDataException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed are finite numbers."));
    }

    private static int Integer(JsonElement element, string name)
    {
        double value = Number(element, name);
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new ModelDataException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed are integers of 32 bits."));
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"the text \"{element.GetString()}\"",
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
        _ => element.GetRawText(),
    };
}
