namespace GpuSampling.Lattices;

/// <summary>How long lattices and networks are simulated. Immutable; every value is checked when set.</summary>
public abstract record LatticeOptions
{
    private readonly int chainCount = 1024;
    private readonly int warmupSweeps = 500;
    private readonly int measurementCount = 100;
    private readonly int sweepsPerMeasurement = 1;

    private protected LatticeOptions()
    {
    }

    /// <summary>The number of independent ones, at least 1. Default 1024.</summary>
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

    /// <summary>Measurements of each, at least 1. Default 100.</summary>
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
}
