using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

/// <summary>A number split as k·ln 2 + r, with an integer k and r = High + Low.</summary>
/// <typeparam name="T">The lane type.</typeparam>
internal readonly struct ExponentialReduction<T>
    where T : struct, IReal<T>
{
    /// <summary>k.</summary>
    public readonly T Integer;

    /// <summary>x − k·round(ln 2), exact.</summary>
    public readonly T High;

    /// <summary>The low bits are k and the bias that the exponent of a power of two needs.</summary>
    public readonly Word<T> BiasedExponent;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ExponentialReduction(T integer, T high, Word<T> biasedExponent)
    {
        Integer = integer;
        High = high;
        BiasedExponent = biasedExponent;
    }

    /// <summary>k·(round(ln 2) − ln 2).</summary>
    public T Low
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Integer * LowFactor;
    }

    /// <summary>High + Low, rounded once.</summary>
    public T Remainder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.FusedMultiplyAdd(Integer, LowFactor, High);
    }

    private static T LowFactor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.ElementBits == 32 ? T.Constant(1.9046542121259336e-09) : T.Constant(-2.3190468138462996e-17);
    }
}
