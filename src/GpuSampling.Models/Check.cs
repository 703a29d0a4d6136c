using System.Globalization;

namespace GpuSampling.Models;

/// <summary>Checks of data at the boundary.</summary>
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
    public static void Positive(ReadOnlySpan<double> values, string name)
    {
        int index = values.IndexOfAnyExceptInRange(double.Epsilon, double.MaxValue);
        if (index >= 0)
        {
            throw Fault(values, index, name, "finite numbers above 0");
        }
    }

    /// <summary>Throws unless all values are from 0 to <paramref name="count"/> − 1.</summary>
    public static void Indices(ReadOnlySpan<int> values, int count, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 || values[i] >= count)
            {
                throw new ArgumentException($"{name}[{i}] is {values[i]}; allowed are 0 to {count - 1}.", name);
            }
        }
    }

    private static ArgumentException Fault(ReadOnlySpan<double> values, int index, string name, string allowed) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}[{index + 1}] is {values[index]}; allowed are {allowed}."), name);
}
