using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using GpuSampling.Engines;
using GpuSampling.Kernels.Tempering;
using GpuSampling.Modeling;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>A checkpoint is gone on from by its own run only, and says what is another.</summary>
public sealed class CheckpointIdentityTests : IDisposable
{
    private static readonly RunOptions Plain = new() { ChainCount = 41, WarmupCount = 10, DrawCount = 12, Thinning = 2, Seed = 8 };

    // Small enough for batches of 16 chains.
    private const long Batches = 9_200;

    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("gpusampling-").FullName, "checkpoint");

    /// <summary>Every sampler of models without discrete parameters.</summary>
    public static TheoryData<string> Samplers =>
        [.. typeof(Sampler).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Sampler)) && !type.IsAbstract && !type.IsGenericType).Select(type => type.Name)];

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public void Another_size_of_the_run_is_refused_before_its_warm_up_with_both_values()
    {
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) };
        Run(run);
        AssertRefused(run with { Thinning = 1 }, "Thinning was 2 and is 1");
        AssertRefused(run with { Thinning = 3 }, "Thinning was 2 and is 3");
        AssertRefused(run with { DrawCount = 11 }, "DrawCount was 12 and is 11");
        AssertRefused(run with { ChainCount = 40 }, "ChainCount was 41 and is 40");
        AssertRefused(run with { WarmupCount = 11 }, "WarmupCount was 10 and is 11");
        AssertRefused(run with { FirstChain = 1, Seed = ulong.MaxValue }, "FirstChain was 0 and is 1", "Seed was 8 and is 18446744073709551615");
        AssertRefused(run with { Starts = GivenStarts.At([0.5, 0, 0]) with { Jitter = 0.25 } }, "Starts was UniformStarts and is GivenStarts", "0.25");
        AssertRefused(run, 0, Posterior("v"), "Model.Outputs was x[3], u and is x[3], v");
    }

    [Fact]
    public void Another_number_of_draws_is_refused_where_chains_take_turns()
    {
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) };
        Assert.True(Run(run, memoryLimit: Batches).BatchCount > 1);
        AssertRefused(run with { DrawCount = 13 }, "DrawCount was 12 and is 13");
        AssertRefused(run with { DrawCount = 11 }, "DrawCount was 12 and is 11");
    }

    [Fact]
    public void More_draws_extend_a_run_bit_for_bit()
    {
        KeptDraws<double> expected = new(), extended = new();
        Run(Plain with { DrawCount = 30 }, expected);
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) };
        Run(run);
        SamplingResult result = Run(run with { DrawCount = 30 }, extended);
        Assert.Equal((30, 12), (result.DrawCount, result.ResumedDrawCount));
        for (int row = 0; row < DrawRows.Outputs + 4; row++)
        {
            Assert.Equal(expected.Row(row).ToArray(), extended.Row(row).ToArray());
        }
    }

    [Fact]
    public void Without_a_warm_up_samplers_and_seeds_are_told_apart()
    {
        RunOptions run = Plain with { ChainCount = 16, WarmupCount = 0, Checkpoint = new CheckpointOptions(folder) };
        Run(run, sampler: new StretchSampler());
        Assert.Throws<CheckpointException>(() => Run(run, sampler: new WalkSampler()));
        run.Checkpoint!.Delete();

        NoUTurnSampler given = new(new NoUTurnOptions { StepSize = 0.5, Scales = [1, 1, 1] });
        RunOptions started = run with { Starts = GivenStarts.At([0, 0, 0]) };
        Run(started, sampler: given);
        Assert.Throws<CheckpointException>(() => Run(started with { Seed = 9 }, sampler: given));
        Assert.Throws<CheckpointException>(() => Run(started with { Starts = GivenStarts.At([0, 0, 0.125]) }, sampler: given));
    }

    [Fact]
    public void A_checkpoint_of_fewer_chains_does_not_split_a_run()
    {
        RunOptions run = Plain with { ChainCount = 16, Checkpoint = new CheckpointOptions(folder) };
        Run(run);
        AssertRefused(run with { ChainCount = 160 }, "ChainCount was 16 and is 160");
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Every_option_of_every_sampler_tells_runs_apart(string name)
    {
        Type type = typeof(Sampler).Assembly.GetTypes().Single(one => one.Name == name);
        PropertyInfo property = type.GetProperty("Options")!;
        Type optionType = property.PropertyType;
        RunOptions run = new() { ChainCount = 32, WarmupCount = 4, DrawCount = 2, Checkpoint = new CheckpointOptions(folder), Starts = new UniformStarts() };
        Run(run, sampler: Make(null));
        PropertyInfo[] options = [.. optionType.GetProperties().Where(one => one.CanWrite)];
        Assert.NotEmpty(options);
        foreach (PropertyInfo option in options)
        {
            object changed = Activator.CreateInstance(optionType)!;
            option.SetValue(changed, Other(option, option.GetValue(changed)));
            CheckpointException refused = Assert.Throws<CheckpointException>(() => Run(run, sampler: Make(changed)));
            Assert.Contains($"{option.Name} was ", refused.Message, StringComparison.Ordinal);
            Assert.Contains(refused.Differences, one => one.Name == $"Sampler.Options.{option.Name}");
        }

        Sampler Make(object? given) => (Sampler)Activator.CreateInstance(type, given ?? Activator.CreateInstance(optionType))!;
    }

    /// <summary>A checkpoint goes on where a comma is the decimal point, and thousands of numbers do not fill a message.</summary>
    [Fact]
    public void An_identity_has_the_same_words_everywhere_and_few_of_them()
    {
        double[] numbers = [.. Enumerable.Range(0, 1000).Select(i => i + 0.5)];
        CultureInfo culture = CultureInfo.CurrentCulture;
        RunIdentity first = Of(numbers), second;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            second = Of(numbers);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.Empty(second.DifferencesFrom(first));
        numbers[^1] = Math.BitIncrement(numbers[^1]);
        CheckpointDifference difference = Assert.Single(Of(numbers).DifferencesFrom(first));
        Assert.Equal("Mean", difference.Name);
        string text = difference.ToString();
        Assert.StartsWith("Mean was [0.5, 1.5, 2.5, …, ", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 50, 300);

        static RunIdentity Of(double[] mean) => RunIdentity.Of("search", new EllipticalSliceOptions { Mean = [.. mean] }, null, []);
    }

    [Fact]
    public void The_state_of_a_sink_does_not_pass_through_memory()
    {
        const int Length = 1 << 26;
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) };
        Run(run, new LongState(0));
        run.Checkpoint!.Delete();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(run, new LongState(Length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Length / 2);
        LongState resumed = new(Length);
        Run(run, resumed);
        Assert.Equal(Length, resumed.Restored);
    }

    [Fact]
    [Trait("Category", "Exhaustive")]
    public void It_may_be_longer_than_an_array()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE") == "1", "It writes 3 GiB: set GPUSAMPLING_EXHAUSTIVE=1.");
        const long Length = 3L << 30;
        RunOptions run = Plain with { Checkpoint = new CheckpointOptions(folder) };
        Run(run, new LongState(Length));
        LongState resumed = new(Length);
        Run(run, resumed);
        Assert.Equal(Length, resumed.Restored);
    }

    private void AssertRefused(RunOptions run, params ReadOnlySpan<string> texts) => AssertRefused(run, 0, Posterior("u"), texts);

    /// <summary>Refused with these words, and after so many transitions of a warm-up.</summary>
    private static void AssertRefused(RunOptions run, int transitions, Posterior<GumbelModel> posterior, params ReadOnlySpan<string> texts)
    {
        ProgressRecord progress = new();
        CheckpointException refused = Assert.Throws<CheckpointException>(() => Run(run, posterior: posterior, progress: progress));
        foreach (string text in texts)
        {
            Assert.Contains(text, refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(transitions, progress.Reports.Count);
    }

    /// <summary>Another value of an option that every sampler takes.</summary>
    private static object Other(PropertyInfo option, object? value) => value switch
    {
        double number => (0.85 * number) + 0.1,
        int number when option.Name == "WalkersPerEnsemble" => number / 2,
        int number => number > 2 ? number - 1 : number + 1,
        bool yes => !yes,
        MetricKind => MetricKind.Diagonal,
        ImmutableArray<double> => option.Name switch
        {
            "InverseTemperatures" => ImmutableArray.Create(1.0, 0.5),
            "Cholesky" => [1.0, 0, 1, 0, 0, 2],
            _ => ImmutableArray.Create(1.0, 1, 2),
        },
        null when option.PropertyType == typeof(double?) => 0.75,
        null when option.PropertyType == typeof(int?) => 16,
        null when option.PropertyType == typeof(TemperingPath?) => TemperingPath.Reference,
        _ => throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"{option.Name} = {value}")),
    };

    private static Posterior<GumbelModel> Posterior(string lastOutput) =>
        new("gumbel", new GumbelModel(3), ModelData.Empty, new OutputShape("x", 3), new OutputShape(lastOutput));

    private static SamplingResult Run(
        RunOptions run,
        DrawSink<double>? sink = null,
        Sampler? sampler = null,
        long? memoryLimit = null,
        Posterior<GumbelModel>? posterior = null,
        IProgress<RunProgress>? progress = null)
    {
        using SimdEngine engine = memoryLimit is long limit ? new(VectorWidth.Widest, 1) { MemoryLimit = limit } : new(VectorWidth.Widest, 1);
        return (sampler ?? new HamiltonianMonteCarloSampler()).Sample(
            posterior ?? Posterior("u"), run, engine, sink ?? new KeptDraws<double>(), progress, TestContext.Current.CancellationToken);
    }

    /// <summary>Keeps nothing, and saves a state of so many bytes.</summary>
    private sealed class LongState(long length) : DrawSink<double>
    {
        private readonly byte[] block = new byte[1 << 16];
        private double[] row = [];

        public long Restored { get; private set; }

        public override bool SavesState => true;

        public override void Begin(DrawRows rows, int chainCount, int drawCount) => row = new double[chainCount];

        public override Span<double> Destination(int draw, int row, int firstChain, int count) => this.row.AsSpan(0, count);

        public override void SaveState(BinaryWriter writer)
        {
            for (long written = 0; written < length; written += block.Length)
            {
                writer.Write(block);
            }
        }

        public override void RestoreState(BinaryReader reader)
        {
            for (; Restored < length; Restored += block.Length)
            {
                reader.BaseStream.ReadExactly(block);
            }
        }
    }
}
