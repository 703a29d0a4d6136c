using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Lattices;
using GpuSampling.Modeling;
using GpuSampling.Optimization;
using GpuSampling.Sampling;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Models.Tests.Checkpoints;

/// <summary>Lattices, networks and searches for modes that break off at launch after launch and go on, against the same in one go.</summary>
public sealed class OtherCheckpointTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("gpusampling-").FullName, "checkpoint");

    /// <summary>Where measurements are many sweeps apart, those are several launches.</summary>
    public static TheoryData<string> Runs => ["ising", "ising heat bath", "ising packed", "potts", "boltzmann machine", "modes", "modes single"];

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Theory]
    [MemberData(nameof(Runs))]
    public void Broken_off_again_and_again_on_one_engine_after_another_the_results_are_the_same(string name)
    {
        using SimdEngine one = new(VectorWidth.Widest, 1);
        float[][] expected = Run(name, one, null);
        VectorWidth[] widths = [.. VectorWidths.Present];
        float[][]? actual = null;
        int crashes = 0;
        while (actual is null)
        {
            // Enough launches to get on by one, or a few more.
            using CrashingEngine engine = new(widths[crashes % widths.Length], 3 + (crashes % 3));
            try
            {
                actual = Run(name, engine, new CheckpointOptions(folder) { Interval = TimeSpan.Zero });
            }
            catch (InvalidOperationException)
            {
                crashes++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{crashes} crashes");
        Assert.True(crashes > 2);
        Assert.Equal(expected, actual);

        // A finished run gives its results again, with not a sweep more, and another run is refused.
        using CrashingEngine idle = new(VectorWidth.Widest, 4);
        Assert.Equal(expected, Run(name, idle, new CheckpointOptions(folder)));
        Assert.NotEqual(expected, Run(name, one, null, seed: 9));
        CheckpointException refused = Assert.Throws<CheckpointException>(() => Run(name, one, new CheckpointOptions(folder), seed: 9));
        Assert.Contains("another run", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_leaves_a_checkpoint_that_others_cannot_use()
    {
        // A minute between checkpoints: none but the one at the stop.
        IsingOptions options = new() { ChainCount = 5, RowCount = 4, ColumnCount = 6, MeasurementCount = 9, Checkpoint = new CheckpointOptions(folder) };
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => IsingSampler.Sample(options, engine, new Canceller(source, 4), source.Token));
        List<int> reports = [];
        IsingMeasurements resumed = IsingSampler.Sample(options, engine, new Recorder(reports), TestContext.Current.CancellationToken);
        Assert.Equal([5, 6, 7, 8, 9], reports);
        Assert.Equal(
            IsingSampler.Sample(options with { Checkpoint = null }, engine, cancellationToken: TestContext.Current.CancellationToken).PairSums.ToArray(),
            resumed.PairSums.ToArray());
        foreach (IsingOptions other in (IsingOptions[])
            [options with { Coupling = 0.41 }, options with { RowCount = 6, ColumnCount = 4 }, options with { WarmupSweeps = 1 }, options with { Update = SpinUpdate.HeatBath },
                options with { MeasurementCount = 10 }, options with { SweepsPerMeasurement = 2 }, options with { ChainCount = 6 }])
        {
            Assert.Throws<CheckpointException>(() => IsingSampler.Sample(other, engine, cancellationToken: TestContext.Current.CancellationToken));
        }

        // That of a sampler, a damaged one, and one whose measurements are gone.
        string state = Path.Combine(folder, "checkpoint.bin");
        byte[] bytes = File.ReadAllBytes(state);
        bytes[^50] ^= 1;
        File.WriteAllBytes(state, bytes);
        Assert.Contains("damaged", Refusal(options, engine), StringComparison.Ordinal);
        bytes[^50] ^= 1;
        File.WriteAllBytes(state, bytes);
        File.WriteAllBytes(Path.Combine(folder, "draws.log"), [1, 2]);
        Assert.Contains("does not go with", Refusal(options, engine), StringComparison.Ordinal);
        options.Checkpoint.Delete();
        Assert.False(Directory.Exists(folder));
        new HamiltonianMonteCarloSampler().Sample<float>(
            SuitePosteriors.Find("banana"), new RunOptions { ChainCount = 3, WarmupCount = 5, DrawCount = 2, Checkpoint = options.Checkpoint }, engine, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("no checkpoint", Refusal(options, engine), StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_of_a_network_and_the_model_of_a_search_are_part_of_the_run()
    {
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        RestrictedBoltzmannOptions network = new() { ChainCount = 4, MeasurementCount = 2, Checkpoint = new CheckpointOptions(folder) };
        new RestrictedBoltzmannMachine(new double[,] { { 1 } }, [0], [0]).Sample(network, engine, cancellationToken: cancellation);
        Assert.Throws<CheckpointException>(
            () => new RestrictedBoltzmannMachine(new double[,] { { 1.5 } }, [0], [0]).Sample(network, engine, cancellationToken: cancellation));
        network.Checkpoint.Delete();
        SimulatedAnnealingOptions search = new() { ChainCount = 4, TransitionCount = 8, Checkpoint = network.Checkpoint };
        Posterior model = new ScaledNormal { scale = 1 }.ToPosterior(), other = new ScaledNormal { scale = 2 }.ToPosterior();
        SimulatedAnnealing.FindModes(model, search, engine, cancellationToken: cancellation);
        Assert.Throws<CheckpointException>(() => SimulatedAnnealing.FindModes(other, search, engine, cancellationToken: cancellation));
        Assert.Throws<CheckpointException>(
            () => SimulatedAnnealing.FindModes(model, search with { TargetAcceptance = 0.7 }, engine, cancellationToken: cancellation));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_checkpoint_that_cannot_be_written_ends_no_run(string name)
    {
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        CheckpointOptions blocked = new(folder) { Interval = TimeSpan.Zero };
        Directory.CreateDirectory(Path.Combine(folder, "checkpoint.bin.new"));
        Assert.Equal(Run(name, engine, null), Run(name, engine, blocked));
        Assert.False(File.Exists(Path.Combine(folder, "checkpoint.bin")));
    }

    [Fact]
    public void Its_result_tells_why()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        CheckpointOptions checkpoint = new(folder) { Interval = TimeSpan.Zero };
        IsingOptions ising = new() { ChainCount = 5, RowCount = 4, ColumnCount = 6, MeasurementCount = 9, Checkpoint = checkpoint };
        PottsOptions potts = new() { ChainCount = 5, RowCount = 4, ColumnCount = 6, MeasurementCount = 2, Checkpoint = checkpoint };
        RestrictedBoltzmannOptions network = new() { ChainCount = 4, MeasurementCount = 2, Checkpoint = checkpoint };
        SimulatedAnnealingOptions search = new() { ChainCount = 4, TransitionCount = 8, Checkpoint = checkpoint };
        Func<string?>[] runs =
        [
            () => IsingSampler.Sample(ising, engine, cancellationToken: cancellation).CheckpointFailure,
            () => PottsSampler.Sample(potts, engine, cancellationToken: cancellation).CheckpointFailure,
            () => new RestrictedBoltzmannMachine(new double[,] { { 1 } }, [0], [0]).Sample(network, engine, cancellationToken: cancellation).CheckpointFailure,
            () => SimulatedAnnealing.FindModes(new ScaledNormal { scale = 1 }.ToPosterior(), search, engine, cancellationToken: cancellation).CheckpointFailure,
        ];
        string aside = Path.Combine(folder, "checkpoint.bin.new");
        foreach (Func<string?> run in runs)
        {
            Directory.CreateDirectory(aside);
            Assert.Contains("checkpoint.bin.new", run(), StringComparison.Ordinal);
            Directory.Delete(aside);
            Assert.Null(run());
            checkpoint.Delete();
        }

        // Measurements whose file is gone are gone, though the next state could be written.
        Assert.Contains("draws.log was removed", IsingSampler.Sample(ising, engine, new Interruption(4, () => File.Delete(Path.Combine(folder, "draws.log"))), cancellation).CheckpointFailure, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_without_a_checkpoint_lattices_keep_what_they_measured_and_a_search_says_why_it_cannot_go_on()
    {
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        CheckpointOptions checkpoint = new(folder);
        Directory.CreateDirectory(Path.Combine(folder, "checkpoint.bin.new"));
        IsingOptions ising = new() { ChainCount = 5, RowCount = 4, ColumnCount = 6, MeasurementCount = 9, Checkpoint = checkpoint };
        using CancellationTokenSource first = new(), second = new();
        IsingMeasurements measured = IsingSampler.Sample(ising, engine, new Canceller(first, 4), first.Token);
        Assert.Equal(4, measured.MeasurementCount);
        Assert.NotNull(measured.CheckpointFailure);
        SimulatedAnnealingOptions search = new() { ChainCount = 4, TransitionCount = 4000, Checkpoint = checkpoint };
        OperationCanceledException stopped = Assert.Throws<OperationCanceledException>(() => SimulatedAnnealing.FindModes(
            new ScaledNormal { scale = 1 }.ToPosterior(), search, engine, new Interruption(0, second.Cancel), second.Token));
        Assert.Contains("checkpoint.bin.new", stopped.InnerException?.Message, StringComparison.Ordinal);
        Assert.Equal(second.Token, stopped.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_folder_that_cannot_be_written_is_refused_before_any_work(string name)
    {
        using CrashingEngine idle = new(VectorWidth.Widest, 4);
        File.WriteAllText(folder, "a file");
        CheckpointException refused = Assert.Throws<CheckpointException>(() => Run(name, idle, new CheckpointOptions(folder)));
        Assert.StartsWith($"Checkpoints cannot be written to {folder}: ", refused.Message, StringComparison.Ordinal);
    }

    private static string Refusal(IsingOptions options, Engine engine) => Assert.Throws<CheckpointException>(
        () => IsingSampler.Sample(options, engine, cancellationToken: TestContext.Current.CancellationToken)).Message;

    private static float[][] Run(string name, Engine engine, CheckpointOptions? checkpoint, ulong seed = 8)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        IsingOptions ising = new() { ChainCount = 19, MeasurementCount = 3, Seed = seed, Checkpoint = checkpoint };
        switch (name)
        {
            case "ising":
                return Ising(ising with { RowCount = 64, ColumnCount = 62, WarmupSweeps = 300, SweepsPerMeasurement = 540 });
            case "ising heat bath":
                return Ising(ising with { RowCount = 16, ColumnCount = 5, WarmupSweeps = 20, MeasurementCount = 30, Update = SpinUpdate.HeatBath });
            case "ising packed":
                return Ising(ising with { RowCount = 128, ColumnCount = 128, WarmupSweeps = 1000, SweepsPerMeasurement = 2200, IsPacked = true });
            case "potts":
                PottsMeasurements potts = PottsSampler.Sample(
                    new() { RowCount = 15, ColumnCount = 16, ColourCount = 256, ChainCount = 19, WarmupSweeps = 20, MeasurementCount = 3, SweepsPerMeasurement = 40, Seed = seed, Checkpoint = checkpoint },
                    engine,
                    cancellationToken: cancellation);
                return [potts.EqualPairs.ToArray(), potts.CommonestCounts.ToArray()];
            case "boltzmann machine":
                RestrictedBoltzmannMachine machine = new(
                    new double[,] { { 1.2, -0.7 }, { -0.5, 0.9 }, { 0.8, 0.2 }, { -1.1, -0.3 }, { 0.4, 2.0 } }, [0.2, -0.4, 0.1, 0.7, -1], [-0.3, 0.5]);
                RestrictedBoltzmannStates states = machine.Sample(
                    new() { ChainCount = 19, WarmupSweeps = 3, MeasurementCount = 40, Seed = seed, Checkpoint = checkpoint }, engine, cancellationToken: cancellation);
                return [.. states.Visible.Concat(states.Hidden).Select(unit => unit.ToArray())];
            default:
                SimulatedAnnealingOptions options = new()
                {
                    ChainCount = 19,
                    TransitionCount = 160,
                    Seed = seed,
                    Precision = name == "modes" ? Precision.Double : Precision.Single,
                    Checkpoint = checkpoint,
                };
                return [.. SimulatedAnnealing.FindModes(SuitePosteriors.Find("banana"), options, engine, cancellationToken: cancellation).Modes.Select(Numbers)];
        }

        float[][] Ising(IsingOptions options)
        {
            IsingMeasurements measured = IsingSampler.Sample(options, engine, cancellationToken: cancellation);
            return [measured.PairSums.ToArray(), measured.Magnetizations.ToArray()];
        }
    }

    // The halves of the bits of each number: no bit may differ.
    private static float[] Numbers(Mode mode) =>
        [.. mode.Position.Concat(mode.Outputs).Append(mode.LogDensity).Append(mode.ChainCount).SelectMany(Halves)];

    private static IEnumerable<float> Halves(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        return Enumerable.Range(0, 4).Select(quarter => (float)((bits >> (16 * quarter)) & 0xFFFF));
    }

    private sealed class Canceller(CancellationTokenSource source, int after) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == after)
            {
                source.Cancel();
            }
        }
    }

    /// <summary>Does something when so much is done, or more, once.</summary>
    private sealed class Interruption(int after, Action action) : IProgress<int>
    {
        private bool isDone;

        public void Report(int value)
        {
            if (!isDone && value >= after)
            {
                isDone = true;
                action();
            }
        }
    }

    private sealed class Recorder(List<int> reports) : IProgress<int>
    {
        public void Report(int value) => reports.Add(value);
    }
}

/// <summary>A normal distribution.</summary>
[Model]
public sealed partial class ScaledNormal
{
    /// <summary>Its standard deviation.</summary>
    [Data]
    public required double scale;

    [Parameter] private double x;

    private double LogDensity() => Density.Normal(x, 0, scale);
}
