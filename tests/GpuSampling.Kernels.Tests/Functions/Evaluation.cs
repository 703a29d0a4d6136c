using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Functions;

/// <summary>Runs functions over arrays, in packs of any lane type.</summary>
public static class Evaluation
{
    /// <summary>values[i] = F(x[i]) for 32-bit elements. The lengths are equal and multiples of 16.</summary>
    public static void Singles<TFunction>(ReadOnlySpan<float> x, Span<float> values, int width = 16)
        where TFunction : IElementaryFunction
    {
        switch (width)
        {
            case 1: Run<TFunction, Float32>(MemoryMarshal.Cast<float, Float32>(x), MemoryMarshal.Cast<float, Float32>(values)); break;
            case 4: Run<TFunction, Float32x4>(MemoryMarshal.Cast<float, Float32x4>(x), MemoryMarshal.Cast<float, Float32x4>(values)); break;
            case 8: Run<TFunction, Float32x8>(MemoryMarshal.Cast<float, Float32x8>(x), MemoryMarshal.Cast<float, Float32x8>(values)); break;
            case 16: Run<TFunction, Float32x16>(MemoryMarshal.Cast<float, Float32x16>(x), MemoryMarshal.Cast<float, Float32x16>(values)); break;
            default: throw new ArgumentOutOfRangeException(nameof(width), width, "must be 1, 4, 8 or 16");
        }
    }

    /// <summary>values[i] = F(x[i]) for 64-bit elements. The lengths are equal and multiples of 8.</summary>
    public static void Doubles<TFunction>(ReadOnlySpan<double> x, Span<double> values, int width = 8)
        where TFunction : IElementaryFunction
    {
        switch (width)
        {
            case 1: Run<TFunction, Float64>(MemoryMarshal.Cast<double, Float64>(x), MemoryMarshal.Cast<double, Float64>(values)); break;
            case 2: Run<TFunction, Float64x2>(MemoryMarshal.Cast<double, Float64x2>(x), MemoryMarshal.Cast<double, Float64x2>(values)); break;
            case 4: Run<TFunction, Float64x4>(MemoryMarshal.Cast<double, Float64x4>(x), MemoryMarshal.Cast<double, Float64x4>(values)); break;
            case 8: Run<TFunction, Float64x8>(MemoryMarshal.Cast<double, Float64x8>(x), MemoryMarshal.Cast<double, Float64x8>(values)); break;
            default: throw new ArgumentOutOfRangeException(nameof(width), width, "must be 1, 2, 4 or 8");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<TFunction, T>(ReadOnlySpan<T> x, Span<T> values)
        where TFunction : IElementaryFunction
        where T : struct, IReal<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = TFunction.Apply(x[i]);
        }
    }
}
