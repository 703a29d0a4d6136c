using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>ψ(x), the derivative of log Γ(x).</summary>
    /// <param name="x">Any number; 0 and the negative integers, −∞ and NaN give NaN, +∞ gives +∞.</param>
    /// <returns>
    /// For x &gt; 0 within 1.5 ulp, also next to the zero at 1.4616. For x &lt; 0 the error is as small beside
    /// max(|ψ(1 − x)|, |π·cot(π·x)|); between its poles the function has zeros, near which digits are lost.
    /// </returns>
    public static T Digamma<T>(T x)
        where T : struct, IReal<T>
    {
        // ψ(x) = ψ(1 + x) − 1/x below 1, and ψ(x) = ψ(1 − x) − π·cos(π·x)/sin(π·x) below 0, so that y ≥ 1.
        Mask<T> isPositive = x > T.Zero;
        Mask<T> isShifted = x < T.One;
        T y = T.Select(isShifted, T.One + T.Abs(x), x);
        T fromOne = T.Select(isShifted, T.Abs(x), x - T.One);
        RealSum<T> below = DigammaBelow(fromOne), series = DigammaByAsymptoticSeries(y);
        Mask<T> isBelow = y < T.Constant(2.5);
        T high = T.Select(isBelow, below.High, series.High), low = T.Select(isBelow, below.Low, series.Low);
        T atLeastOne = high + low;

        SineCosine<T> angle = SinCosPi(x);
        T numerator = T.Select(isPositive, T.One, T.Constant(3.141592653589793) * angle.Cosine);
        T denominator = T.Select(isPositive, x, angle.Sine);

        // The quotient and the difference with what their roundings leave, where the quotient does not overflow.
        T inverse = T.One / denominator;
        T quotient = numerator * inverse;
        T remainder = T.FusedNegatedMultiplyAdd(quotient, denominator, numerator) * inverse;
        T difference = high - quotient;
        T rest = high - (difference + quotient) + (low - remainder);
        T shifted = T.Select(T.Abs(quotient) < PositiveInfinity<T>(), difference + rest, difference);
        shifted = T.Select(T.AreEqual(denominator, T.Zero), NotANumber<T>(), shifted);
        return T.Select(isShifted, shifted, atLeastOne);
    }

    /// <summary>ψ(1 + d) for 0 ≤ d &lt; 1.5.</summary>
    /// <remarks>
    /// (x − x₀)·P(x − 1.75) with the zero x₀ in two words, minimax for the relative error: P of degree 11 with error 2⁻²⁵·⁷
    /// (32 bits), 25 with 2⁻⁵⁵·⁸ (64 bits).
    /// </remarks>
    private static RealSum<T> DigammaBelow<T>(T d)
        where T : struct, IReal<T>
    {
        T centered = d - T.Constant(0.75);
        T square = centered * centered;
        T even, odd, first, zero, zeroRest;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(-0.0015648071421310306), square, T.Constant(-0.001985621638596058));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.008110876195132732));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.024856632575392723));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.0822879746556282));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.32625457644462585));
            odd = T.FusedMultiplyAdd(T.Constant(0.002636602148413658), square, T.Constant(0.003655971260741353));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.014242756180465221));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.04476490244269371));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.15712179243564606));
            first = T.Constant(0.8581832051277161);
            zero = T.Constant(0.4616321325302124);
            zeroRest = T.Constant(1.243815006546356e-08);
        }
        else
        {
            even = T.FusedMultiplyAdd(T.Constant(-1.227512721038558e-06), square, T.Constant(8.463924928146716e-07));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-5.079761389490044e-06));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-8.082473521312601e-06));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-2.9479587776819495e-05));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-8.82740158690601e-05));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.000271116719802332));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.0008314931670493943));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.002556686920221158));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.00791046875013108));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.024890048489941134));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.08228558635576283));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.3262546278681058));
            odd = T.FusedMultiplyAdd(T.Constant(2.078213404477037e-06), square, T.Constant(-1.235029504502217e-06));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(8.5084073206069e-06));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(1.4486722356704912e-05));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(5.139829645409345e-05));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.00015459304727865578));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.00047472744556871185));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.0014573685554681048));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.004491814223618164));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.013985786158183744));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.044799654453437386));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.15712011335203627));
            first = T.Constant(0.8581832171262995);
            zero = T.Constant(0.46163214496836236);
            zeroRest = T.Constant(-1.5522348162858677e-17);
        }

        T slope = T.FusedMultiplyAdd(odd, centered, even);
        T factor = T.FusedMultiplyAdd(slope, centered, first);
        T factorRest = T.FusedMultiplyAdd(slope, centered, first - factor);

        // d − zero is exact in the middle, and above it what it rounds away is found as for any sum of d and a smaller number.
        T fromZero = d - zero;
        T fromZeroRest = T.Select(d < zero, d - (fromZero + zero), (d - fromZero) - zero) - zeroRest;
        T product = fromZero * factor;
        T productRest = T.FusedMultiplySubtract(fromZero, factor, product);
        return new(product, T.FusedMultiplyAdd(fromZeroRest, factor, T.FusedMultiplyAdd(fromZero, factorRest, productRest)));
    }

    /// <summary>ψ(y) for y ≥ 2.5 by the asymptotic series (DLMF 5.11.2), replaced by a polynomial.</summary>
    /// <remarks>
    /// log y − 1/(2y) − z·A(z) with z = 1/y², A minimax for the absolute error: of degree 3 with error 2⁻²⁵·⁵ (32 bits), 14 with
    /// 2⁻⁵⁶·⁴ (64 bits).
    /// </remarks>
    private static RealSum<T> DigammaByAsymptoticSeries<T>(T y)
        where T : struct, IReal<T>
    {
        T inverse = T.One / y;
        T z = inverse * inverse;
        T series;
        if (T.ElementBits == 32)
        {
            series = T.FusedMultiplyAdd(T.Constant(-0.0026379043702036142), z, T.Constant(0.0038382685743272305));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.00832946877926588));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.08333331346511841));
        }
        else
        {
            series = T.FusedMultiplyAdd(T.Constant(817.0026221587875), z, T.Constant(-1060.2670123566882));
            series = T.FusedMultiplyAdd(series, z, T.Constant(637.7109946474517));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-238.4456566917429));
            series = T.FusedMultiplyAdd(series, z, T.Constant(63.29112893732124));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-13.129095488320306));
            series = T.FusedMultiplyAdd(series, z, T.Constant(2.354217742328162));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.4138884706186452));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.0824032231044124));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.02107177420255191));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.0075754400820409));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.004166663747916573));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.003968253954266666));
            series = T.FusedMultiplyAdd(series, z, T.Constant(-0.008333333333308022));
            series = T.FusedMultiplyAdd(series, z, T.Constant(0.08333333333333333));
        }

        RealSum<T> logarithm = LogOfPositive(y);
        T correction = T.FusedMultiplyAdd(series, z, T.Constant(0.5) * inverse);
        T low = logarithm.Low - correction;
        // False for +∞ and NaN.
        Mask<T> isFinite = y < PositiveInfinity<T>();
        return new(T.Select(isFinite, logarithm.High, y), T.Select(isFinite, low, T.Zero));
    }
}
