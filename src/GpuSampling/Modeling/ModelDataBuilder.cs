using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GpuSampling.Modeling;

/// <summary>A declared size: how the model's author wrote it, and what it is.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Value">Its value for the data given.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct DataSize(string Text, int Value);

/// <summary>Checks a model's data and lays them out for its kernel. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelDataBuilder
{
    // Kernels may read ahead of a loop that has no iterations; these zeros are what they find behind the last datum.
    private const int Padding = 16;

    private readonly string model;
    private readonly List<double> reals = [];
    private readonly List<int> integers = [];
    private readonly List<string> sizesGiven = [];
    private readonly List<string> integersGiven = [];
    private double[] tables = [];

    /// <summary>Begins a table.</summary>
    /// <param name="model">The model's name, for messages.</param>
    public ModelDataBuilder(string model) => this.model = model;

    /// <summary>Adds a real number and returns its place.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Finite.</param>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public int AddReal(string name, double value) => Append(name, [value], null);

    /// <summary>Adds a vector and returns its place.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Finite numbers.</param>
    /// <param name="sizes">The declared size, if any.</param>
    /// <exception cref="ArgumentException">It is missing, of another size, or not finite.</exception>
    public int AddReals(string name, double[]? values, params ReadOnlySpan<DataSize> sizes)
    {
        CheckShape(name, values, sizes);
        return Append(name, values!, index => $"{name}[{index}]");
    }

    /// <summary>Adds a matrix and returns its place.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Finite numbers.</param>
    /// <param name="sizes">The declared sizes, if any.</param>
    /// <exception cref="ArgumentException">It is missing, of another size, or not finite.</exception>
    public int AddReals(string name, double[,]? values, params ReadOnlySpan<DataSize> sizes)
    {
        CheckShape(name, values, sizes);
        int columns = values!.GetLength(1);
        return Append(name, [.. values.Cast<double>()], index => $"{name}[{index / columns}, {index % columns}]");
    }

    /// <summary>The same for a matrix of declared shape: one without rows is given the declared columns, which nothing else can say.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Finite numbers; on return of the declared shape.</param>
    /// <param name="sizes">The declared sizes.</param>
    /// <exception cref="ArgumentException">It is missing, of another size, or not finite.</exception>
    public int AddReals(string name, [NotNull] ref double[,]? values, params ReadOnlySpan<DataSize> sizes)
    {
        int start = AddReals(name, values, sizes);
        values = WithColumns(values!, sizes[1].Value);
        return start;
    }

    /// <summary>Adds a vector of integers and returns its place.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Any integers.</param>
    /// <param name="sizes">The declared size, if any.</param>
    /// <exception cref="ArgumentException">It is missing or of another size.</exception>
    public int AddIntegers(string name, int[]? values, params ReadOnlySpan<DataSize> sizes)
    {
        CheckShape(name, values, sizes);
        return Append(name, values!);
    }

    /// <summary>Adds a matrix of integers and returns its place.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Any integers.</param>
    /// <param name="sizes">The declared sizes, if any.</param>
    /// <exception cref="ArgumentException">It is missing or of another size.</exception>
    public int AddIntegers(string name, int[,]? values, params ReadOnlySpan<DataSize> sizes)
    {
        CheckShape(name, values, sizes);
        return Append(name, [.. values!.Cast<int>()]);
    }

    /// <summary>The same for a matrix of declared shape: one without rows is given the declared columns, which nothing else can say.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Any integers; on return of the declared shape.</param>
    /// <param name="sizes">The declared sizes.</param>
    /// <exception cref="ArgumentException">It is missing or of another size.</exception>
    public int AddIntegers(string name, [NotNull] ref int[,]? values, params ReadOnlySpan<DataSize> sizes)
    {
        int start = AddIntegers(name, values, sizes);
        values = WithColumns(values!, sizes[1].Value);
        return start;
    }

    /// <summary>The number of reals so far.</summary>
    public int RealCount => reals.Count;

    /// <summary>The numbers so far, to compute tables from.</summary>
    public HostNumbers Numbers => new([.. reals], [.. integers], 0);

    /// <summary>Appends room for values that are computed from the data given.</summary>
    /// <param name="length">The number of values.</param>
    /// <returns>Where to write them.</returns>
    public HostNumbers AddTables(int length)
    {
        tables = new double[length];
        return new HostNumbers(tables, [], 0);
    }

    /// <summary>The data in the kernel's order.</summary>
    public ModelData Build() => new((double[])[.. reals, .. tables, .. new double[Padding]], (int[])[.. integers, .. new int[Padding]])
    {
        DerivedCount = tables.Length + Padding,
    };

    /// <summary>What to tell of data with which the model's own methods leave the bounds of an array.</summary>
    /// <param name="fault">What those threw; its stack shows the line.</param>
    public ArgumentException OutOfBounds(IndexOutOfRangeException fault)
    {
        string given = string.Join(", ", integersGiven.Concat(sizesGiven.Distinct()));
        return new ArgumentException(
            $"Model {model}: with these data an index lies outside of its array; indices begin at 0{(given.Length > 0 ? $" ({given})" : string.Empty)}.", fault);
    }

    /// <summary>Checks the shape of an array that the model's own methods have made a generated quantity.</summary>
    /// <param name="name">The quantity.</param>
    /// <param name="values">The array.</param>
    /// <param name="sizes">The declared sizes.</param>
    /// <exception cref="ArgumentException">The array has others.</exception>
    public void CheckQuantity(string name, Array values, params ReadOnlySpan<DataSize> sizes) => CheckShape(name, values, sizes);

    /// <summary>Checks the bounds of a parameter, which these data give.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="lower">Finite.</param>
    /// <param name="upper">Finite, above the lower one.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void CheckBounds(string name, double lower, double upper)
    {
        if (!(lower < upper) || !double.IsFinite(upper - lower))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Model {model}: the bounds of '{name}' are {lower} and {upper} for these data; the lower one must be below the upper one, and both finite."),
                name);
        }
    }

    /// <summary>A matrix; if it has no rows, with as many columns as declared.</summary>
    internal static T[,] WithColumns<T>(T[,] matrix, int columns) =>
        matrix.GetLength(0) == 0 && columns >= 0 && matrix.GetLength(1) != columns ? new T[0, columns] : matrix;

    private int Append(string name, int[] values)
    {
        int start = integers.Count;
        integers.AddRange(values);
        if (values.Length > 0)
        {
            integersGiven.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is from {values.Min()} to {values.Max()}"));
        }

        return start;
    }

    private int Append(string name, double[] values, Func<int, string>? nameOf)
    {
        int start = reals.Count;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Model {model}: {nameOf?.Invoke(i) ?? name} is {values[i]}; data must be finite numbers."),
                    name);
            }
        }

        reals.AddRange(values);
        return start;
    }

    private void CheckShape(string name, Array? values, ReadOnlySpan<DataSize> sizes)
    {
        if (values is null)
        {
            throw new ArgumentException($"Model {model}: the data '{name}' are missing.", name);
        }

        for (int dimension = 0; dimension < sizes.Length; dimension++)
        {
            DataSize size = sizes[dimension];
            sizesGiven.Add(string.Create(CultureInfo.InvariantCulture, $"{size.Text} = {size.Value}"));
            if (size.Value < 0)
            {
                throw new ArgumentException($"Model {model}: the size {size.Text} of '{name}' is {size.Value}; it must be at least 0.", name);
            }

            // Without rows, there is nothing that says how many columns there are.
            if (values.GetLength(dimension) != size.Value && (dimension == 0 || values.GetLength(0) > 0))
            {
                string what = sizes.Length == 1 ? "elements" : dimension == 0 ? "rows" : "columns";
                throw new ArgumentException(
                    $"Model {model}: '{name}' has {values.GetLength(dimension)} {what}; {size.Text} = {size.Value} are declared.", name);
            }
        }
    }
}
