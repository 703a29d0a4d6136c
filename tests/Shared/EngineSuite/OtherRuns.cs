using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Lattices;
using GpuSampling.Models;
using GpuSampling.Optimization;
using GpuSampling.Sampling;

namespace GpuSampling.TestSupport.EngineSuite;

/// <summary>Short runs of what does not sample any posterior: lattices, networks, models with discrete parameters, the search for modes.</summary>
internal static class OtherRuns
{
    /// <summary>The names.</summary>
    public static string[] Names { get; } = ["ising-metropolis", "ising-heat-bath", "ising-packed", "ising-packed-resumed", "potts", "boltzmann-machine", "gibbs-hmc", "gibbs-hmc-double", "modes", "modes-single", .. SuiteStarts.Names.Select(name => "starts-" + name)];

    /// <summary>The hash of all that a run tells.</summary>
    public static string Hash(string name, Engine engine) => name switch
    {
        "ising-metropolis" => Ising(engine, new() { RowCount = 5, ColumnCount = 6, Update = SpinUpdate.Metropolis }),
        "ising-heat-bath" => Ising(engine, new() { RowCount = 4, ColumnCount = 7, Update = SpinUpdate.HeatBath }),
        "ising-packed" => Ising(engine, new() { RowCount = 4, ColumnCount = 128, IsPacked = true }),
        "ising-packed-resumed" => Resumed(engine, new() { RowCount = 4, ColumnCount = 128, IsPacked = true }),
        "potts" => Potts(engine),
        "boltzmann-machine" => Network(engine),
        "gibbs-hmc" => DrawBits.Hash(Mixture<float>(engine)),
        "gibbs-hmc-double" => DrawBits.Hash(Mixture<double>(engine)),
        "modes" => Modes(engine, Precision.Double),
        "modes-single" => Modes(engine, Precision.Single),
        _ when name.StartsWith("starts-", StringComparison.Ordinal) => Starts(SuiteStarts.Find(name["starts-".Length..]), engine),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"Allowed: {string.Join(", ", Names)}."),
    };

    private static string Ising(Engine engine, IsingOptions options)
    {
        IsingMeasurements measured = IsingSampler.Sample(
            options with { ChainCount = 21, WarmupSweeps = 3, MeasurementCount = 4, SweepsPerMeasurement = 2, Seed = 0x0123456789ABCDEF },
            engine,
            cancellationToken: TestContext.Current.CancellationToken);
        return HashOf(measured.PairSums, measured.Magnetizations);
    }

    /// <summary>Stopped after a measurement, gone on with, and the same as in one go.</summary>
    private static string Resumed(Engine engine, IsingOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("gpusampling-").FullName;
        try
        {
            using CancellationTokenSource source = new();
            IsingOptions checkpointed = options with { ChainCount = 21, WarmupSweeps = 3, MeasurementCount = 4, SweepsPerMeasurement = 2, Seed = 0x0123456789ABCDEF, Checkpoint = new CheckpointOptions(folder) };
            Assert.Throws<OperationCanceledException>(() => IsingSampler.Sample(checkpointed, engine, new Stopper(source), source.Token));
            string resumed = Ising(engine, checkpointed);
            Assert.Equal(Ising(engine, options), resumed);
            return resumed;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Potts(Engine engine)
    {
        PottsMeasurements measured = PottsSampler.Sample(
            new() { RowCount = 5, ColumnCount = 4, ColourCount = 4, ChainCount = 21, WarmupSweeps = 3, MeasurementCount = 4, Seed = 7 },
            engine,
            cancellationToken: TestContext.Current.CancellationToken);
        return HashOf(measured.EqualPairs, measured.CommonestCounts);
    }

    private static string Network(Engine engine)
    {
        RestrictedBoltzmannMachine machine = new(
            new double[,] { { 1.2, -0.7 }, { -0.5, 0.9 }, { 0.8, 0.2 }, { -1.1, -0.3 }, { 0.4, 2.0 } }, [0.2, -0.4, 0.1, 0.7, -1], [-0.3, 0.5]);
        RestrictedBoltzmannStates states = machine.Sample(
            new() { ChainCount = 21, WarmupSweeps = 3, MeasurementCount = 6, Seed = 7 }, engine, cancellationToken: TestContext.Current.CancellationToken);
        return HashOf([.. states.Visible, .. states.Hidden]);
    }

    private static KeptDraws<TElement> Mixture<TElement>(Engine engine)
        where TElement : unmanaged => new GibbsHamiltonianSampler<MixtureAssignmentsModel>().Sample<TElement>(
            MixtureAssignments.Posterior([-2.6, -0.8, 0.4, 1.1, 2.3], 0.3, (1.2, 0.8), (-1, 2), (1.5, 2)),
            new RunOptions { ChainCount = 21, WarmupCount = 24, DrawCount = 4, Seed = 5 },
            engine,
            cancellationToken: TestContext.Current.CancellationToken).Draws;

    /// <summary>In both precisions a few transitions from the starts.</summary>
    private static string Starts(ChainStarts starts, Engine engine)
    {
        RunOptions run = new() { ChainCount = 21, WarmupCount = 2, DrawCount = 2, Seed = 6, FirstChain = 40, Starts = starts };
        HamiltonianMonteCarloSampler sampler = new(new() { MaximumLeapfrogCount = 5 });
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        return DrawBits.Hash(sampler.Sample<float>(EightSchools.Posterior(), run, engine, cancellationToken: cancellation).Draws)
            + DrawBits.Hash(sampler.Sample<double>(EightSchools.Posterior(), run, engine, cancellationToken: cancellation).Draws);
    }

    private static string Modes(Engine engine, Precision precision) => string.Join(';', SimulatedAnnealing.FindModes(
        SuitePosteriors.Find("banana"), new() { ChainCount = 5, TransitionCount = 40, Precision = precision }, engine, cancellationToken: TestContext.Current.CancellationToken)
        .Modes.Select(mode => $"{mode.LogDensity:R} {string.Join(' ', mode.Position.Select(one => one.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))} {mode.Outputs[1]:R} {mode.ChainCount}"));

    private static string HashOf(params ReadOnlySpan<ReadOnlyMemory<float>> rows)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<float> row in rows)
        {
            hash.AppendData(MemoryMarshal.AsBytes(row.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class Stopper(CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value) => source.Cancel();
    }
}
