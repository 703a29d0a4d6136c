using GpuSampling.Kernels.Lattices;

namespace GpuSampling.Lattices;

/// <summary>An Ising lattice with periodic boundaries and how it is simulated. Immutable; every value is checked when set.</summary>
/// <remarks>p(s) ∝ exp(K Σ s_i s_j) over the 2·rows·columns pairs of neighbours; in a lattice two wide the two pairs of a bond both count.</remarks>
public sealed record IsingOptions
{
    private readonly int rowCount = 32;
    private readonly int columnCount = 32;
    private readonly double coupling = 0.4;
    private readonly int chainCount = 1024;
    private readonly int warmupSweeps = 500;
    private readonly int measurementCount = 100;
    private readonly int sweepsPerMeasurement = 1;
    private readonly SpinUpdate update;

    /// <summary>The rows: an even number, 2 to 4096. Default 32.</summary>
    public int RowCount
    {
        get => rowCount;
        init => rowCount = EvenSize(value, nameof(RowCount));
    }

    /// <summary>The columns: an even number, 2 to 4096. Default 32.</summary>
    public int ColumnCount
    {
        get => columnCount;
        init => columnCount = EvenSize(value, nameof(ColumnCount));
    }

    /// <summary>K = J/(k T): a finite number, 0 or more. Default 0.4; the critical one is ½ ln(1 + √2) = 0.4407.</summary>
    public double Coupling
    {
        get => coupling;
        init => coupling = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Coupling), value, "Allowed: finite numbers, 0 or more.");
    }

    /// <summary>How spins are updated. Default: Metropolis, the faster of the two to relax.</summary>
    public SpinUpdate Update
    {
        get => update;
        init => update = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Update), value, "Allowed: the members of SpinUpdate.");
    }

    /// <summary>The number of independent lattices, at least 1. Default 1024.</summary>
    public int ChainCount
    {
        get => chainCount;
        init => chainCount = AtLeast(1, value, nameof(ChainCount));
    }

    /// <summary>Sweeps before the first measured one, 0 or more. Default 500.</summary>
    public int WarmupSweeps
    {
        get => warmupSweeps;
        init => warmupSweeps = AtLeast(0, value, nameof(WarmupSweeps));
    }

    /// <summary>Measurements of each lattice, at least 1. Default 100.</summary>
    public int MeasurementCount
    {
        get => measurementCount;
        init => measurementCount = AtLeast(1, value, nameof(MeasurementCount));
    }

    /// <summary>Sweeps from one measurement to the next, at least 1. Default 1.</summary>
    public int SweepsPerMeasurement
    {
        get => sweepsPerMeasurement;
        init => sweepsPerMeasurement = AtLeast(1, value, nameof(SweepsPerMeasurement));
    }

    /// <summary>The seed. Default 0.</summary>
    public ulong Seed { get; init; }

    private static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Allowed: {least} and above.");

    private static int EvenSize(int value, string name) => value is >= 2 and <= 4096 && value % 2 == 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Allowed: even numbers from 2 to 4096.");
}
