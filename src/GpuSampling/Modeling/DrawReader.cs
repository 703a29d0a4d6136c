using System.ComponentModel;

namespace GpuSampling.Modeling;

/// <summary>Takes the values of a draw one after another. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct DrawReader
{
    private readonly string model;
    private readonly ReadOnlySpan<double> values;
    private int next;

    /// <summary>Begins at the first value.</summary>
    /// <param name="model">The model's name, for messages.</param>
    /// <param name="values">The values.</param>
    public DrawReader(string model, ReadOnlySpan<double> values)
    {
        this.model = model;
        this.values = values;
    }

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentException">There are no more values.</exception>
    public double Real() => Take(1)[0];

    /// <summary>A vector.</summary>
    /// <param name="count">Its length.</param>
    /// <exception cref="ArgumentException">There are fewer values left.</exception>
    public double[] Vector(int count) => Take(count).ToArray();

    /// <summary>A matrix, row after row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    /// <exception cref="ArgumentException">There are fewer values left.</exception>
    public double[,] Matrix(int rows, int columns)
    {
        ReadOnlySpan<double> elements = Take(rows * columns);
        double[,] matrix = new double[rows, columns];
        for (int i = 0; i < elements.Length; i++)
        {
            matrix[i / columns, i % columns] = elements[i];
        }

        return matrix;
    }

    /// <summary>Checks that no value is left over.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    public readonly void End()
    {
        if (next != values.Length)
        {
            throw Refused($"Model {model} has {next} outputs; {values.Length} values were given.");
        }
    }

    private static ArgumentException Refused(FormattableString message, string parameter = "draw") =>
        new(FormattableString.Invariant(message), parameter);

    private ReadOnlySpan<double> Take(int count)
    {
        if (count > values.Length - next)
        {
            throw Refused($"Model {model} has more outputs than the {values.Length} values given.");
        }

        next += count;
        return values.Slice(next - count, count);
    }
}
