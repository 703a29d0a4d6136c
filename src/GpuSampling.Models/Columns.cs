namespace GpuSampling.Models;

/// <summary>Changes of scale of data, computed once on the host.</summary>
internal static class Columns
{
    /// <summary>Numbers less their mean, divided by their standard deviation (of n − 1 degrees of freedom).</summary>
    /// <exception cref="ArgumentException">All are equal, or there are fewer than two.</exception>
    public static double[] Standardized(double[] values, string name)
    {
        if (!values.Any(value => value != values[0]))
        {
            throw new ArgumentException($"{name} has {values.Length} elements, none of which differ; allowed are at least 2, not all equal, whose scale can be told.", name);
        }

        double mean = values.Average();
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return [.. values.Select(value => (value - mean) / deviation)];
    }

    /// <summary>Logarithms less their mean.</summary>
    public static double[] CenteredLogarithms(double[] values)
    {
        double[] logarithms = [.. values.Select(value => Math.Log(value))];
        double mean = logarithms.Average();
        return [.. logarithms.Select(value => value - mean)];
    }
}
