namespace GpuSampling.Numerics;

/// <summary>Refuses, before anything is done, what the machine's memory cannot hold.</summary>
internal static class HostMemory
{
    /// <summary>Throws where more is needed than the process may take at all.</summary>
    /// <param name="bytes">The bytes needed.</param>
    /// <param name="what">What needs them: the beginning of the sentence.</param>
    /// <param name="advice">What to do: its end.</param>
    /// <param name="name">The argument that asks for so much.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentOutOfRangeException">More is needed.</exception>
    public static void Demand(double bytes, string what, string advice, string name, object value)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{what} takes {bytes:N0} bytes and {available:N0} are there: {advice}."));
        }
    }

    /// <summary>Throws where more numbers are to be kept in a row than an array has places.</summary>
    /// <param name="count">The numbers.</param>
    /// <param name="what">What they are: the beginning of the sentence.</param>
    /// <param name="advice">What to do: its end.</param>
    /// <param name="name">The argument that asks for so many.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are too many.</exception>
    public static void DemandArray(long count, string what, string advice, string name, object value)
    {
        if (count > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{what} exceed the {Array.MaxLength} numbers that can be kept: {advice}.");
        }
    }
}
