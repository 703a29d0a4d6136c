using GpuSampling.Numerics;
using GpuSampling.Sampling;

namespace GpuSampling.Lattices;

/// <summary>How long lattices and networks are simulated. Immutable; every value is checked when set.</summary>
public abstract record SweepOptions : IRunOptions
{
    private readonly int chainCount = 1024;
    private readonly int warmupSweeps = 500;
    private readonly int measurementCount = 100;
    private readonly int sweepsPerMeasurement = 1;

    private protected SweepOptions()
    {
    }

    /// <summary>The number of independent ones, at least 1. Default 1024.</summary>
    public int ChainCount
    {
        get => chainCount;
        init => chainCount = Allowed.AtLeast(1, value);
    }

    /// <summary>Sweeps before the first measured one, 0 or more. Default 500.</summary>
    public int WarmupSweeps
    {
        get => warmupSweeps;
        init => warmupSweeps = Allowed.AtLeast(0, value);
    }

    /// <summary>Measurements of each, at least 1. Default 100.</summary>
    public int MeasurementCount
    {
        get => measurementCount;
        init => measurementCount = Allowed.AtLeast(1, value);
    }

    /// <summary>Sweeps from one measurement to the next, at least 1. Default 1.</summary>
    public int SweepsPerMeasurement
    {
        get => sweepsPerMeasurement;
        init => sweepsPerMeasurement = Allowed.AtLeast(1, value);
    }

    /// <summary>The seed. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Where the run writes its state so that it can go on after a crash, on any engine, with the same measurements bit for bit; null, the
    /// default: nowhere.
    /// </summary>
    [LeavesNoMark]
    public CheckpointOptions? Checkpoint { get; init; }
}
