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
    /// <param name="cancellationToken">Observed between launches.</param>
    /// <exception cref="InsufficientEngineMemoryException">The lattices do not fit the engine's memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint is written before.</exception>
    /// <exception cref="CheckpointException">The folder of <see cref="LatticeOptions.Checkpoint"/> holds something that this run cannot go on from.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    public static PottsMeasurements Sample(
        PottsOptions options, Engine engine, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(engine);
        int sites = options.RowCount * options.ColumnCount;
        float[][] measured = LatticeRun.Measure(
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
            cancellationToken);
        return new PottsMeasurements(options, measured[0], measured[1]);
    }
}

/// <summary>What was measured, exact integers: [measurement][chain].</summary>
/// <param name="Options">The lattices.</param>
/// <param name="EqualPairs">The pairs of neighbours that have one colour: minus the energy in units of J.</param>
/// <param name="CommonestCounts">The sites that have the commonest colour.</param>
public sealed record PottsMeasurements(PottsOptions Options, ReadOnlyMemory<float> EqualPairs, ReadOnlyMemory<float> CommonestCounts);
