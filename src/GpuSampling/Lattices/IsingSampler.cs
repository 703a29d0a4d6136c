using GpuSampling.Engines;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Kernels.Streams;
using GpuSampling.Sampling;

namespace GpuSampling.Lattices;

/// <summary>Simulates many Ising lattices at once, with the same spins on every engine.</summary>
/// <remarks>
/// Checkerboard updates; one lattice a lane or GPU thread. Near the critical coupling lattices larger than a few dozen sites a side take
/// very many sweeps to forget their start.
/// </remarks>
public static class IsingSampler
{
    /// <summary>Simulates and measures.</summary>
    /// <param name="options">The lattices.</param>
    /// <param name="engine">Where to run.</param>
    /// <param name="progress">Told the number of measurements made.</param>
    /// <param name="cancellationToken">
    /// Observed between launches. Before the first measurement, and with <see cref="SweepOptions.Checkpoint"/>, the run ends with
    /// <see cref="OperationCanceledException"/>; else, also where that cannot be written, with the measurements made so far.
    /// </param>
    /// <exception cref="ArgumentException">A lattice that cannot be packed is asked to be, one has more than 2²⁹ sites, or the results do not fit the memory.</exception>
    /// <exception cref="InsufficientEngineMemoryException">The lattices do not fit the engine's memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled as said above; a checkpoint is written before.</exception>
    /// <exception cref="CheckpointException">The folder of <see cref="SweepOptions.Checkpoint"/> cannot be written, or holds something that this run cannot go on from.</exception>
    public static IsingMeasurements Sample(
        IsingOptions options, Engine engine, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(engine);
        if (options.IsPacked == true && !options.CanBePacked)
        {
            throw new ArgumentException(
                $"{nameof(options.IsPacked)} was asked for with {options.RowCount} rows, {options.ColumnCount} columns, update {options.Update} and coupling {options.Coupling}; allowed are an even number of rows, columns in multiples of 64, {SpinUpdate.Metropolis} and couplings above 0.",
                nameof(options));
        }

        int sites = LatticeSize.Sites(options.RowCount, options.ColumnCount);
        bool isPacked = options.IsPacked ?? options.CanBePacked;
        FinalState final = new(options.ChainCount, sites);
        Action<ChainArena>? readFinal = !options.KeepsFinalState ? null
            : isPacked ? arena => final.ReadHalves(arena, options.ColumnCount)
            : final.ReadNumbers;
        (float[][] measured, string? failure) = isPacked
            ? LatticeRun.Measure(options, new LatticeSize(sites / 32, 2, sites / 16, HoldsWords: true), engine, Packed(options), "Ising lattice", progress, cancellationToken, readFinal: readFinal)
            : LatticeRun.Measure(options, new LatticeSize(sites, 2, sites), engine, Plain(options), "Ising lattice", progress, cancellationToken, readFinal: readFinal);
        return new IsingMeasurements(options, measured[0], measured[1]) { FinalSpins = final.Sites, CheckpointFailure = failure };
    }

    private static Func<SweepRange, LatticeSweeps<IsingLattice>> Plain(IsingOptions options) => LatticeRun.Sweeps(options, new IsingLattice
    {
        RowCount = options.RowCount,
        ColumnCount = options.ColumnCount,
        Coupling = options.Coupling,
        SpinUpdate = options.Update,
    });

    private static Func<SweepRange, LatticeSweeps<PackedIsingLattice>> Packed(IsingOptions options) => LatticeRun.Sweeps(options, new PackedIsingLattice
    {
        RowCount = options.RowCount,
        ColumnCount = options.ColumnCount,
        FlipProbability = (uint)(Elementary.Exp(new Float64(-4 * options.Coupling)).Value * 4294967296.0),
    });
}

/// <summary>What was measured, integers that are exact up to 2²⁴ sites and beyond rounded to 24 bits: [measurement][chain].</summary>
/// <param name="Options">The lattices.</param>
/// <param name="PairSums">Σ s_i s_j over all pairs of neighbours: minus the energy in units of J.</param>
/// <param name="Magnetizations">Σ s_i.</param>
public sealed record IsingMeasurements(IsingOptions Options, ReadOnlyMemory<float> PairSums, ReadOnlyMemory<float> Magnetizations)
{
    /// <summary>The spins at the end of the run, ±1, where <see cref="LatticeOptions.KeepsFinalState"/> asked for them: [site][chain], sites row by row. Else empty.</summary>
    public ReadOnlyMemory<short> FinalSpins { get; init; }

    /// <summary>Why the last checkpoint that was due could not be written, such as a full disk; null where it was, or none was asked for.</summary>
    public string? CheckpointFailure { get; init; }

    /// <summary>The measurements of each lattice that were made: fewer than asked for when the run was cancelled.</summary>
    public int MeasurementCount => PairSums.Length / Options.ChainCount;

    /// <summary>Whether all measurements asked for were made.</summary>
    public bool IsComplete => MeasurementCount == Options.MeasurementCount;
}
