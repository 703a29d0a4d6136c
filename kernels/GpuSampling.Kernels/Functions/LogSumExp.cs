using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

/// <summary>A running log Σ e^(xᵢ): the largest term seen and the sum relative to it, with one exponential a term.</summary>
/// <typeparam name="T">The lane type.</typeparam>
/// <remarks>Immutable: <c>sum = sum.Add(x)</c>. The order of the terms decides the last bits, as in any sum.</remarks>
public readonly struct LogSumExp<T>
    where T : struct, IReal<T>
{
    private readonly T maximum;
    private readonly T sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LogSumExp(T maximum, T sum)
    {
        this.maximum = maximum;
        this.sum = sum;
    }

    /// <summary>The sum of one term.</summary>
    /// <param name="x">Its logarithm; −∞ for the term 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LogSumExp<T> Of(T x) => new(x, T.One);

    /// <summary>The sum with one more term.</summary>
    /// <param name="x">Its logarithm; −∞ for the term 0; NaN makes the result NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LogSumExp<T> Add(T x)
    {
        T difference = T.Select(T.AreEqual(x, maximum), T.Zero, x - maximum);
        T ratio = Elementary.ExpNonPositive(-T.Abs(difference));
        Mask<T> isLarger = x > maximum;
        return new(
            T.Select(isLarger, x, maximum),
            T.Select(isLarger, T.FusedMultiplyAdd(sum, ratio, T.One), sum + ratio));
    }

    /// <summary>log Σ e^(xᵢ).</summary>
    public T Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => maximum + Elementary.Log(sum);
    }
}
