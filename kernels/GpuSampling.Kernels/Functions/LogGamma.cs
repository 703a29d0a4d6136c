using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>log |Γ(x)|.</summary>
    /// <param name="x">Any number; 0 and the negative integers give +∞, ±∞ give +∞, NaN gives NaN.</param>
    /// <returns>
    /// For x &gt; 0 within 2 ulp (32 bits) or 3 ulp (64 bits), also next to the zeros at 1 and 2. For x &lt; 0 the error is as small beside
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
        T atLeastHalf = T.Select(y < T.Constant(T.ElementBits == 32 ? 3 : 2.5), LogGammaBelow(y, fromOne), LogGammaByStirling(y));

        T factor = T.Select(isPositive, x, T.Abs(SinCosPi(x).Sine) * T.Constant(0.3183098861837907));
        RealSum<T> logarithm = LogOfPositive(factor);
        T shifted = T.Select(isPositive, atLeastHalf, -atLeastHalf) - logarithm.Low - logarithm.High;
        shifted = T.Select(factor <= T.Zero, PositiveInfinity<T>(), shifted);
        T result = T.Select(isShifted, shifted, atLeastHalf);
        return T.Select(T.AreEqual(T.Abs(x), PositiveInfinity<T>()), PositiveInfinity<T>(), result);
    }

    /// <summary>log Γ(y) for ½ ≤ y &lt; 3 (32 bits) or 2.5 (64 bits).</summary>
    /// <param name="y">The argument.</param>
    /// <param name="fromOne">y − 1, which may have more digits than y.</param>
    /// <remarks>
    /// (y − 1)·P(y − 1) up to 1.40625 (32 bits) or 1.3125 (64 bits), minimax for the relative error: P of degree 12 with error 2⁻²⁷·⁵
    /// (32 bits, its first coefficient in two words), 28 with 2⁻⁵⁶·³ (64 bits). (y − 2)·Q(y − 2) above: Q of degree 10 with 2⁻²⁸·⁰, 22
    /// with 2⁻⁵⁶·².
    /// </remarks>
    private static T LogGammaBelow<T>(T y, T fromOne)
        where T : struct, IReal<T>
    {
        Mask<T> isNearOne = y < T.Constant(T.ElementBits == 32 ? 1.40625 : 1.3125);
        T d = T.Select(isNearOne, fromOne, y - T.Constant(2));
        T square = d * d;
        T even, odd, first, firstLow = T.Zero;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(0.159442737698555), square, T.Constant(0.07631901651620865));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.1289392113685608));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.16931726038455963));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.27058807015419006));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.8224669694900513));
            odd = T.FusedMultiplyAdd(T.Constant(-0.2218865007162094), square, T.Constant(-0.025571653619408607));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.1239631250500679));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.14288295805454254));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.20743456482887268));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.4006848931312561));
            first = T.Constant(-0.5772156715393066);
            firstLow = T.Constant(4.904965322793942e-09);
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

        T secondNearOne = T.FusedMultiplyAdd(odd, d, even);
        T firstNearOne = first, firstLowNearOne = firstLow;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(0.0001176918885903433), square, T.Constant(0.0005061491392552853));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.002890187781304121));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.020580917596817017));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.32246702909469604));
            odd = T.FusedMultiplyAdd(T.Constant(-3.0006900487933308e-05), square, T.Constant(-0.0002474759239703417));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.0011819928186014295));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.007387479301542044));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.06735217571258545));
            first = T.Constant(0.42278432846069336);
            firstLow = T.Constant(5.236183042711673e-09);
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

        first = T.Select(isNearOne, firstNearOne, first);
        firstLow = T.Select(isNearOne, firstLowNearOne, firstLow);
        T second = T.Select(isNearOne, secondNearOne, T.FusedMultiplyAdd(odd, d, even));
        if (T.ElementBits == 64)
        {
            // Adding 0 makes the zero at 1 positive.
            return T.FusedMultiplyAdd(d, T.FusedMultiplyAdd(second, d, first), T.Zero);
        }

        // The two terms cancel in part: their sum in two words (Fast2Sum; the first is the larger).
        T product = second * d;
        T sum = first + product;
        T rest = first - sum + product + (T.FusedMultiplySubtract(second, d, product) + firstLow);
        return T.FusedMultiplyAdd(d, sum, T.FusedMultiplyAdd(d, rest, T.Zero));
    }

    /// <summary>log Γ(y) for y ≥ 2.5 (64 bits) or 3 (32 bits) by Stirling's formula (DLMF 5.11.1), its series replaced by a polynomial.</summary>
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
