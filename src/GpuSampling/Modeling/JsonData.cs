using System.ComponentModel;
using System.Text.Json;

namespace GpuSampling.Modeling;

/// <summary>Reads a model's data from JSON: numbers, arrays, and arrays of rows. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonData
{
    /// <summary>A number.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The entry.</param>
    /// <exception cref="ArgumentException">It is missing or no number.</exception>
    public static double Real(JsonElement json, string name) => RealOf(Entry(json, name), name);

    /// <summary>An integer.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The entry.</param>
    /// <exception cref="ArgumentException">It is missing or no integer.</exception>
    public static int Integer(JsonElement json, string name) => IntegerOf(Entry(json, name), name);

    /// <summary>An array of numbers.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The entry.</param>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public static double[] Reals(JsonElement json, string name) => Vector(Entry(json, name), name, RealOf);

    /// <summary>An array of integers.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The entry.</param>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public static int[] Integers(JsonElement json, string name) => Vector(Entry(json, name), name, IntegerOf);

    /// <summary>An array of rows of numbers, all of one length.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The entry.</param>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public static double[,] RealMatrix(JsonElement json, string name) => Matrix(Entry(json, name), name, RealOf);

    /// <summary>The same where the number of columns is declared, which a matrix without rows cannot show.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The entry.</param>
    /// <param name="columns">The number.</param>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public static double[,] RealMatrix(JsonElement json, string name, int columns) => ModelDataBuilder.WithColumns(RealMatrix(json, name), columns);

    /// <summary>An array of rows of integers, all of one length.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The entry.</param>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public static int[,] IntegerMatrix(JsonElement json, string name) => Matrix(Entry(json, name), name, IntegerOf);

    /// <summary>The same where the number of columns is declared, which a matrix without rows cannot show.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The entry.</param>
    /// <param name="columns">The number.</param>
    /// <exception cref="ArgumentException">It is missing or something else.</exception>
    public static int[,] IntegerMatrix(JsonElement json, string name, int columns) => ModelDataBuilder.WithColumns(IntegerMatrix(json, name), columns);

    private static JsonElement Entry(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException($"The data are a JSON {Describe(json)}; an object with an entry '{name}' is needed.", nameof(json));
        }

        if (json.TryGetProperty(name, out JsonElement entry))
        {
            return entry;
        }

        string present = string.Join(", ", json.EnumerateObject().Select(property => property.Name).Take(20));
        throw new ArgumentException($"The data have no entry '{name}'; they have: {(present.Length == 0 ? "none" : present)}.", name);
    }

    private static double RealOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value)
            ? value
            : throw Unexpected(element, name, "a number");

    private static int IntegerOf(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Number)
        {
            if (element.TryGetInt32(out int value))
            {
                return value;
            }

            // 3.0 is an integer too.
            if (element.TryGetDouble(out double real) && real == Math.Floor(real) && Math.Abs(real) <= int.MaxValue)
            {
                return (int)real;
            }
        }

        throw Unexpected(element, name, "an integer");
    }

    private static T[] Vector<T>(JsonElement element, string name, Func<JsonElement, string, T> read)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Unexpected(element, name, "an array of numbers");
        }

        var values = new T[element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            values[index] = read(item, $"{name}[{index}]");
            index++;
        }

        return values;
    }

    private static T[,] Matrix<T>(JsonElement element, string name, Func<JsonElement, string, T> read)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Unexpected(element, name, "an array of rows");
        }

        T[][] rows = Vector(element, name, (row, rowName) => Vector(row, rowName, read));
        int columns = rows.Length == 0 ? 0 : rows[0].Length;
        var matrix = new T[rows.Length, columns];
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row].Length != columns)
            {
                throw new ArgumentException($"'{name}[{row}]' has {rows[row].Length} columns; '{name}[0]' has {columns}.", name);
            }

            for (int column = 0; column < columns; column++)
            {
                matrix[row, column] = rows[row][column];
            }
        }

        return matrix;
    }

    private static ArgumentException Unexpected(JsonElement element, string name, string expected) =>
        new($"'{name}' is a JSON {Describe(element)}; {expected} is needed.", name);

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => $"number ({element.GetRawText()})",
        JsonValueKind.Undefined => "value that is missing",
        JsonValueKind kind => kind.ToString().ToLowerInvariant(),
    };
}
