using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using GpuSampling.Engines;
using GpuSampling.Random;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace GpuSampling.Benchmarks.Random;

/// <summary>
/// Fills of 16384 numbers on one thread, as a ladder of register widths, beside System.Random and MathNet.Numerics. The peers
/// generate what they offer: doubles only in MathNet, no normal numbers in System.Random.
/// </summary>
[InProcess]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class FillBenchmarks
{
    private const int Length = 16384;
    private readonly uint[] words = new uint[Length];
    private readonly float[] singles = new float[Length];
    private readonly double[] doubles = new double[Length];
    private readonly int[] integers = new int[Length];
    private readonly RandomStream stream = new(42);
    private readonly System.Random seeded = new(42);
    private readonly System.Random unseeded = new();
    private readonly Xoshiro256StarStar mathNet = new(42, threadSafe: false);

    public static IEnumerable<RandomFillOptions> Widths =>
        VectorWidths.Present.Select(width => new RandomFillOptions { Width = width });

    [Benchmark, BenchmarkCategory("words"), ArgumentsSource(nameof(Widths))]
    public RandomStream Words(RandomFillOptions options) => stream.FillBits(words, options);

    [Benchmark, BenchmarkCategory("words")]
    public void WordsSystemRandom() => unseeded.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));

    [Benchmark, BenchmarkCategory("words")]
    public void WordsSystemRandomSeeded() => seeded.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));

    [Benchmark, BenchmarkCategory("float uniform"), ArgumentsSource(nameof(Widths))]
    public RandomStream Uniform(RandomFillOptions options) => stream.FillUniform(singles, options);

    [Benchmark, BenchmarkCategory("float uniform")]
    public void UniformSystemRandom()
    {
        for (int i = 0; i < Length; i++)
        {
            singles[i] = unseeded.NextSingle();
        }
    }

    [Benchmark, BenchmarkCategory("float normal"), ArgumentsSource(nameof(Widths))]
    public RandomStream Normals(RandomFillOptions options) => stream.FillNormal(singles, options: options);

    [Benchmark, BenchmarkCategory("float exponential"), ArgumentsSource(nameof(Widths))]
    public RandomStream Exponentials(RandomFillOptions options) => stream.FillExponential(singles, options: options);

    [Benchmark, BenchmarkCategory("integers below 1000"), ArgumentsSource(nameof(Widths))]
    public RandomStream Integers(RandomFillOptions options) => stream.FillIntegers(integers, 0, 1000, options);

    [Benchmark, BenchmarkCategory("integers below 1000")]
    public void IntegersSystemRandom()
    {
        for (int i = 0; i < Length; i++)
        {
            integers[i] = unseeded.Next(1000);
        }
    }

    [Benchmark, BenchmarkCategory("double uniform"), ArgumentsSource(nameof(Widths))]
    public RandomStream UniformDoubles(RandomFillOptions options) => stream.FillUniform(doubles, options);

    [Benchmark, BenchmarkCategory("double uniform")]
    public void UniformDoublesMathNet() => ContinuousUniform.Samples(mathNet, doubles, 0, 1);

    [Benchmark, BenchmarkCategory("double normal"), ArgumentsSource(nameof(Widths))]
    public RandomStream NormalDoubles(RandomFillOptions options) => stream.FillNormal(doubles, options: options);

    [Benchmark, BenchmarkCategory("double normal")]
    public void NormalDoublesMathNet() => Normal.Samples(mathNet, doubles, 0, 1);

    [Benchmark, BenchmarkCategory("double exponential"), ArgumentsSource(nameof(Widths))]
    public RandomStream ExponentialDoubles(RandomFillOptions options) => stream.FillExponential(doubles, options: options);

    [Benchmark, BenchmarkCategory("double exponential")]
    public void ExponentialDoublesMathNet() => Exponential.Samples(mathNet, doubles, 1);
}
