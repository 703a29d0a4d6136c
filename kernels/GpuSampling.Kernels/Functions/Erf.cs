using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The error function 2/√π·∫₀ˣ e^(−t²) dt.</summary>
    /// <param name="x">Any number; ±∞ give ±1, NaN gives NaN.</param>
    /// <returns>erf x within 2 ulp; odd, −0 for −0.</returns>
    public static T Erf<T>(T x)
        where T : struct, IReal<T>
    {
        T magnitude = T.Abs(x);
        T large = T.One - ErfcOfMagnitude(magnitude);
        T value = T.Select(magnitude < T.One, ErfNearZero(magnitude), large);
        return T.FromBits(T.ToBits(value) | SignOf(x));
    }

    /// <summary>The complementary error function 1 − erf x, without loss of digits where that is small.</summary>
    /// <param name="x">Any number; −∞ gives 2, +∞ gives 0, NaN gives NaN.</param>
    /// <returns>erfc x within 2 ulp, subnormal results included.</returns>
    public static T Erfc<T>(T x)
        where T : struct, IReal<T>
    {
        T magnitude = T.Abs(x);
        T tail = ErfcOfMagnitude(magnitude);
        T large = T.Select(x < T.Zero, T.Constant(2) - tail, tail);
        return T.Select(magnitude < T.Constant(0.75), ErfcNearZero(x), large);
    }

    /// <summary>erf x for |x| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ErfNearZero<T>(T x)
        where T : struct, IReal<T> =>
        T.FusedMultiplyAdd(x, ErfSlope<T>(), ErfSlopeRemainder(x * x) * x);

    /// <summary>erfc x for |x| ≤ ¾: 1 − 2/√π·x is rounded once, and is no larger than the result needs it to be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ErfcNearZero<T>(T x)
        where T : struct, IReal<T> =>
        T.FusedNegatedMultiplyAdd(ErfSlopeRemainder(x * x), x, T.FusedNegatedMultiplyAdd(x, ErfSlope<T>(), T.One));

    /// <summary>2/√π to working precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ErfSlope<T>()
        where T : struct, IReal<T> => T.ElementBits == 32 ? T.Constant(1.128379225730896) : T.Constant(1.1283791670955126);

    /// <summary>erf x / x for z = x² ≤ 1, less 2/√π to working precision.</summary>
    /// <remarks>
    /// What that rounds away and z·P(z), minimax for the relative error of erf: P of degree 5 with error 2⁻²⁹·⁶ (32 bits), 11 with
    /// 2⁻⁶²·⁷ (64 bits).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ErfSlopeRemainder<T>(T z)
        where T : struct, IReal<T>
    {
        T p;
        if (T.ElementBits == 32)
        {
            p = T.FusedMultiplyAdd(T.Constant(7.854901923565194e-05), z, T.Constant(-0.0008010560413822532));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.005188377574086189));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.02685384452342987));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.11283586174249649));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.3761262595653534));
            return T.FusedMultiplyAdd(p, z, T.Constant(-5.996689367293584e-08));
        }
        else
        {
            p = T.FusedMultiplyAdd(T.Constant(5.950745962394978e-11), z, T.Constant(-1.1369095814218424e-09));
            p = T.FusedMultiplyAdd(p, z, T.Constant(1.4658823247047579e-08));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-1.63501752407292e-07));
            p = T.FusedMultiplyAdd(p, z, T.Constant(1.646098806413989e-06));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-1.4925594540522242e-05));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.00012055331084235784));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.0008548326980193123));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.005223977624809708));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.02686617064507639));
            p = T.FusedMultiplyAdd(p, z, T.Constant(0.1128379167095488));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-0.3761263890318375));
            return T.FusedMultiplyAdd(p, z, T.Constant(1.533545961316588e-17));
        }
    }

    /// <summary>erfc a for a ≥ ¾.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ErfcOfMagnitude<T>(T a)
        where T : struct, IReal<T>
    {
        // Beyond the bound the result is 0.
        T bounded = T.Min(T.ElementBits == 32 ? T.Constant(10.1875) : T.Constant(27.296875), a);
        T square = bounded * bounded;
        T rest = T.FusedMultiplySubtract(bounded, bounded, square);
        return TimesExpNonPositive(ScaledErfcOfMagnitude(new RealSum<T>(bounded, T.Zero)), square, rest);
    }

    /// <summary>e^(a²)·erfc a for 0.34375 ≤ a ≤ 10.25 (32 bits), 27.375 (64 bits), as a sum.</summary>
    /// <remarks>
    /// P(t) / (¾ + 1.5·a) with t = (a − K) / (a + K), which maps the half line to [−1, 1): P minimax for the relative error, of
    /// degree 9 with error 2⁻²⁶·¹ for K = 3 (32 bits), 22 with 2⁻⁵⁵·³ for K = 4 (64 bits).
    /// </remarks>
    internal static RealSum<T> ScaledErfcOfMagnitude<T>(RealSum<T> argument)
        where T : struct, IReal<T>
    {
        T a = argument.High;
        T center = T.ElementBits == 32 ? T.Constant(3) : T.Constant(4);
        T t = (a - center) / (a + center);
        T square = t * t;
        T even, odd, first;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(-0.00034883152693510056), square, T.Constant(0.0017546741291880608));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.051264699548482895));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.09723068028688431));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.10171574354171753));
            odd = T.FusedMultiplyAdd(T.Constant(0.0013952580047771335), square, T.Constant(-0.017831841483712196));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.08945446461439133));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.03567163273692131));
            first = T.Constant(0.9397560358047485);
        }
        else
        {
            even = T.FusedMultiplyAdd(T.Constant(-7.60460522329882e-09), square, T.Constant(7.844222074106324e-08));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-6.157866826826966e-07));
            even = T.FusedMultiplyAdd(even, square, T.Constant(4.280604079203572e-06));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-1.8298820730081617e-05));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.00014944266021828313));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.003773977505241257));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.027875636650980827));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.07029962624888117));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.05107279069101636));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.10471583763042186));
            odd = T.FusedMultiplyAdd(T.Constant(7.160735766671868e-10), square, T.Constant(-1.1645398142571286e-08));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(5.4012585383029753e-08));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(2.2142311763286534e-07));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-8.416769797536874e-06));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.0001129662297301543));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.0005683299333895288));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.012148300552409086));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.049747774357938646));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.07577929952731194));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.01153473907696731));
            first = T.Constant(0.9247463389691644);
        }

        T slopeOfNumerator = T.FusedMultiplyAdd(odd, t, even);
        T numerator = T.FusedMultiplyAdd(slopeOfNumerator, t, first);
        T numeratorRest = T.FusedMultiplyAdd(slopeOfNumerator, t, first - numerator);

        // The quotient and what roundings leave: the numerator's, the denominator's, its own.
        T slope = T.Constant(1.5);
        T denominator = T.FusedMultiplyAdd(a, slope, T.Constant(0.75));
        T rest = T.FusedMultiplySubtract(a, slope, denominator) + T.Constant(0.75);
        rest = T.FusedMultiplyAdd(argument.Low, slope, rest);
        T inverse = T.One / denominator;
        T quotient = numerator * inverse;
        T remainder = T.FusedNegatedMultiplyAdd(quotient, denominator, numerator) + numeratorRest;
        remainder = T.FusedNegatedMultiplyAdd(quotient, rest, remainder);
        return new(quotient, remainder * inverse);
    }

    /// <summary>factor·e^−(high + low) for high ≥ 0, a tiny low and 0 ≤ factor ≤ 1; subnormal results are rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T TimesExpNonPositive<T>(RealSum<T> factor, T high, T low)
        where T : struct, IReal<T> =>
        TimesExpNonPositiveEnlarged(factor, high, low) * (T.ElementBits == 32 ? T.Constant(5.9604644775390625e-08) : T.Constant(1.1102230246251565e-16));

    /// <summary>The same, larger by 2²⁴ (32 bits) or 2⁵³ (64 bits).</summary>
    /// <remarks>high is at most 103.9 (32 bits), 745.1 (64 bits).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T TimesExpNonPositiveEnlarged<T>(RealSum<T> factor, T high, T low)
        where T : struct, IReal<T>
    {
        // factor·2^k·(1 + q)
        ExponentialReduction<T> reduced = ReduceByLogarithmOfTwo(-high, T.ElementBits == 32 ? 127 + 24 : 1023 + 53);
        T q = ExpMinusOneNearZero(reduced.High, reduced.Low - low);
        T product = factor.High + T.FusedMultiplyAdd(q, factor.High, factor.Low);
        return PowerOfTwoFromField<T>(reduced.BiasedExponent) * product;
    }
}
