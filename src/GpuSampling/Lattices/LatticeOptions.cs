using GpuSampling.Numerics;
using GpuSampling.Sampling;

namespace GpuSampling.Lattices;

/// <summary>The size of lattices, and how long they are simulated. Immutable; every value is checked when set.</summary>
public abstract record LatticeOptions : SweepOptions
{
    private readonly int rowCount = 32;
    private readonly int columnCount = 32;

    private protected LatticeOptions()
    {
    }

    /// <summary>The rows, 2 to 2²⁸; rows times columns at most 2²⁹. Default 32.</summary>
    public int RowCount
    {
        get => rowCount;
        init => rowCount = Allowed.Between(2, LatticeSize.LongestSide, value);
    }

    /// <summary>The columns, 2 to 2²⁸; rows times columns at most 2²⁹. Default 32.</summary>
    public int ColumnCount
    {
        get => columnCount;
        init => columnCount = Allowed.Between(2, LatticeSize.LongestSide, value);
    }

    /// <summary>Whether the state of lattices at the end of the run is kept, too: two bytes for each site of each lattice. Default: not.</summary>
    [LeavesNoMark]
    public bool KeepsFinalState { get; init; }
}
