using System.Diagnostics;
using System.Runtime.CompilerServices;
using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Benchmarks.Sampling;

/// <summary>The most floating-point operations per second that one core reaches at a width: independent chains of multiply-adds.</summary>
internal static class FusedMultiplyAddPeak
{
    private const int Chains = 12; // more than latency times throughput on any x64 core
    private const int Rounds = 2000;

    /// <summary>Measures, as the best of many short runs.</summary>
    /// <param name="width">The width.</param>
    /// <param name="precision">The element type.</param>
    /// <returns>Operations per second, a multiply-add counted as two.</returns>
    public static double Measure(VectorWidth width, Precision precision) => (width, precision) switch
    {
        (VectorWidth.Bits512, Precision.Single) => Measure<Float32x16>(),
        (VectorWidth.Bits256, Precision.Single) => Measure<Float32x8>(),
        (VectorWidth.Bits128, Precision.Single) => Measure<Float32x4>(),
        (_, Precision.Single) => Measure<Float32>(),
        (VectorWidth.Bits512, _) => Measure<Float64x8>(),
        (VectorWidth.Bits256, _) => Measure<Float64x4>(),
        (VectorWidth.Bits128, _) => Measure<Float64x2>(),
        _ => Measure<Float64>(),
    };

    private static double Measure<T>()
        where T : struct, IReal<T>
    {
        double best = double.PositiveInfinity;
        for (int repetition = 0; repetition < 500; repetition++)
        {
            long began = Stopwatch.GetTimestamp();
            Run<T>();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return 2.0 * Chains * Rounds * T.Width / best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Run<T>()
        where T : struct, IReal<T>
    {
        T factor = T.Constant(0.999), addend = T.Constant(0.5);
        T a0 = factor, a1 = factor, a2 = factor, a3 = factor, a4 = factor, a5 = factor;
        T a6 = factor, a7 = factor, a8 = factor, a9 = factor, a10 = factor, a11 = factor;
        for (int i = 0; i < Rounds; i++)
        {
            a0 = T.FusedMultiplyAdd(a0, factor, addend);
            a1 = T.FusedMultiplyAdd(a1, factor, addend);
            a2 = T.FusedMultiplyAdd(a2, factor, addend);
            a3 = T.FusedMultiplyAdd(a3, factor, addend);
            a4 = T.FusedMultiplyAdd(a4, factor, addend);
            a5 = T.FusedMultiplyAdd(a5, factor, addend);
            a6 = T.FusedMultiplyAdd(a6, factor, addend);
            a7 = T.FusedMultiplyAdd(a7, factor, addend);
            a8 = T.FusedMultiplyAdd(a8, factor, addend);
            a9 = T.FusedMultiplyAdd(a9, factor, addend);
            a10 = T.FusedMultiplyAdd(a10, factor, addend);
            a11 = T.FusedMultiplyAdd(a11, factor, addend);
        }

        return ((a0 + a1) + (a2 + a3)) + ((a4 + a5) + (a6 + a7)) + ((a8 + a9) + (a10 + a11));
    }
}
