using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Lattices;

/// <summary>Simulates many Ising lattices at once, with the same spins on every engine.</summary>
/// <remarks>
/// Checkerboard updates; one lattice a lane or GPU thread. Near the critical coupling lattices larger than a few dozen sites a side take
/// very many sweeps to forget their start.
/// </remarks>
public static class IsingSampler
{
    // Launches stay short enough for progress and cancellation.
    private const int SitesPerLaunch = 1 << 20;

    /// <summary>Simulates and measures.</summary>
    /// <param name="options">The lattices.</param>
    /// <param name="engine">Where to run.</param>
    /// <param name="progress">Told the number of measurements made.</param>
    /// <param name="cancellationToken">Observed between launches.</param>
    /// <exception cref="InsufficientEngineMemoryException">The lattices do not fit the engine's memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IsingMeasurements Sample(
        IsingOptions options, Engine engine, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(engine);
        int sites = options.RowCount * options.ColumnCount;
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = Precision.Single,
            FirstChain = 0,
            ChainCount = options.ChainCount,
            StateLength = sites,
            OutputLength = 2,
            DataReals = ReadOnlyMemory<double>.Empty,
            DataIntegers = ReadOnlyMemory<int>.Empty,
            SettingRealCount = 0,
            SettingIntegerCount = 0,
        });
        IsingSweep sweep = new()
        {
            RowCount = options.RowCount,
            ColumnCount = options.ColumnCount,
            Coupling = options.Coupling,
            Update = options.Update,
            Key = new StreamKey(options.Seed),
        };
        int most = Math.Max(1, SitesPerLaunch / sites);
        uint made = 0;
        Advance(options.WarmupSweeps);
        float[] pairSums = new float[(long)options.MeasurementCount * options.ChainCount];
        float[] magnetizations = new float[pairSums.Length];
        for (int measurement = 0; measurement < options.MeasurementCount; measurement++)
        {
            Advance(options.SweepsPerMeasurement - 1);
            cancellationToken.ThrowIfCancellationRequested();
            arena.Launch(sweep with { FirstSweep = made, SweepCount = 1, MeasureInterval = 1 }, cancellationToken);
            made++;
            int start = measurement * options.ChainCount;
            arena.ReadOutputRow(0, pairSums.AsSpan(start, options.ChainCount));
            arena.ReadOutputRow(1, magnetizations.AsSpan(start, options.ChainCount));
            progress?.Report(measurement + 1);
        }

        return new IsingMeasurements(options, pairSums, magnetizations);

        void Advance(int sweeps)
        {
            while (sweeps > 0)
            {
                int count = Math.Min(sweeps, most);
                arena.Launch(sweep with { FirstSweep = made, SweepCount = count, MeasureInterval = 0 }, cancellationToken);
                arena.Synchronize();
                made += (uint)count;
                sweeps -= count;
            }
        }
    }
}

/// <summary>What was measured, exact integers: [measurement][chain].</summary>
/// <param name="Options">The lattices.</param>
/// <param name="PairSums">Σ s_i s_j over all pairs of neighbours: minus the energy in units of J.</param>
/// <param name="Magnetizations">Σ s_i.</param>
public sealed record IsingMeasurements(IsingOptions Options, ReadOnlyMemory<float> PairSums, ReadOnlyMemory<float> Magnetizations);
