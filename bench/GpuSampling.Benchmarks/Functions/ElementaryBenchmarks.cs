using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Benchmarks.Functions;

/// <summary>
/// The elementary functions on 4096 floats, as a ladder of register widths, beside the runtime's <see cref="MathF"/>. Divide by
/// 4096 for the time of one.
/// </summary>
public class ElementaryBenchmarks
{
    private const int Length = 4096;

    private readonly float[] source = new float[Length];
    private readonly float[] destination = new float[Length];

    /// <summary>Fills the arguments: positive, over twelve binades.</summary>
    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < Length; i++)
        {
            source[i] = MathF.Pow(2, (i % 1201 / 100f) - 6);
        }
    }

    /// <summary>MathF.Exp.</summary>
    [Benchmark(Baseline = true)]
    public void RuntimeExp()
    {
        for (int i = 0; i < Length; i++)
        {
            destination[i] = MathF.Exp(source[i]);
        }
    }

    /// <summary>MathF.Log.</summary>
    [Benchmark]
    public void RuntimeLog()
    {
        for (int i = 0; i < Length; i++)
        {
            destination[i] = MathF.Log(source[i]);
        }
    }

    /// <summary>Own exp, 16 lanes.</summary>
    [Benchmark]
    public void Exp512() => Apply<Float32x16, ExpFunction>();

    /// <summary>Own exp, 8 lanes.</summary>
    [Benchmark]
    public void Exp256() => Apply<Float32x8, ExpFunction>();

    /// <summary>Own exp, 4 lanes.</summary>
    [Benchmark]
    public void Exp128() => Apply<Float32x4, ExpFunction>();

    /// <summary>Own exp, one at a time.</summary>
    [Benchmark]
    public void ExpScalar() => Apply<Float32, ExpFunction>();

    /// <summary>Own log, 16 lanes.</summary>
    [Benchmark]
    public void Log512() => Apply<Float32x16, LogFunction>();

    /// <summary>Own log, 8 lanes.</summary>
    [Benchmark]
    public void Log256() => Apply<Float32x8, LogFunction>();

    /// <summary>Own log1p, 16 lanes.</summary>
    [Benchmark]
    public void Log1p512() => Apply<Float32x16, Log1pFunction>();

    /// <summary>Own logistic, 16 lanes.</summary>
    [Benchmark]
    public void Logistic512() => Apply<Float32x16, LogisticFunction>();

    // Inlined into its caller, this would take the caller's budget for inlining: the lane operations would become calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Apply<T, TFunction>()
        where T : unmanaged, IReal<T>
        where TFunction : struct, IFunction
    {
        ReadOnlySpan<T> from = MemoryMarshal.Cast<float, T>(source.AsSpan());
        Span<T> to = MemoryMarshal.Cast<float, T>(destination.AsSpan());
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = TFunction.Of(from[i]);
        }
    }

    private interface IFunction
    {
        static abstract T Of<T>(T x)
            where T : struct, IReal<T>;
    }

    private readonly struct ExpFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IReal<T> => Elementary.Exp(x);
    }

    private readonly struct LogFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IReal<T> => Elementary.Log(x);
    }

    private readonly struct Log1pFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IReal<T> => Elementary.Log1p(x);
    }

    private readonly struct LogisticFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IReal<T> => Elementary.Logistic(x);
    }
}
