using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The inverse tangent.</summary>
    /// <param name="x">Any number; ±∞ give ±π/2, NaN gives NaN.</param>
    /// <returns>The angle in radians, from −π/2 to π/2, within 2 ulp; odd, −0 for −0.</returns>
    public static T Atan<T>(T x)
        where T : struct, IReal<T>
    {
        T magnitude = T.Abs(x);
        Mask<T> isLarge = magnitude > T.One;
        T angle = AtanOfUnit(T.Select(isLarge, T.One / magnitude, magnitude));
        angle = T.Select(isLarge, ComplementOfAngle(angle), angle);
        return T.FromBits(T.ToBits(angle) | SignOf(x));
    }

    /// <summary>The angle of the point (x, y), in radians from −π to π.</summary>
    /// <param name="y">Any number; NaN gives NaN.</param>
    /// <param name="x">Any number; NaN gives NaN.</param>
    /// <returns>Within 3 ulp; on the axes, at the origin and at infinity as in IEEE 754 (clause 9.2.1).</returns>
    public static T Atan2<T>(T y, T x)
        where T : struct, IReal<T>
    {
        T a = T.Abs(y), b = T.Abs(x);
        Mask<T> isSteep = a > b;
        T smaller = T.Select(isSteep, b, a), larger = T.Select(isSteep, a, b);
        // 0/0 is 0 here, and ∞/∞ is 1.
        T ratio = smaller / larger;
        ratio = T.Select(T.AreEqual(smaller, larger), T.One, ratio);
        ratio = T.Select(T.AreEqual(larger, T.Zero), T.Zero, ratio);
        T angle = AtanOfUnit(ratio);
        angle = T.Select(isSteep, ComplementOfAngle(angle), angle);

        T highPi = T.ElementBits == 32 ? T.Constant(3.1415927410125732) : T.Constant(3.141592653589793);
        T lowPi = T.ElementBits == 32 ? T.Constant(-8.742277657347586e-08) : T.Constant(1.2246467991473532e-16);
        Mask<T> isLeft = !T.AreEqual(SignOf(x), T.WordConstant(0));
        angle = T.Select(isLeft, highPi - (angle - lowPi), angle);
        return T.FromBits(T.ToBits(angle) | SignOf(y));
    }

    /// <summary>π/2 − angle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ComplementOfAngle<T>(T angle)
        where T : struct, IReal<T> =>
        T.ElementBits == 32
            ? T.Constant(1.5707963705062866) - (angle - T.Constant(-4.371138828673793e-08))
            : T.Constant(1.5707963267948966) - (angle - T.Constant(6.123233995736766e-17));

    /// <summary>The inverse tangent of 0 ≤ t ≤ 1.</summary>
    /// <remarks>
    /// t + t³·P(t²), minimax for the relative error: P of degree 8 with error 2⁻²⁸·⁵ (32 bits), 19 with 2⁻⁵⁷·⁵ (64 bits).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AtanOfUnit<T>(T t)
        where T : struct, IReal<T>
    {
        T z = t * t;
        T p;
        if (T.ElementBits == 32)
        {
            p = T.FusedMultiplyAdd(T.Constant(-0.0017915019998326898), z, T.Constant(0.010904536582529545));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.03115776553750038));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.05793580040335655));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.08402056246995926));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.10951654613018036));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.14264126121997833));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.1999853551387787));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.33333298563957214));
        }
        else
        {
            p = T.FusedMultiplyAdd(T.Constant(1.3230091772371405e-05), z, T.Constant(-0.00015221219870193814));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.0008315652318609962));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.002885627889651036));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.00719792575897647));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.013902640588944897));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.021987149042429332));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.0299058087635479));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.036643201134804834));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.042192457555029254));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.047223492737180406));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.052535270812955864));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.058805298846729526));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.06666404438129865));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.07692279891000552));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.09090907008003227));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.1111111100735493));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.1428571428258855));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.19999999999951756));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.3333333333333307));
        }

        return T.FusedMultiplyAdd(p * z, t, t);
    }
}
