using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>log |Γ(x)|.</summary>
    /// <param name="x">Any number; 0 and the negative integers give +∞, ±∞ give +∞, NaN gives NaN.</param>
    /// <returns>
    /// For x &gt; 0 within 3 ulp, also next to the zeros at 1 and 2. For x &lt; 0 the error is as small beside
    /// max(1, log |Γ(1 − x)|); between its poles the function has zeros, near which digits are lost.
    /// </returns>
    public static T LogGamma<T>(T x)
        where T : struct, IReal<T>
    {
        // Γ(x) = Γ(1 + x)/x below ½, and Γ(x) = π / (sin(π·x)·Γ(1 − x)) below 0, so that y ≥ ½.
        T half = T.Constant(0.5);
        Mask<T> isPositive = x > T.Zero;
        Mask<T> isShifted = x < half;
        T y = T.Select(isShifted, T.One + T.Abs(x), x);
        T fromOne = T.Select(isShifted, T.Abs(x), x - T.One);
        T atLeastHalf = T.Select(y < T.Constant(2.5), LogGammaBelow(y, fromOne), LogGammaByStirling(y));

        T factor = T.Select(isPositive, x, T.Abs(SinCosPi(x).Sine) * T.Constant(0.3183098861837907));
        RealSum<T> logarithm = LogOfPositive(factor);
        T shifted = T.Select(isPositive, atLeastHalf, -atLeastHalf) - logarithm.Low - logarithm.High;
        shifted = T.Select(factor <= T.Zero, PositiveInfinity<T>(), shifted);
        T result = T.Select(isShifted, shifted, atLeastHalf);
        return T.Select(T.AreEqual(T.Abs(x), PositiveInfinity<T>()), PositiveInfinity<T>(), result);
    }

    /// <summary>log Γ(y) for ½ ≤ y &lt; 2.5.</summary>
    /// <param name="y">The argument.</param>
    /// <param name="fromOne">y − 1, which may have more digits than y.</param>
    /// <remarks>
    /// (y − 1)·P(y − 1) up to 1.3125, minimax for the relative error: P of degree 11 with error 2⁻²⁶·² (32 bits), 28 with 2⁻⁵⁶·³
    /// (64 bits). (y − 2)·Q(y − 2) above: Q of degree 10 with 2⁻²⁵·⁹, 22 with 2⁻⁵⁶·².
    /// </remarks>
    private static T LogGammaBelow<T>(T y, T fromOne)
        where T : struct, IReal<T>
    {
        Mask<T> isNearOne = y < T.Constant(1.3125);
        T d = T.Select(isNearOne, fromOne, y - T.Constant(2));
        T square = d * d;
        T even, odd, first;
        T nearOne, nearTwo;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(0.4302382171154022), square, T.Constant(0.01354983914643526));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.13378360867500305));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.1691807359457016));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.27058902382850647));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.8224669694900513));
            odd = T.FusedMultiplyAdd(T.Constant(0.014925707131624222), square, T.Constant(-0.14415405690670013));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.14072318375110626));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.20752422511577606));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.40068352222442627));
            first = T.Constant(-0.5772156715393066);
        }
        else
        {
            even = T.FusedMultiplyAdd(T.Constant(0.23388774545530183), square, T.Constant(-0.17601191120278167));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.16070205518894345));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.0042892497929730026));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.0595866807079925));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.05399858040222062));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.06267962031827497));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.07141851298021305));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.08335464708870767));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.10009942739303228));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.12550967023402124));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.16955717698785572));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.2705808084278461));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.8224670334241131));
            odd = T.FusedMultiplyAdd(T.Constant(-0.2266025674126574), square, T.Constant(0.17162368081156912));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.15663691629730558));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.0026363314610970243));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.05732703255212851));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.0510026941668936));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.05902061369050526));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.06665152143766687));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.0769336004853186));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.09095396837460647));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.11133426739597636));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.14404989673715604));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.20738555102907172));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.40068563438652893));
            first = T.Constant(-0.5772156649015329);
        }

        nearOne = T.FusedMultiplyAdd(T.FusedMultiplyAdd(odd, d, even), d, first);
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(2.2630403691437095e-05), square, T.Constant(0.0005548646440729499));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.00288256979547441));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.020581265911459923));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.32246702909469604));
            odd = T.FusedMultiplyAdd(T.Constant(-0.0001414846337866038), square, T.Constant(-0.00020728909294120967));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.0011811479926109314));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.007389099802821875));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.06735199689865112));
            first = T.Constant(0.42278432846069336);
        }
        else
        {
            even = T.FusedMultiplyAdd(T.Constant(-6.83833270925478e-08), square, T.Constant(1.719429349362908e-07));
            even = T.FusedMultiplyAdd(even, square, T.Constant(1.3066911955864986e-07));
            even = T.FusedMultiplyAdd(even, square, T.Constant(9.847586273097776e-07));
            even = T.FusedMultiplyAdd(even, square, T.Constant(4.368269247515013e-06));
            even = T.FusedMultiplyAdd(even, square, T.Constant(2.0508145010034902e-05));
            even = T.FusedMultiplyAdd(even, square, T.Constant(9.945742911490346e-05));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.0005096695293868171));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.0028905103305916216));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.020580808427787027));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.3224670334241132));
            odd = T.FusedMultiplyAdd(T.Constant(-6.33966663797136e-08), square, T.Constant(2.6302022466543795e-08));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-9.722009231170234e-08));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-4.6872437788733475e-07));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-2.0287747274967152e-06));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-9.44231002922486e-06));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-4.492578611059167e-05));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.00022315480230067046));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.0011927539091704776));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.007385551028754026));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.06735230105319694));
            first = T.Constant(0.42278433509846713);
        }

        nearTwo = T.FusedMultiplyAdd(T.FusedMultiplyAdd(odd, d, even), d, first);
        // Adding 0 makes the zero at 1 positive.
        return T.FusedMultiplyAdd(d, T.Select(isNearOne, nearOne, nearTwo), T.Zero);
    }

    /// <summary>log Γ(y) for y ≥ 2.5 by Stirling's formula (DLMF 5.11.1), its series replaced by a polynomial.</summary>
    /// <remarks>
    /// (y − ½)·(log y − 1) + ½·log 2π − ½ + S(1/y²)/y, the first terms in two words. S is minimax for the absolute error: of
    /// degree 3 with error 2⁻²⁷·⁵ (32 bits), 12 with 2⁻⁵⁶·¹ (64 bits).
    /// </remarks>
    private static T LogGammaByStirling<T>(T y)
        where T : struct, IReal<T>
    {
        T inverse = T.One / y;
        T z = inverse * inverse;
        T series;
        if (T.ElementBits == 32)
        {
            series = T.FusedMultiplyAdd(T.Constant(-0.0004072291194461286), z, T.Constant(0.000776141881942749));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.00277717225253582));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.0833333283662796));
        }
        else
        {
            series = T.FusedMultiplyAdd(T.Constant(1.8099521006386219), z, T.Constant(-2.1311604505452553));
            series = T.FusedMultiplyAdd(series, z, T.Constant(1.173751680651008));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.4125358520694091));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.10925661812581215));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.025454434722113));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.006230834351098411));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.0019119639005308513));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.0008416366583961022));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.000595236680950469));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.0007936507845917228));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.0027777777777561147));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.08333333333333333));
        }

        RealSum<T> logarithm = LogOfPositive(y);
        T logMinusOne = logarithm.High - T.One;
        T logRest = logarithm.High - logMinusOne - T.One + logarithm.Low;
        T a = y - T.Constant(0.5);
        T product = a * logMinusOne;
        T rest = T.FusedMultiplyAdd(a, logRest, T.FusedMultiplySubtract(a, logMinusOne, product));

        T constant = T.Constant(0.41893853320467274);
        T sum = product + constant;
        T added = sum - product;
        rest += product - (sum - added) + (constant - added);
        // Where the terms overflow or nearly so, the product is all that counts.
        T isAll = T.ElementBits == 32 ? T.Constant(1e30) : T.Constant(1e300);
        return T.Select(y > isAll, a * (logMinusOne + logRest), sum + T.FusedMultiplyAdd(series, inverse, rest));
    }
}
