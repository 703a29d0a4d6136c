using System.Globalization;

namespace GpuSampling.Models;

/// <summary>Checks of data at the boundary. The indices of models' own arrays of integers begin at 0.</summary>
internal static class Check
{
    /// <summary>Throws unless all values are finite.</summary>
    public static void Finite(ReadOnlySpan<double> values, string name)
    {
        int index = values.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (index >= 0)
        {
            throw Fault(values, index, name, "finite numbers");
        }
    }

    /// <summary>Throws unless all values are finite and above 0.</summary>
    public static void Positive(ReadOnlySpan<double> values, string name, int firstIndex = 1)
    {
        int index = values.IndexOfAnyExceptInRange(double.Epsilon, double.MaxValue);
        if (index >= 0)
        {
            throw Fault(values, index, name, "finite numbers above 0", firstIndex);
        }
    }

    /// <summary>Throws unless a value is finite and above 0.</summary>
    public static void Positive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed are finite numbers above 0."), name);
        }
    }

    /// <summary>Throws unless a number of things is at least 1.</summary>
    public static void Count(int count, string name)
    {
        if (count < 1)
        {
            throw new ArgumentException($"{name} is {count}; allowed are integers from 1.", name);
        }
    }

    /// <summary>Throws unless arrays have a declared length.</summary>
    public static void Lengths(int length, string lengthName, params ReadOnlySpan<(Array Values, string Name)> arrays)
    {
        foreach ((Array values, string name) in arrays)
        {
            if (values.Length != length)
            {
                throw new ArgumentException($"{name} has {values.Length} elements; {lengthName} = {length} are declared.", name);
            }
        }
    }

    /// <summary>Throws unless all counts are 0 or more.</summary>
    public static void Counts(ReadOnlySpan<int> values, string name) => Within(values, 0, int.MaxValue, name, "integers from 0");

    /// <summary>Throws unless all values are 0 or 1.</summary>
    public static void Indicators(ReadOnlySpan<int> values, string name) => Within(values, 0, 1, name, "0 and 1");

    /// <summary>Throws unless all values lie in a range.</summary>
    public static void Within(ReadOnlySpan<int> values, int least, int most, string name) => Within(values, least, most, name, $"{least} to {most}");

    private static void Within(ReadOnlySpan<int> values, int least, int most, string name, string allowed)
    {
        int index = values.IndexOfAnyExceptInRange(least, most);
        if (index >= 0)
        {
            throw new ArgumentException($"{name}[{index}] is {values[index]}; allowed are {allowed}.", name);
        }
    }

    /// <summary>Throws unless all values are from 0 to <paramref name="count"/> − 1.</summary>
    public static void Indices(ReadOnlySpan<int> values, int count, string name)
    {
        Within(values, 0, count - 1, name);
    }

    private static ArgumentException Fault(ReadOnlySpan<double> values, int index, string name, string allowed, int firstIndex = 1) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}[{index + firstIndex}] is {values[index]}; allowed are {allowed}."), name);
}
