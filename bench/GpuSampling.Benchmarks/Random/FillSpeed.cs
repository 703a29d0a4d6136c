using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GpuSampling.Engines;
using GpuSampling.Random;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace GpuSampling.Benchmarks.Random;

/// <summary>
/// The speed of fills in cycles a number, beside the core's clock measured in the same run: the least time of many short fills
/// of 16 KiB, so that a busy machine disturbs little. Limits: the number of vector instructions over the pipes that take them.
/// </summary>
internal static class FillSpeed
{
    private const int Length = 4096;
    private const int Repetitions = 5000;
    private const int FillsPerReading = 8; // a reading of the clock is good to a tenth of a microsecond

    public static int Run()
    {
        Console.WriteLine("| fill | by | G/s per core | clock GHz | cycles per number | limit of the pipes | share of limit |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        float[] single = new float[Length];
        double[] doubles = new double[Length / 2];
        uint[] words = new uint[Length];
        int[] integers = new int[Length];
        RandomStream stream = new(42);
        foreach (VectorWidth present in VectorWidths.Present)
        {
            RandomFillOptions options = new() { Width = present };
            string width = SimdEngine.NameOf(present);
            // Philox4x32-10 in 64-bit lanes: 6 instructions a round and 8 blocks (AVX-512), 8 a round and 4 blocks (AVX2).
            double? limit = present switch { VectorWidth.Bits512 => 60.0 / 64, VectorWidth.Bits256 => 20.0 / 16, _ => null };
            Report("words", width, Length, limit, () => stream.FillBits(words, options));
            Report("uniform, float", width, Length, null, () => stream.FillUniform(single, options));
            Report("normal, float", width, Length, null, () => stream.FillNormal(single, options: options));
            Report("exponential, float", width, Length, null, () => stream.FillExponential(single, options: options));
            Report("integers below 1000", width, Length, null, () => stream.FillIntegers(integers, 0, 1000, options));
            Report("uniform, double", width, Length / 2, null, () => stream.FillUniform(doubles, options));
            Report("normal, double", width, Length / 2, null, () => stream.FillNormal(doubles, options: options));
            Report("exponential, double", width, Length / 2, null, () => stream.FillExponential(doubles, options: options));
        }

        ReportPeers(words, single, doubles, integers);
        ReportMultiplier();
        return ReportThreads(stream);
    }

    private static void ReportPeers(uint[] words, float[] single, double[] doubles, int[] integers)
    {
        const string Runtime = "System.Random", MathNet = "MathNet, xoshiro256**";
        System.Random random = new();
        Xoshiro256StarStar xoshiro = new(42, threadSafe: false);
        Report("words", Runtime, Length, null, () => random.NextBytes(MemoryMarshal.AsBytes(words.AsSpan())));
        Report("uniform, float", Runtime, Length, null, () =>
        {
            for (int i = 0; i < single.Length; i++)
            {
                single[i] = random.NextSingle();
            }
        });
        Report("integers below 1000", Runtime, Length, null, () =>
        {
            for (int i = 0; i < integers.Length; i++)
            {
                integers[i] = random.Next(1000);
            }
        });
        Report("uniform, double", MathNet, Length / 2, null, () => ContinuousUniform.Samples(xoshiro, doubles, 0, 1));
        Report("normal, double", MathNet, Length / 2, null, () => Normal.Samples(xoshiro, doubles, 0, 1));
        Report("exponential, double", MathNet, Length / 2, null, () => Exponential.Samples(xoshiro, doubles, 1));
    }

    private static void Report(string fill, string by, int count, double? limit, Action action)
    {
        (double seconds, double clock) = Measure(action);
        double cycles = seconds * clock / count;
        string share = limit is null ? "" : $"{limit / cycles:P0}";
        Console.WriteLine(
            $"| {fill} | {by} | {count / seconds / 1e9:F2} | {clock / 1e9:F2} | {cycles:F2} | {limit:F2} | {share} |");
    }

    /// <summary>
    /// Two threads beside one, in turns: in the cores' own caches, in the shared one, and in memory, whose bandwidth then counts.
    /// The first row is the machine's own answer: the multiplier alone, which touches no memory at all.
    /// </summary>
    private static int ReportThreads(RandomStream stream)
    {
        Console.WriteLine();
        Console.WriteLine("| work | one thread G/s | two threads G/s | times one |");
        Console.WriteLine("|---|---|---|---|");
        const int Rounds = 200_000;
        CompareThreads("scalar multiplications", 16.0 * Rounds, threads => Parallel.For(
            0, 2, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => MultiplyChain(3, Rounds)));
        RandomFillOptions[] options = [.. Enumerable.Range(0, 3).Select(threads => new RandomFillOptions { ThreadCount = threads })];
        foreach (int exponent in (int[])[18, 20, 24])
        {
            float[] numbers = new float[1 << exponent];
            CompareThreads($"2^{exponent} float uniforms", numbers.Length, threads => stream.FillUniform(numbers, options[threads]));
            CompareThreads($"2^{exponent} float normals", numbers.Length, threads => stream.FillNormal(numbers, options: options[threads]));
        }

        return 0;
    }

    private static void CompareThreads(string work, double count, Action<int> action)
    {
        Span<double> best = [double.PositiveInfinity, double.PositiveInfinity];
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < 4)
        {
            for (int threads = 1; threads <= 2; threads++)
            {
                long start = Stopwatch.GetTimestamp();
                action(threads);
                best[threads - 1] = Math.Min(best[threads - 1], Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        Console.WriteLine($"| {work} | {count / best[0] / 1e9:F2} | {count / best[1] / 1e9:F2} | {best[0] / best[1]:F2} |");
    }

    private static (double Seconds, double Clock) Measure(Action action)
    {
        double best = double.PositiveInfinity, clock = 0;
        for (int group = 0; group < 10; group++)
        {
            for (int repetition = 0; repetition < Repetitions / 10; repetition++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int fill = 0; fill < FillsPerReading; fill++)
                {
                    action();
                }

                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / FillsPerReading);
            }

            clock = Math.Max(clock, Clock());
        }

        return (best, clock);
    }

    /// <summary>
    /// The vector multiplier, on which the words depend most. On a core of its own a Zen 4 takes 512 bits a cycle; a neighbour on
    /// the same core shows here.
    /// </summary>
    private static void ReportMultiplier()
    {
        if (!Avx512F.IsSupported)
        {
            return;
        }

        const int Rounds = 2000;
        (double seconds, double clock) = Measure(() => MultiplierThroughput(Rounds));
        Console.WriteLine();
        Console.WriteLine($"vpmuludq of 512 bits: {seconds * clock / (8 * Rounds):F2} cycles each");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector512<ulong> MultiplierThroughput(int rounds)
    {
        Vector512<ulong> a = Vector512.Create(3ul), b = a + a, c = a + b, d = a + c, e = a + d, f = a + e, g = a + f, h = a + g;
        Vector512<uint> factor = Vector512.Create(0xD2511F53u);
        for (int i = 0; i < rounds; i++)
        {
            a = Avx512F.Multiply(a.AsUInt32(), factor);
            b = Avx512F.Multiply(b.AsUInt32(), factor);
            c = Avx512F.Multiply(c.AsUInt32(), factor);
            d = Avx512F.Multiply(d.AsUInt32(), factor);
            e = Avx512F.Multiply(e.AsUInt32(), factor);
            f = Avx512F.Multiply(f.AsUInt32(), factor);
            g = Avx512F.Multiply(g.AsUInt32(), factor);
            h = Avx512F.Multiply(h.AsUInt32(), factor);
        }

        return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
    }

    /// <summary>The core's clock: a chain of multiplications of three cycles each.</summary>
    private static double Clock()
    {
        const int Rounds = 4000;
        double best = double.PositiveInfinity;
        for (int repetition = 0; repetition < 50; repetition++)
        {
            long start = Stopwatch.GetTimestamp();
            MultiplyChain(3, Rounds);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Rounds * 8 * 3 / best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong MultiplyChain(ulong x, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            x *= x;
            x *= x;
            x *= x;
            x *= x;
            x *= x;
            x *= x;
            x *= x;
            x *= x;
        }

        return x;
    }
}
