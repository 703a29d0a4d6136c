using System.Runtime.InteropServices;
using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Sampling;

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
    /// <param name="kind">What tells the run from others, beside <paramref name="options"/> and data: its kind, and sizes that are no options.</param>
    /// <param name="progress">Told the number of measurements made.</param>
    /// <param name="cancellationToken">Observed between launches.</param>
    /// <param name="data">The real data.</param>
    /// <returns>[output][measurement · chain].</returns>
    public static float[][] Measure<TKernel>(
        LatticeOptions options,
        LatticeSize size,
        Engine engine,
        Func<SweepRange, TKernel> kernel,
        string kind,
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
            StateLength = options.Checkpoint is null ? size.StateLength : LatticeCheckpoints.StateLength(size),
            OutputLength = size.OutputLength,
            DataReals = data,
            DataIntegers = ReadOnlyMemory<int>.Empty,
            SettingRealCount = 0,
            SettingIntegerCount = 0,
        });
        float[][] measured = new float[size.OutputLength][];
        for (int output = 0; output < measured.Length; output++)
        {
            measured[output] = new float[(long)options.MeasurementCount * options.ChainCount];
        }

        using LatticeCheckpoints? checkpoints = options.Checkpoint is null
            ? null
            : new LatticeCheckpoints(options.Checkpoint, RunIdentity.Of(kind, options, null, MemoryMarshal.AsBytes(data.Span)), size, arena);
        (uint sweeps, int measurements) = checkpoints?.Restore(measured) ?? (0, 0);
        int most = Math.Max(1, WorkPerLaunch / size.SweepWork);
        while (measurements < options.MeasurementCount)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                checkpoints?.Write(sweeps, measurements);
                cancellationToken.ThrowIfCancellationRequested();
            }

            // The sweep that is measured has a launch of its own.
            long before = options.WarmupSweeps + ((measurements + 1L) * options.SweepsPerMeasurement) - 1 - sweeps;
            if (before > 0)
            {
                int count = (int)Math.Min(before, most);
                arena.Launch(kernel(new SweepRange(sweeps, count, 0)), CancellationToken.None);
                arena.Synchronize();
                sweeps += (uint)count;
            }
            else
            {
                arena.Launch(kernel(new SweepRange(sweeps, 1, 1)), CancellationToken.None);
                sweeps++;
                for (int output = 0; output < measured.Length; output++)
                {
                    arena.ReadOutputRow(output, measured[output].AsSpan(measurements * options.ChainCount, options.ChainCount));
                }

                checkpoints?.Append(measured, measurements);
                measurements++;
                progress?.Report(measurements);
            }

            if (checkpoints is not null && (checkpoints.IsDue || measurements == options.MeasurementCount))
            {
                checkpoints.Write(sweeps, measurements);
            }
        }

        return measured;
    }
}

/// <summary>The sizes of a lattice or network.</summary>
/// <param name="StateLength">Rows of state.</param>
/// <param name="OutputLength">Numbers of a measurement.</param>
/// <param name="SweepWork">The work of a sweep, in updates of a site.</param>
/// <param name="HoldsWords">Whether the state is words of bits, not numbers.</param>
internal readonly record struct LatticeSize(int StateLength, int OutputLength, int SweepWork, bool HoldsWords = false);

/// <summary>Some sweeps in a row.</summary>
/// <param name="First">The number of the first.</param>
/// <param name="Count">How many.</param>
/// <param name="MeasureInterval">Measure after every so many; 0 never.</param>
internal readonly record struct SweepRange(uint First, int Count, int MeasureInterval);
