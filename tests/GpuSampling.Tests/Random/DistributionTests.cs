using GpuSampling.Benchmarks.Random.Quality;
using GpuSampling.Random;

#pragma warning disable xUnit1051 // the fills take milliseconds

namespace GpuSampling.Tests.Random;

/// <summary>
/// The filled-in numbers have the distributions that they should: 10⁷ numbers a test, fixed seeds. Each probability is compared
/// with 10⁻⁶, so the false-alarm rate of a test was at most a few times that when its seed was chosen.
/// </summary>
public class DistributionTests
{
    private const int Count = 10_000_000;
    private const double Failure = 1e-6;
    private static readonly RandomFillOptions AllCores = new() { ThreadCount = 0 };

    private static readonly double[] Doubles = new double[Count];

    [Theory]
    [InlineData("uniform")]
    [InlineData("normal")]
    [InlineData("exponential")]
    public void Numbers_of_32_bits_fit(string kind) => Assert.True(Fit(kind, 32, x => x) > Failure);

    [Theory]
    [InlineData("uniform")]
    [InlineData("normal")]
    [InlineData("exponential")]
    public void Numbers_of_64_bits_fit(string kind) => Assert.True(Fit(kind, 64, x => x) > Failure);

    // Negative controls: errors of half a percent or less must be seen.
    [Fact]
    public void Slightly_wrong_distributions_do_not_fit()
    {
        Assert.True(Fit("normal", 32, x => 1.005 * x) < Failure);
        Assert.True(Fit("normal", 64, x => x + 0.005) < Failure);
        Assert.True(Fit("exponential", 32, x => 0.995 * x) < Failure);
        Assert.True(Fit("uniform", 32, x => Math.Pow(x, 1.003)) < Failure);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Moments_of_normal_numbers(int bits)
    {
        Generate("normal", bits, seed: 5);
        double[] sums = new double[5];
        double pairs = 0, squaredPairs = 0;
        for (int i = 0; i < Count; i += 2)
        {
            double x = Doubles[i], y = Doubles[i + 1];
            for (int power = 1; power <= 4; power++)
            {
                sums[power] += Math.Pow(x, power) + Math.Pow(y, power);
            }

            pairs += x * y;
            squaredPairs += ((x * x) - 1) * ((y * y) - 1);
        }

        // Sums over standard normals x of x, x², x³, x⁴ have variances 1, 2, 15, 96 a number; of xy 1 and (x²−1)(y²−1) 4 a pair.
        AssertZ(sums[1] / Math.Sqrt(Count));
        AssertZ((sums[2] - Count) / Math.Sqrt(2.0 * Count));
        AssertZ(sums[3] / Math.Sqrt(15.0 * Count));
        AssertZ((sums[4] - (3.0 * Count)) / Math.Sqrt(96.0 * Count));
        AssertZ(pairs / Math.Sqrt(Count / 2.0));
        AssertZ(squaredPairs / Math.Sqrt(4 * Count / 2.0));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Moments_of_exponential_numbers(int bits)
    {
        Generate("exponential", bits, seed: 6);
        Assert.All(Doubles, x => Assert.True(x > 0 && double.IsFinite(x)));
        AssertZ((Doubles.Sum() - Count) / Math.Sqrt(Count));
        AssertZ((Doubles.Sum(x => x * x) - (2.0 * Count)) / Math.Sqrt(20.0 * Count)); // Var x² = 24 − 4
    }

    [Fact]
    public void Uniform_numbers_stay_below_1_and_reach_the_ends()
    {
        Generate("uniform", 32, seed: 7);
        Assert.InRange(Doubles.Min(), 0, 1e-6);
        Assert.InRange(Doubles.Max(), 1 - 1e-6, 1 - (1.0 / (1 << 24)));
        Generate("uniform", 64, seed: 7);
        Assert.InRange(Doubles.Max(), 1 - 3e-6, 1 - Math.ScaleB(1, -53));
    }

    // 2^27 numbers: 8499, 77 and 0.26 are expected beyond 4, 5 and 6.
    [Fact]
    public void Tails_of_normal_numbers_beyond_4_5_and_6() => CheckTails(1L << 27);

    // 2^33 numbers: 544,000, 4,925 and 17 are expected.
    [Fact]
    [Trait("Category", "Exhaustive")]
    public void Tails_of_very_many_normal_numbers()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE") == "1",
            "2^33 numbers take half a minute: set GPUSAMPLING_EXHAUSTIVE=1 to draw them.");
        CheckTails(1L << 33);
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(-500, 500)]
    [InlineData(int.MinValue, 1 << 30)] // 3·2^30 values: a quarter of the words is rejected
    public void Integers_are_equally_likely(int minimum, int maximum)
    {
        const int Cells = 1000;
        int[] integers = new int[Count];
        new RandomStream(8).FillIntegers(integers, minimum, maximum, AllCores);
        long range = (long)maximum - minimum;
        int cells = (int)Math.Min(range, Cells);
        long[] counts = new long[cells];
        foreach (int value in integers)
        {
            Assert.True(value >= minimum && value < maximum);
            counts[(value - (long)minimum) * cells / range]++;
        }

        double statistic = 0;
        for (int cell = 0; cell < cells; cell++)
        {
            // The values of a cell are those from ⌈cell · range / cells⌉ on.
            long values = (((cell + 1) * range) + cells - 1) / cells - (((cell * range) + cells - 1) / cells);
            double expected = (double)Count * values / range;
            statistic += (counts[cell] - expected) * (counts[cell] - expected) / expected;
        }

        Assert.True(TailProbability.ChiSquare(statistic, cells - 1) > Failure);
    }

    private static double Fit(string kind, int bits, Func<double, double> distort)
    {
        GoodnessOfFit fit = kind switch
        {
            "uniform" => new(x => x, 0, 1),
            "normal" => new(NormalCumulative, -9, 9),
            _ => new(x => 1 - Math.Exp(-x), 0, 50),
        };
        Generate(kind, bits, seed: 4);
        foreach (double number in Doubles)
        {
            fit.Add(distort(number));
        }

        return fit.Probability();
    }

    /// <summary>Fills <see cref="Doubles"/>; the tests of a class run one after another.</summary>
    private static void Generate(string kind, int bits, ulong seed)
    {
        RandomStream stream = new(seed);
        if (bits == 64)
        {
            _ = kind switch
            {
                "uniform" => stream.FillUniform(Doubles, AllCores),
                "normal" => stream.FillNormal(Doubles, options: AllCores),
                _ => stream.FillExponential(Doubles, options: AllCores),
            };
            return;
        }

        float[] singles = new float[Count];
        _ = kind switch
        {
            "uniform" => stream.FillUniform(singles, AllCores),
            "normal" => stream.FillNormal(singles, options: AllCores),
            _ => stream.FillExponential(singles, options: AllCores),
        };
        for (int i = 0; i < Count; i++)
        {
            Doubles[i] = singles[i];
        }
    }

    private static void CheckTails(long count)
    {
        float[] numbers = new float[1 << 24];
        long[] beyond = new long[3];
        RandomStream stream = new(9);
        for (long done = 0; done < count; done += numbers.Length)
        {
            stream = stream.FillNormal(numbers, options: AllCores);
            foreach (float number in numbers)
            {
                float distance = MathF.Abs(number);
                if (distance > 4)
                {
                    beyond[0]++;
                    beyond[1] += distance > 5 ? 1 : 0;
                    beyond[2] += distance > 6 ? 1 : 0;
                }
            }
        }

        for (int i = 0; i < 3; i++)
        {
            double expected = count * TailProbability.TwoSidedNormal(4 + i);
            Assert.True(
                TailProbability.TwoSidedPoisson(beyond[i], expected) > Failure, $"{beyond[i]} numbers beyond {4 + i}, {expected:F1} expected");
        }
    }

    private static double NormalCumulative(double x) =>
        x < 0 ? TailProbability.TwoSidedNormal(x) / 2 : 1 - (TailProbability.TwoSidedNormal(x) / 2);

    private static void AssertZ(double z) => Assert.InRange(z, -5, 5); // false alarm: 6e-7
}
