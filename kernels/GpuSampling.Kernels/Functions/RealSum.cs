using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

/// <summary>A number to more than working precision: High + Low, with |Low| below |High|.</summary>
/// <typeparam name="T">The lane type.</typeparam>
internal readonly struct RealSum<T>
    where T : struct, IReal<T>
{
    /// <summary>The larger part.</summary>
    public readonly T High;

    /// <summary>The smaller part.</summary>
    public readonly T Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RealSum(T high, T low)
    {
        High = high;
        Low = low;
    }

    /// <summary>The sum times a power of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RealSum<T> Scale(T powerOfTwo) => new(High * powerOfTwo, Low * powerOfTwo);
}
