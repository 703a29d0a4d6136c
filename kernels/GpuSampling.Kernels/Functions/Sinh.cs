using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The hyperbolic sine.</summary>
    /// <param name="x">Any number; ±∞ give ±∞, NaN gives NaN.</param>
    /// <returns>sinh x within 2 ulp; odd, −0 for −0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sinh<T>(T x)
        where T : struct, IReal<T>
    {
        // ½·(t + t / (t + 1)) with t = e^|x| − 1, a quarter of which is computed, since t itself overflows too early.
        T bounded = T.Min(T.ElementBits == 32 ? T.Constant(89.5) : T.Constant(710.75), T.Abs(x));
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(bounded, T.ElementBits == 32 ? 125 : 1021);
        T scale = PowerOfTwoFromField<T>(reduced.BiasedExponent);
        T quarter = T.FusedMultiplyAdd(scale, ExpMinusOneNearZero(reduced.High, reduced.Low), scale - T.Constant(0.25));
        T half = quarter + quarter;
        T result = half + (quarter / T.FusedMultiplyAdd(T.Constant(2), quarter, T.Constant(0.5)));
        return T.Select(T.Abs(x) < T.One, SinhNearZero(x), T.FromBits(T.ToBits(result) | SignOf(x)));
    }

    /// <summary>sinh x for |x| ≤ 1.</summary>
    /// <remarks>x + x³·P(x²), minimax for the relative error: P of degree 3 with error 2⁻³¹·⁶ (32 bits), 6 with 2⁻⁶¹·⁸ (64 bits).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SinhNearZero<T>(T x)
        where T : struct, IReal<T>
    {
        T z = x * x;
        T p;
        if (T.ElementBits == 32)
        {
            p = T.FusedMultiplyAdd(T.Constant(2.782230694720056e-06), z, T.Constant(0.0001984289410756901));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.00833331048488617));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.1666666716337204));
        }
        else
        {
            p = T.FusedMultiplyAdd(T.Constant(7.776757174507116e-13), z, T.Constant(1.605665557580448e-10));
            p = T.FusedMultiplyAdd(p, z, T.Constant(2.505213102677079e-08));
            p = T.FusedMultiplyAdd(p, z, T.Constant(2.755731910667258e-06));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.0001984126984159348));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.008333333333332912));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.16666666666666669));
        }

        return T.FusedMultiplyAdd(x * z, p, x);
    }

    /// <summary>The hyperbolic cosine.</summary>
    /// <param name="x">Any number; ±∞ give +∞, NaN gives NaN.</param>
    /// <returns>cosh x within 2 ulp.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cosh<T>(T x)
        where T : struct, IReal<T>
    {
        // A quarter of e^|x|, which does not overflow before cosh x does.
        T bounded = T.Min(T.ElementBits == 32 ? T.Constant(89.5) : T.Constant(710.75), T.Abs(x));
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(bounded, T.ElementBits == 32 ? 125 : 1021);
        T scale = PowerOfTwoFromField<T>(reduced.BiasedExponent);
        T quarter = T.FusedMultiplyAdd(scale, ExpMinusOneNearZero(reduced.High, reduced.Low), scale);
        return T.FusedMultiplyAdd(T.Constant(2), quarter, T.Constant(0.125) / quarter);
    }
}
