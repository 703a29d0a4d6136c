using System.Runtime.InteropServices;
using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Numerics;
using GpuSampling.Sampling;

namespace GpuSampling.Lattices;

/// <summary>The loop of sweeps and measurements that all lattices and networks share.</summary>
internal static class LatticeRun
{
    // Launches stay short enough for progress and cancellation.
    private const int WorkPerLaunch = 1 << 20;

    /// <summary>The kernel of each range of sweeps over a lattice.</summary>
    public static Func<SweepRange, LatticeSweeps<TLattice>> Sweeps<TLattice>(SweepOptions options, TLattice lattice)
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
    /// <param name="readFinal">Reads the state at the end, of numbers or of halves of words; null: nobody wants it.</param>
    /// <returns>What was measured: fewer measurements than asked for where the run was cancelled after the first, without a checkpoint to go on from.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The measurements exceed what an array or the machine's memory holds.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first measurement, or with a checkpoint, which is written before.</exception>
    public static LatticeOutcome Measure<TKernel>(
        SweepOptions options,
        LatticeSize size,
        Engine engine,
        Func<SweepRange, TKernel> kernel,
        string kind,
        IProgress<int>? progress,
        CancellationToken cancellationToken,
        ReadOnlyMemory<double> data = default,
        Action<ChainArena>? readFinal = null)
        where TKernel : struct, IChainKernel
    {
        CheckMeasurements(options, size.OutputLength);
        bool hasHalves = options.Checkpoint is not null || readFinal is not null;
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = Precision.Single,
            FirstChain = 0,
            ChainCount = options.ChainCount,
            StateLength = hasHalves ? LatticeCheckpoints.StateLength(size) : size.StateLength,
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
                bool goesOn = checkpoints is not null && checkpoints.Write(sweeps, measurements);
                if (goesOn || measurements == 0)
                {
                    throw checkpoints?.Stopped(cancellationToken) ?? new OperationCanceledException(cancellationToken);
                }

                // What was measured is worth having.
                measured = Array.ConvertAll(measured, output => output[..(measurements * options.ChainCount)]);
                break;
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

        if (readFinal is not null)
        {
            if (size.HoldsWords)
            {
                arena.Launch(new WordHalves { WordCount = size.StateLength });
            }

            readFinal(arena);
        }

        return new LatticeOutcome(measured, checkpoints?.Failure);
    }

    private static void CheckMeasurements(SweepOptions options, int outputs)
    {
        long count = (long)options.MeasurementCount * options.ChainCount;
        HostMemory.DemandArray(
            count, $"{options.ChainCount} chains times {options.MeasurementCount} measurements", "measure less often or fewer chains", nameof(SweepOptions.MeasurementCount), options.MeasurementCount);
        HostMemory.Demand(
            (double)count * outputs * sizeof(float), "Keeping every measurement", "measure less often or fewer chains", nameof(SweepOptions.MeasurementCount), options.MeasurementCount);
    }
}

/// <summary>What a run came to.</summary>
/// <param name="Measured">[output][measurement · chain].</param>
/// <param name="CheckpointFailure">Why the last checkpoint that was due could not be written; null where it was, or none was asked for.</param>
internal readonly record struct LatticeOutcome(float[][] Measured, string? CheckpointFailure);

/// <summary>The sizes of a lattice or network.</summary>
/// <param name="StateLength">Rows of state.</param>
/// <param name="OutputLength">Numbers of a measurement.</param>
/// <param name="SweepWork">The work of a sweep, in updates of a site.</param>
/// <param name="HoldsWords">Whether the state is words of bits, not numbers.</param>
internal readonly record struct LatticeSize(int StateLength, int OutputLength, int SweepWork, bool HoldsWords = false)
{
    /// <summary>The most sites of a row or column: all of two.</summary>
    public const int LongestSide = MostSites / 2;

    // Twice as many bonds are counted in a word with a sign.
    private const int MostSites = 1 << 29;

    /// <summary>The sites of a lattice.</summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public static int Sites(int rowCount, int columnCount) => (long)rowCount * columnCount <= MostSites
        ? rowCount * columnCount
        : throw new ArgumentException($"The lattice has {rowCount} rows and {columnCount} columns; allowed are at most {MostSites} sites.", nameof(rowCount));
}

/// <summary>Some sweeps in a row.</summary>
/// <param name="First">The number of the first.</param>
/// <param name="Count">How many.</param>
/// <param name="MeasureInterval">Measure after every so many; 0 never.</param>
internal readonly record struct SweepRange(uint First, int Count, int MeasureInterval);
