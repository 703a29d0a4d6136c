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

    private static ArgumentException Fault(ReadOnlySpan<double> values, int index, string name, string allowed) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}[{index + 1}] is {values[index]}; allowed are {allowed}."), name);
}
