using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Sampling;

namespace GpuSampling.Lattices;

/// <summary>Simulates many Potts lattices at once by the heat bath, with the same colours on every engine; one lattice a lane or GPU thread.</summary>
public static class PottsSampler
{
    /// <summary>Simulates and measures.</summary>
    /// <param name="options">The lattices.</param>
    /// <param name="engine">Where to run.</param>
    /// <param name="progress">Told the number of measurements made.</param>
    /// <param name="cancellationToken">
    /// Observed between launches. Before the first measurement, and with <see cref="SweepOptions.Checkpoint"/>, the run ends with
    /// <see cref="OperationCanceledException"/>; else, also where that cannot be written, with the measurements made so far.
    /// </param>
    /// <exception cref="ArgumentException">The lattices have more than 2²⁹ sites, or the results do not fit the memory.</exception>
    /// <exception cref="InsufficientEngineMemoryException">The lattices do not fit the engine's memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled as said above; a checkpoint is written before.</exception>
    /// <exception cref="CheckpointException">The folder of <see cref="SweepOptions.Checkpoint"/> cannot be written, or holds something that this run cannot go on from.</exception>
    public static PottsMeasurements Sample(
        PottsOptions options, Engine engine, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(engine);
        int sites = LatticeSize.Sites(options.RowCount, options.ColumnCount);
        FinalState final = new(options.ChainCount, sites);
        (float[][] measured, string? failure) = LatticeRun.Measure(
            options,
            new LatticeSize(sites, 2, (int)Math.Min((long)sites * options.ColourCount, int.MaxValue)),
            engine,
            LatticeRun.Sweeps(options, new PottsLattice
            {
                RowCount = options.RowCount,
                ColumnCount = options.ColumnCount,
                ColourCount = options.ColourCount,
                Coupling = options.Coupling,
            }),
            "Potts lattice",
            progress,
            cancellationToken,
            readFinal: options.KeepsFinalState ? final.ReadNumbers : null);
        return new PottsMeasurements(options, measured[0], measured[1]) { FinalColours = final.Sites, CheckpointFailure = failure };
    }
}

/// <summary>What was measured, integers that are exact up to 2²⁴ sites and beyond rounded to 24 bits: [measurement][chain].</summary>
/// <param name="Options">The lattices.</param>
/// <param name="EqualPairs">The pairs of neighbours that have one colour: minus the energy in units of J.</param>
/// <param name="CommonestCounts">The sites that have the commonest colour.</param>
public sealed record PottsMeasurements(PottsOptions Options, ReadOnlyMemory<float> EqualPairs, ReadOnlyMemory<float> CommonestCounts)
{
    /// <summary>The colours at the end of the run, where <see cref="LatticeOptions.KeepsFinalState"/> asked for them: [site][chain], sites row by row. Else empty.</summary>
    public ReadOnlyMemory<short> FinalColours { get; init; }

    /// <summary>Why the last checkpoint that was due could not be written, such as a full disk; null where it was, or none was asked for.</summary>
    public string? CheckpointFailure { get; init; }

    /// <summary>The measurements of each lattice that were made: fewer than asked for when the run was cancelled.</summary>
    public int MeasurementCount => EqualPairs.Length / Options.ChainCount;

    /// <summary>Whether all measurements asked for were made.</summary>
    public bool IsComplete => MeasurementCount == Options.MeasurementCount;
}
