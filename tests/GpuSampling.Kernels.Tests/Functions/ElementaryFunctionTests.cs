using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GpuSampling.Kernels.Tests.Functions;

/// <summary>The tests that every function of one variable passes.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
public abstract class ElementaryFunctionTests<TFunction>
    where TFunction : IElementaryFunction
{
    private const int BlockLength = 1 << 16;

    private readonly Specification specification;

    protected ElementaryFunctionTests(Specification specification) => this.specification = specification;

    private static string Name => typeof(TFunction).Name;

    /// <summary>Every 4099th float (a prime, so that all low bits occur), and 4096 on either side of each breakpoint.</summary>
    [Fact]
    public void SinglesAreWithinTheBound()
    {
        WorstError worst = new(specification.Domain);
        List<float> x = new(BlockLength);
        for (long bits = 0; bits < 1L << 32; bits += 4099)
        {
            Add(BitConverter.UInt32BitsToSingle((uint)bits));
        }

        foreach (double point in specification.Breakpoints)
        {
            int center = BitConverter.SingleToInt32Bits((float)point);
            for (int offset = -4096; offset <= 4096; offset++)
            {
                Add(BitConverter.Int32BitsToSingle(center + offset));
            }
        }

        worst.Judge<TFunction>(CollectionsMarshal.AsSpan(x));
        Report("32-bit elements, samples", worst.Ulp, worst.Argument, worst.Count);
        Assert.Equal(0, worst.Failures);
        Assert.InRange(worst.Ulp, 0, specification.SingleBound);

        void Add(float value)
        {
            x.Add(value);
            if (x.Count == BlockLength)
            {
                worst.Judge<TFunction>(CollectionsMarshal.AsSpan(x));
                x.Clear();
            }
        }
    }

    /// <summary>The fast reference of the 32-bit tests is itself right: 500 floats against the slow one.</summary>
    [Fact]
    public void FastReferenceIsRight()
    {
        double[] x = [.. Samples(seed: 2, count: 500).Select(v => (double)(float)v).Where(v => double.IsFinite(v) && v != 0 && IsInDomain(v))];
        double[] values = new double[(x.Length + 7) / 8 * 8];
        double[] padded = new double[values.Length];
        x.CopyTo(padded, 0);
        TFunction.FastReference(padded, values);
        for (int i = 0; i < x.Length; i++)
        {
            BinaryReal truth = TFunction.Reference(x[i]);
            if (double.IsFinite(values[i]) && (truth.IsZero || truth.BinaryExponent > -1020))
            {
                // 2⁻⁴⁵ of the value, or 2⁻²² of a float's ulp: far below what the tests of floats resolve.
                Assert.True(
                    UlpError.OfDouble(values[i], truth) < 256,
                    $"{Name}({x[i]:R}): {values[i]:R} should be {truth}");
            }
        }
    }

    [Fact]
    public void DoublesAreWithinTheBound()
    {
        double[] x = [.. Samples(seed: 1, count: 6000)];
        double[] padded = new double[(x.Length + 7) / 8 * 8];
        x.CopyTo(padded, 0);
        double[] values = new double[padded.Length];
        Evaluation.Doubles<TFunction>(padded, values);
        double worst = 0, argument = 0;
        int failures = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double error = UlpError.OfDouble(values[i], TFunction.Reference(x[i]));
            if (double.IsNaN(error))
            {
                failures++;
                argument = x[i];
            }
            else if (error > worst && failures == 0)
            {
                (worst, argument) = (error, x[i]);
            }
        }

        Report("64-bit elements, samples", worst, argument, x.Length);
        Assert.Equal(0, failures);
        Assert.InRange(worst, 0, specification.DoubleBound);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void SpecialValuesOfSinglesAreExact(int width)
    {
        foreach ((double x, double value) in specification.SpecialValues)
        {
            float[] arguments = new float[16], values = new float[16];
            Array.Fill(arguments, Narrow(x));
            Evaluation.Singles<TFunction>(arguments, values, width);
            foreach (float actual in values)
            {
                AssertSameBits(
                    BitConverter.SingleToUInt32Bits(Narrow(value)),
                    BitConverter.SingleToUInt32Bits(actual),
                    float.IsNaN(actual) && double.IsNaN(value),
                    x);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void SpecialValuesOfDoublesAreExact(int width)
    {
        foreach ((double x, double value) in specification.SpecialValues)
        {
            double[] arguments = new double[8], values = new double[8];
            Array.Fill(arguments, x);
            Evaluation.Doubles<TFunction>(arguments, values, width);
            foreach (double actual in values)
            {
                AssertSameBits(
                    BitConverter.DoubleToUInt64Bits(value),
                    BitConverter.DoubleToUInt64Bits(actual),
                    double.IsNaN(actual) && double.IsNaN(value),
                    x);
            }
        }
    }

    [Fact]
    public void EveryWidthGivesTheSameBits()
    {
        // Bit patterns of all kinds, infinities and NaN among them, in an order that mixes the branches within a pack.
        uint state = 1;
        float[] singles = new float[1 << 16], singleValues = new float[1 << 16];
        for (int i = 0; i < singles.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            singles[i] = BitConverter.UInt32BitsToSingle(state ^ (state >> 16));
        }

        double[] samples = [.. Samples(seed: 3, count: 1 << 14)];
        for (int i = 0; i < samples.Length; i++)
        {
            singles[2 * i] = (float)samples[i];
        }

        double[] doubles = new double[1 << 15], doubleValues = new double[1 << 15];
        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = i % 2 == 0 && i / 2 < samples.Length ? samples[i / 2] : singles[i];
        }

        string[] singleHashes = [.. new[] { 1, 4, 8, 16 }.Select(width =>
        {
            Evaluation.Singles<TFunction>(singles, singleValues, width);
            return Hash(singleValues.Select(v => float.IsNaN(v) ? float.NaN : v).ToArray());
        })];
        string[] doubleHashes = [.. new[] { 1, 2, 4, 8 }.Select(width =>
        {
            Evaluation.Doubles<TFunction>(doubles, doubleValues, width);
            return Hash(doubleValues.Select(v => double.IsNaN(v) ? double.NaN : v).ToArray());
        })];

        TestContext.Current.TestOutputHelper?.WriteLine($"{Name}: 32-bit {singleHashes[0]}, 64-bit {doubleHashes[0]}");
        Assert.Single(singleHashes.Distinct());
        Assert.Single(doubleHashes.Distinct());
    }

    /// <summary>All 2³² floats: minutes. Run with GPUSAMPLING_EXHAUSTIVE=1.</summary>
    [Fact]
    [Trait("Category", "Exhaustive")]
    public void EverySingleIsWithinTheBound()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE") == "1",
            "All 2^32 floats take minutes a function: set GPUSAMPLING_EXHAUSTIVE=1 to run them.");
        const int Parts = 64;
        var parts = new WorstError[Parts];
        Parallel.For(0, Parts, part =>
        {
            WorstError worst = new(specification.Domain);
            float[] x = new float[BlockLength];
            for (long block = (1L << 32) / Parts * part; block < (1L << 32) / Parts * (part + 1); block += BlockLength)
            {
                for (int i = 0; i < BlockLength; i++)
                {
                    x[i] = BitConverter.UInt32BitsToSingle((uint)(block + i));
                }

                worst.Judge<TFunction>(x);
            }

            parts[part] = worst;
        });

        WorstError all = parts.MaxBy(p => p.Ulp)!;
        Report("32-bit elements, every float", all.Ulp, all.Argument, parts.Sum(p => p.Count));
        string? table = Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE_TABLE");
        if (table is not null)
        {
            File.AppendAllText(table, string.Create(CultureInfo.InvariantCulture, $"| {Name} | {all.Ulp:F3} | {all.Argument:R} |\n"));
        }

        Assert.Equal(0, parts.Sum(p => p.Failures));
        Assert.InRange(all.Ulp, 0, specification.SingleBound);
    }

    private static string Hash<TElement>(TElement[] values)
        where TElement : unmanaged =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<TElement>(values)))[..16];

    /// <summary>The float nearest to x; the smallest subnormal for the smallest subnormal.</summary>
    private static float Narrow(double x) =>
        Math.Abs(x) == double.Epsilon ? MathF.CopySign(float.Epsilon, (float)x) : (float)x;

    private static void AssertSameBits(ulong expected, ulong actual, bool bothNaN, double x) =>
        Assert.True(bothNaN || expected == actual, string.Create(CultureInfo.InvariantCulture, $"{Name}({x:R}): bits {actual:x} should be {expected:x}"));

    private static void Report(string what, double ulp, double argument, long count) =>
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{Name}, {what}: worst error {ulp:F3} ulp at {argument:R} of {count}"));

    private bool IsInDomain(double x) => x >= specification.Domain.Low && x <= specification.Domain.High;

    /// <summary>Finite arguments from the intervals and around the breakpoints.</summary>
    private IEnumerable<double> Samples(int seed, int count)
    {
        Random random = new(seed);
        int intervals = specification.Intervals.Length;
        for (int i = 0; i < count; i++)
        {
            (double low, double high) = specification.Intervals[i % intervals];
            if (i / intervals % 2 == 0)
            {
                double u = random.NextDouble();
                yield return (low * (1 - u)) + (high * u);
            }
            else
            {
                // Uniform among the doubles of one sign: every exponent alike.
                bool isNegative = low < 0 && (high <= 0 || random.Next(2) == 0);
                (double small, double large) = isNegative ? (high < 0 ? -high : 0, -low) : (low > 0 ? low : 0, high);
                long from = BitConverter.DoubleToInt64Bits(small), to = BitConverter.DoubleToInt64Bits(large);
                double magnitude = BitConverter.Int64BitsToDouble(random.NextInt64(from, to));
                yield return isNegative ? -magnitude : magnitude;
            }
        }

        foreach (double point in specification.Breakpoints)
        {
            long center = BitConverter.DoubleToInt64Bits(point);
            for (int offset = -20; offset <= 20; offset++)
            {
                double near = BitConverter.Int64BitsToDouble(center + offset);
                if (double.IsFinite(near) && near != 0 && IsInDomain(near))
                {
                    yield return near;
                }
            }
        }
    }

    private sealed class WorstError((double Low, double High) domain)
    {
        private float[] values = [];
        private double[] wide = [];
        private double[] truth = [];

        public double Ulp { get; private set; }

        public double Argument { get; private set; }

        public long Count { get; private set; }

        public long Failures { get; private set; }

        public void Judge<TJudged>(ReadOnlySpan<float> x)
            where TJudged : IElementaryFunction
        {
            int length = (x.Length + 15) / 16 * 16;
            if (values.Length != length)
            {
                (values, wide, truth) = (new float[length], new double[length], new double[length]);
            }

            float[] padded = new float[length];
            x.CopyTo(padded);
            for (int i = 0; i < length; i++)
            {
                wide[i] = padded[i];
            }

            Evaluation.Singles<TJudged>(padded, values);
            TJudged.FastReference(wide, truth);
            for (int i = 0; i < x.Length; i++)
            {
                // NaN is judged where no argument is excluded.
                if (!(x[i] >= domain.Low && x[i] <= domain.High) && !(float.IsNaN(x[i]) && double.IsInfinity(domain.High - domain.Low)))
                {
                    continue;
                }

                double error = UlpError.OfSingle(values[i], truth[i]);
                Count++;
                if (double.IsNaN(error))
                {
                    Failures++;
                    (Ulp, Argument) = (double.MaxValue, x[i]);
                }
                else if (error > Ulp)
                {
                    (Ulp, Argument) = (error, x[i]);
                }
            }
        }
    }
}
