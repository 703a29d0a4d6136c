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
/// A device beside the SIMD engine: equal bits of fills and draws, fills beside the device's own memset, and the samplers' rates
/// (<see cref="DeviceSampling"/>).
/// </summary>
internal static class DeviceComparison
{
    private const int Repetitions = 7;

    /// <summary>Runs everything on an engine and prints tables.</summary>
    /// <param name="engineName">cuda, opencl or ilgpu-cpu, with :N if need be.</param>
    /// <param name="isQuick">Whether rates are measured in miniature only: for devices that are CPUs.</param>
    /// <returns>0 if all bits are equal, else 1; 2 if the engine is not there.</returns>
    public static int Run(string engineName, bool isQuick)
    {
        try
        {
            using IlgpuEngine engine = IlgpuEngine.Open(engineName);
            Console.WriteLine($"{engine.Name}: {engine.Description}");
            Console.WriteLine();
            bool isSimulated = engine.Name == "ilgpu-cpu";
            bool equal = CompareFills(engine) & CompareDraws(engine, isSimulated);
            Console.WriteLine();
            TimeFills(engine, isSimulated ? 1 << 16 : isQuick ? 1 << 20 : LargestFill(engine));
            Console.WriteLine();
            DeviceSampling.Run(engine, isSimulated || isQuick);
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
            equal &= SameDraws<float>(engine, new HamiltonianMonteCarloSampler(), posterior, run)
                & SameDraws<double>(engine, new HamiltonianMonteCarloSampler(), posterior, run);
        }

        // Generated models under HMC, and every other sampler on a generated model.
        Posterior pumps = ReadyModels.Find("pumps")!.Create(null);
        foreach (string name in (string[])["pumps", "nile", "old-faithful"])
        {
            equal &= SameDraws<float>(engine, new HamiltonianMonteCarloSampler(), ReadyModels.Find(name)!.Create(null), run);
        }

        foreach (Sampler sampler in (Sampler[])
            [
                new NoUTurnSampler(), new CheesSampler(), new SnaperSampler(), new LangevinSampler(), new BarkerSampler(), new MicrocanonicalSampler(),
                new MeadsSampler(), new RandomWalkMetropolisSampler(), new StretchSampler(), new DifferentialEvolutionSampler(), new SliceSampler(),
            ])
        {
            equal &= SameDraws<float>(engine, sampler, pumps, run);
        }

        return equal;
    }

    private static bool SameDraws<TElement>(IlgpuEngine engine, Sampler sampler, Posterior posterior, RunOptions run)
        where TElement : unmanaged
    {
        using SimdEngine simd = new();
        string expected = DrawHash.Of(sampler.Sample<TElement>(posterior, run, simd).Draws);
        string actual = DrawHash.Of(sampler.Sample<TElement>(posterior, run, engine).Draws);
        Console.WriteLine($"| {sampler.Name} on {posterior.Name}, {typeof(TElement).Name}, {run.ChainCount} chains, {actual[..16]} | {(expected == actual ? "yes" : "NO")} |");
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
}
#endif
