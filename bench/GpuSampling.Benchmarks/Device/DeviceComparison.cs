#if ILGPU
using System.Diagnostics;
using System.Runtime.InteropServices;
using GpuSampling.Benchmarks.Sampling;
using GpuSampling.Engines;
using GpuSampling.Ilgpu;
using GpuSampling.Ilgpu.Random;
using GpuSampling.Interchange;
using GpuSampling.Modeling;
using GpuSampling.Models;
using GpuSampling.Random;
using GpuSampling.Sampling;
using ILGPU;
using ILGPU.Runtime;

namespace GpuSampling.Benchmarks.Device;

/// <summary>
/// A device beside the SIMD engine: equal bits of fills and draws, fills beside the device's own memset, and HMC's transitions
/// per second with the settings of <c>device_peers.py</c>.
/// </summary>
internal static class DeviceComparison
{
    private const int Repetitions = 7;

    /// <summary>Runs everything on an engine and prints tables.</summary>
    /// <param name="engineName">cuda, opencl or ilgpu-cpu, with :N if need be.</param>
    /// <returns>0 if all bits are equal, else 1; 2 if the engine is not there.</returns>
    public static int Run(string engineName)
    {
        try
        {
            using IlgpuEngine engine = IlgpuEngine.Open(engineName);
            Console.WriteLine($"{engine.Name}: {engine.Description}");
            Console.WriteLine();
            bool isSimulated = engine.Name == "ilgpu-cpu";
            bool equal = CompareFills(engine) & CompareDraws(engine, isSimulated);
            Console.WriteLine();
            TimeFills(engine, isSimulated ? 1 << 16 : LargestFill(engine));
            Console.WriteLine();
            TimeSampling(engine, isSimulated);
            return equal ? 0 : 1;
        }
        catch (EngineNotAvailableException missing)
        {
            Console.Error.WriteLine(missing.Message);
            return 2;
        }
    }

    private static bool CompareFills(IlgpuEngine engine)
    {
        const int count = (1 << 18) + 13;
        Console.WriteLine("| numbers | bits equal to the SIMD engine's |");
        Console.WriteLine("|---|---|");
        DeviceRandom device = new(engine.Accelerator);
        RandomStream stream = new RandomStream(seed: 0x123456789ABCDEF0, stream: 7) { Position = 5 };
        return Equal<uint>(engine, "bits", count, view => device.FillBits(stream, view), span => stream.FillBits(span))
            & Equal<float>(engine, "uniform, float", count, view => device.FillUniform(stream, view), span => stream.FillUniform(span))
            & Equal<float>(engine, "normal, float", count, view => device.FillNormal(stream, view), span => stream.FillNormal(span))
            & Equal<float>(engine, "exponential, float", count, view => device.FillExponential(stream, view), span => stream.FillExponential(span))
            & Equal<double>(engine, "uniform, double", count, view => device.FillUniform(stream, view), span => stream.FillUniform(span))
            & Equal<double>(engine, "normal, double", count, view => device.FillNormal(stream, view), span => stream.FillNormal(span))
            & Equal<double>(engine, "exponential, double", count, view => device.FillExponential(stream, view), span => stream.FillExponential(span));
    }

    private delegate void HostFill<T>(Span<T> destination);

    private static bool Equal<T>(IlgpuEngine engine, string name, int count, Action<ArrayView<T>> onDevice, HostFill<T> onHost)
        where T : unmanaged
    {
        using MemoryBuffer1D<T, Stride1D.Dense> buffer = engine.Accelerator.Allocate1D<T>(count);
        onDevice(buffer.View);
        engine.Accelerator.Synchronize();
        T[] fromDevice = buffer.GetAsArray1D();
        T[] fromHost = new T[count];
        onHost(fromHost);
        bool equal = MemoryMarshal.AsBytes(fromDevice.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(fromHost.AsSpan()));
        Console.WriteLine($"| {count} {name} | {(equal ? "yes" : "NO")} |");
        return equal;
    }

    private static bool CompareDraws(IlgpuEngine engine, bool isSimulated)
    {
        int chainCount = isSimulated ? 32 : 1000;
        RunOptions run = new() { ChainCount = chainCount, WarmupCount = isSimulated ? 25 : 100, DrawCount = isSimulated ? 5 : 50, Seed = 11 };
        bool equal = true;
        foreach (Posterior posterior in (Posterior[])
            [EightSchools.Posterior(), TestTargets.CorrelatedGaussian(5), TestTargets.Banana(), TestTargets.Funnel(), SyntheticLogisticRegression.Create(100, 5)])
        {
            equal &= SameDraws<float>(engine, posterior, run) & SameDraws<double>(engine, posterior, run);
        }

        return equal;
    }

    private static bool SameDraws<TElement>(IlgpuEngine engine, Posterior posterior, RunOptions run)
        where TElement : unmanaged
    {
        using SimdEngine simd = new();
        HamiltonianMonteCarloSampler sampler = new();
        string expected = DrawHash.Of(sampler.Sample<TElement>(posterior, run, simd).Draws);
        string actual = DrawHash.Of(sampler.Sample<TElement>(posterior, run, engine).Draws);
        Console.WriteLine($"| draws of {posterior.Name}, {typeof(TElement).Name}, {run.ChainCount} chains, {actual[..16]} | {(expected == actual ? "yes" : "NO")} |");
        return expected == actual;
    }

    /// <summary>2³⁰ floats as the peers fill, or what a quarter of the budget holds.</summary>
    private static long LargestFill(IlgpuEngine engine) => Math.Min(1L << 30, engine.MemoryBudget / 4 / sizeof(float) / 1024 * 1024);

    private static void TimeFills(IlgpuEngine engine, long count)
    {
        Console.WriteLine($"| fill of {count} floats | rate | bandwidth | share of memset |");
        Console.WriteLine("|---|---|---|---|");
        using MemoryBuffer1D<float, Stride1D.Dense> buffer = engine.Accelerator.Allocate1D<float>(count);
        ArrayView<float> view = buffer.View;
        DeviceRandom device = new(engine.Accelerator);
        RandomStream stream = new(seed: 1);
        double memset = MedianSeconds(engine, () => buffer.MemSetToZero());
        Row("memset", memset);
        Row("bits", MedianSeconds(engine, () => device.FillBits(stream, view.Cast<uint>())));
        Row("uniform", MedianSeconds(engine, () => device.FillUniform(stream, view)));
        Row("normal", MedianSeconds(engine, () => device.FillNormal(stream, view)));
        Row("exponential", MedianSeconds(engine, () => device.FillExponential(stream, view)));

        void Row(string name, double seconds) => Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {count / seconds / 1e9:F1} G/s | {count * sizeof(float) / seconds / 1e9:F0} GB/s | {memset / seconds:P0} |"));
    }

    private static double MedianSeconds(IlgpuEngine engine, Action enqueue)
    {
        // The first run compiles and loads; a timing covers execution only.
        enqueue();
        engine.Accelerator.Synchronize();
        double[] seconds = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            long began = Stopwatch.GetTimestamp();
            enqueue();
            engine.Accelerator.Synchronize();
            seconds[i] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[Repetitions / 2];
    }

    private static void TimeSampling(IlgpuEngine engine, bool isSimulated)
    {
        // As device_peers.py: a fixed step size and path, no adaptation, eight leapfrog steps a transition.
        const double stepSize = 0.3;
        const int leapfrogCount = 8;
        HamiltonianMonteCarloSampler sampler = new(new HamiltonianMonteCarloOptions
        {
            StepSize = stepSize,
            PathLength = stepSize * leapfrogCount,
            PathJitter = 0,
        });
        Console.WriteLine("| HMC eight schools, step size 0.3, 8 leapfrogs, float | transitions/s | gradients/s |");
        Console.WriteLine("|---|---|---|");
        foreach (int chainCount in isSimulated ? (int[])[16] : [1, 64, 1024, 16384, 65536])
        {
            RunOptions run = new() { ChainCount = chainCount, WarmupCount = 0, DrawCount = isSimulated ? 4 : 200, Seed = 5 };
            sampler.Sample<float>(EightSchools.Posterior(), run, engine);
            double[] rates = new double[5];
            double gradients = 0;
            for (int i = 0; i < rates.Length; i++)
            {
                SamplingResult result = sampler.Sample<float>(EightSchools.Posterior(), run, engine).Result;
                rates[i] = (double)chainCount * run.DrawCount / result.SamplingTime.TotalSeconds;
                gradients = result.GradientCount / result.SamplingTime.TotalSeconds;
            }

            Array.Sort(rates);
            Console.WriteLine(FormattableString.Invariant($"| {chainCount} chains | {rates[2]:G3} | {gradients:G3} |"));
        }
    }
}
#endif
