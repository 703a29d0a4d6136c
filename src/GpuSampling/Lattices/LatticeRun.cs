using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Lattices;

/// <summary>The loop of sweeps and measurements that all lattices and networks share.</summary>
internal static class LatticeRun
{
    // Launches stay short enough for progress and cancellation.
    private const int WorkPerLaunch = 1 << 20;

    /// <summary>The kernel of each range of sweeps over a lattice.</summary>
    public static Func<SweepRange, LatticeSweeps<TLattice>> Sweeps<TLattice>(LatticeOptions options, TLattice lattice)
        where TLattice : struct, ILattice =>
        range => new LatticeSweeps<TLattice>
        {
            Lattice = lattice,
            Key = new StreamKey(options.Seed),
            FirstSweep = range.First,
            SweepCount = range.Count,
            MeasureInterval = range.MeasureInterval,
        };

    /// <summary>Sweeps and measures.</summary>
    /// <param name="options">For how long.</param>
    /// <param name="size">The sizes.</param>
    /// <param name="engine">Where to run.</param>
    /// <param name="kernel">Makes the kernel of a range of sweeps.</param>
    /// <param name="progress">Told the number of measurements made.</param>
    /// <param name="cancellationToken">Observed between launches.</param>
    /// <param name="data">The real data.</param>
    /// <returns>[output][measurement · chain].</returns>
    public static float[][] Measure<TKernel>(
        LatticeOptions options,
        LatticeSize size,
        Engine engine,
        Func<SweepRange, TKernel> kernel,
        IProgress<int>? progress,
        CancellationToken cancellationToken,
        ReadOnlyMemory<double> data = default)
        where TKernel : struct, IChainKernel
    {
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = Precision.Single,
            FirstChain = 0,
            ChainCount = options.ChainCount,
            StateLength = size.StateLength,
            OutputLength = size.OutputLength,
            DataReals = data,
            DataIntegers = ReadOnlyMemory<int>.Empty,
            SettingRealCount = 0,
            SettingIntegerCount = 0,
        });
        int most = Math.Max(1, WorkPerLaunch / size.SweepWork);
        uint made = 0;
        Advance(options.WarmupSweeps);
        float[][] measured = new float[size.OutputLength][];
        for (int output = 0; output < measured.Length; output++)
        {
            measured[output] = new float[(long)options.MeasurementCount * options.ChainCount];
        }

        for (int measurement = 0; measurement < options.MeasurementCount; measurement++)
        {
            Advance(options.SweepsPerMeasurement - 1);
            cancellationToken.ThrowIfCancellationRequested();
            arena.Launch(kernel(new SweepRange(made, 1, 1)), cancellationToken);
            made++;
            for (int output = 0; output < measured.Length; output++)
            {
                arena.ReadOutputRow(output, measured[output].AsSpan(measurement * options.ChainCount, options.ChainCount));
            }

            progress?.Report(measurement + 1);
        }

        return measured;

        void Advance(int sweeps)
        {
            while (sweeps > 0)
            {
                int count = Math.Min(sweeps, most);
                arena.Launch(kernel(new SweepRange(made, count, 0)), cancellationToken);
                arena.Synchronize();
                made += (uint)count;
                sweeps -= count;
            }
        }
    }
}

/// <summary>The sizes of a lattice or network.</summary>
/// <param name="StateLength">Rows of state.</param>
/// <param name="OutputLength">Numbers of a measurement.</param>
/// <param name="SweepWork">The work of a sweep, in updates of a site.</param>
internal readonly record struct LatticeSize(int StateLength, int OutputLength, int SweepWork);

/// <summary>Some sweeps in a row.</summary>
/// <param name="First">The number of the first.</param>
/// <param name="Count">How many.</param>
/// <param name="MeasureInterval">Measure after every so many; 0 never.</param>
internal readonly record struct SweepRange(uint First, int Count, int MeasureInterval);
