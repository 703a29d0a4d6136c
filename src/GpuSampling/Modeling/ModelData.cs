namespace GpuSampling.Modeling;

/// <summary>The numbers that a model's density reads, in the order that its struct expects.</summary>
/// <param name="Reals">Real data. Rounded to the precision of a run when uploaded.</param>
/// <param name="Integers">Integer data.</param>
public sealed record ModelData(ReadOnlyMemory<double> Reals, ReadOnlyMemory<int> Integers)
{
    /// <summary>How many of the last reals were computed from the others. These need not be finite: log 0 may be among them.</summary>
    public int DerivedCount { get; init; }

    /// <summary>No data.</summary>
    public static ModelData Empty { get; } = new(ReadOnlyMemory<double>.Empty, ReadOnlyMemory<int>.Empty);
}
