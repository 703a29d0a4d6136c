using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The quantile function of the standard normal: the x with Φ(x) = p.</summary>
    /// <param name="p">A probability: 0 gives −∞, 1 gives +∞, anything outside [0, 1] and NaN give NaN.</param>
    /// <returns>Φ⁻¹(p), down to the smallest subnormal p, within 2 ulp.</returns>
    public static T InverseNormalCdf<T>(T p)
        where T : struct, IReal<T>
    {
        T half = T.Constant(0.5);
        T centered = p - half;
        T central = CentralNormalQuantile(centered);
        T tail = T.Min(p, T.One - p);
        T magnitude = UpperNormalQuantile(tail);
        T result = T.Select(T.Abs(centered) <= (T.ElementBits == 32 ? T.Constant(0.25) : T.Constant(0.375)), central, T.FromBits(T.ToBits(magnitude) | SignOf(centered)));

        T limit = T.FromBits(T.ToBits(PositiveInfinity<T>()) | SignOf(centered));
        result = T.Select(T.AreEqual(tail, T.Zero), limit, result);
        return T.Select(tail >= T.Zero, result, NotANumber<T>());
    }

    /// <summary>Φ⁻¹(½ + q) for |q| ≤ ¼ (32 bits), 0.375 (64 bits).</summary>
    /// <remarks>
    /// q·P, minimax for the relative error: P of degree 6 in q² with error 2⁻³⁰·⁰ (32 bits), 21 in q² − 9/128 with 2⁻⁵⁵·⁰
    /// (64 bits).
    /// </remarks>
    private static T CentralNormalQuantile<T>(T q)
        where T : struct, IReal<T>
    {
        T p;
        if (T.ElementBits == 32)
        {
            T z = q * q;
            p = T.FusedMultiplyAdd(T.Constant(1127.623291015625), z, T.Constant(86.98908233642578));
            p = T.FusedMultiplyAdd(p, z, T.Constant(49.885292053222656));
            p = T.FusedMultiplyAdd(p, z, T.Constant(15.604048728942871));
            p = T.FusedMultiplyAdd(p, z, T.Constant(5.77318000793457));
            p = T.FusedMultiplyAdd(p, z, T.Constant(2.6249327659606934));
            p = T.FusedMultiplyAdd(p, z, T.Constant(2.5066282749176025));
        }
        else
        {
            T z = T.FusedMultiplySubtract(q, q, T.Constant(0.0703125));
            p = T.FusedMultiplyAdd(T.Constant(336357821890869.2), z, T.Constant(60109850478854.445));
            p = T.FusedMultiplyAdd(p, z, T.Constant(2189975950224.8726));
            p = T.FusedMultiplyAdd(p, z, T.Constant(510998995465.90125));
            p = T.FusedMultiplyAdd(p, z, T.Constant(207116368763.04404));
            p = T.FusedMultiplyAdd(p, z, T.Constant(38674221401.61172));
            p = T.FusedMultiplyAdd(p, z, T.Constant(6713217198.670637));
            p = T.FusedMultiplyAdd(p, z, T.Constant(1305842309.1411493));
            p = T.FusedMultiplyAdd(p, z, T.Constant(257186424.76787114));
            p = T.FusedMultiplyAdd(p, z, T.Constant(50336402.56252072));
            p = T.FusedMultiplyAdd(p, z, T.Constant(9921477.00853033));
            p = T.FusedMultiplyAdd(p, z, T.Constant(1974473.4098588699));
            p = T.FusedMultiplyAdd(p, z, T.Constant(397109.8721372223));
            p = T.FusedMultiplyAdd(p, z, T.Constant(80906.4653848288));
            p = T.FusedMultiplyAdd(p, z, T.Constant(16754.702141199377));
            p = T.FusedMultiplyAdd(p, z, T.Constant(3543.7539152331747));
            p = T.FusedMultiplyAdd(p, z, T.Constant(771.1473736943169));
            p = T.FusedMultiplyAdd(p, z, T.Constant(174.70771079208896));
            p = T.FusedMultiplyAdd(p, z, T.Constant(42.09116813970401));
            p = T.FusedMultiplyAdd(p, z, T.Constant(11.265517124228651));
            p = T.FusedMultiplyAdd(p, z, T.Constant(3.7598846782379556));
            p = T.FusedMultiplyAdd(p, z, T.Constant(2.7266649486974748));
        }

        return p * q;
    }

    /// <summary>−Φ⁻¹(p) for 0 &lt; p ≤ ¼ (32 bits), ⅛ (64 bits).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T UpperNormalQuantile<T>(T p)
        where T : struct, IReal<T> => T.ElementBits == 32 ? UpperNormalQuantileInSingle(p) : UpperNormalQuantileInDouble(p);

    /// <summary>−Φ⁻¹(p) for 0 &lt; p ≤ ¼.</summary>
    /// <remarks>
    /// r·P(t) with r = √(−2·log p) and t = (r − 4) / (r + 2), minimax for the relative error: P of degree 11 with error 2⁻²⁸·³.
    /// </remarks>
    private static T UpperNormalQuantileInSingle<T>(T p)
        where T : struct, IReal<T>
    {
        T r = T.Sqrt(T.Constant(-2) * Log(p));
        T numerator = r - T.Constant(4), denominator = r + T.Constant(2);
        T t = numerator / denominator;
        T square = t * t;
        T even, odd;
        even = T.FusedMultiplyAdd(T.Constant(-0.0030635788571089506), square, T.Constant(-0.007718161214143038));
        even = T.FusedMultiplyAdd(even, square, T.Constant(-0.030398674309253693));
        even = T.FusedMultiplyAdd(even, square, T.Constant(-0.10836176574230194));
        even = T.FusedMultiplyAdd(even, square, T.Constant(-0.3355850577354431));
        odd = T.FusedMultiplyAdd(T.Constant(0.0016285163583233953), square, T.Constant(0.0035984793212264776));
        odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.015552685596048832));
        odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.056613046675920486));
        odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.19311484694480896));
        odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.3646470308303833));
        T first = T.Constant(0.8502981662750244);
        T slope = T.FusedMultiplyAdd(even, t, odd);
        T factor = T.FusedMultiplyAdd(slope, t, first);
        T factorRest = T.FusedMultiplyAdd(slope, t, first - factor);

        // What the roundings of r and t leave, by first order: dx/dr is about 1 + 1/r², and r·P' is (dx/dr − P)·(r + 2)²/6.
        RealSum<T> logarithm = LogOfPositive(p);
        T rootRemainder = T.FusedMultiplyAdd(r, r, T.Constant(2) * logarithm.High) + (T.Constant(2) * logarithm.Low);
        T inverse = T.One / r;
        T slopeInRoot = T.FusedMultiplyAdd(inverse, inverse, T.One);
        T numeratorRest = r - (numerator + T.Constant(4)), denominatorRest = r - (denominator - T.Constant(2));
        T remainder = T.FusedNegatedMultiplyAdd(t, denominator, numerator) + T.FusedNegatedMultiplyAdd(t, denominatorRest, numeratorRest);
        T rest = (slopeInRoot - factor) * denominator * T.Constant(0.1666666716337204) * remainder;
        rest = T.FusedMultiplyAdd(T.Constant(-0.5) * rootRemainder * inverse, slopeInRoot, rest);
        return T.FusedMultiplyAdd(r, factor, T.FusedMultiplyAdd(r, factorRest, rest));
    }

    /// <summary>−Φ⁻¹(p) for 0 &lt; p ≤ ⅛.</summary>
    /// <remarks>
    /// r·P(t) with r = √(−2·log p) and t = (r − 4) / (r + 4), minimax for the relative error: P of degree 12 with error 2⁻²⁴·⁸,
    /// which one step of Halley's method makes exact.
    /// </remarks>
    private static T UpperNormalQuantileInDouble<T>(T p)
        where T : struct, IReal<T>
    {
        T r = T.Sqrt(T.Constant(-2) * Log(p));
        T t = (r - T.Constant(4)) / (r + T.Constant(4));
        T square = t * t;
        T even, odd;
        even = T.FusedMultiplyAdd(T.Constant(-0.20432791552284185), square, T.Constant(-1.3783194679054491));
        even = T.FusedMultiplyAdd(even, square, T.Constant(-1.3098209450146636));
        even = T.FusedMultiplyAdd(even, square, T.Constant(-1.1480004592940638));
        even = T.FusedMultiplyAdd(even, square, T.Constant(-1.0175990451843906));
        even = T.FusedMultiplyAdd(even, square, T.Constant(-0.7586516655243885));
        even = T.FusedMultiplyAdd(even, square, T.Constant(0.8502981364556433));
        odd = T.FusedMultiplyAdd(T.Constant(0.7996505099521175), square, T.Constant(1.4832346601724034));
        odd = T.FusedMultiplyAdd(odd, square, T.Constant(1.1924894336599565));
        odd = T.FusedMultiplyAdd(odd, square, T.Constant(1.0950368773911858));
        odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.9095160258289534));
        odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.4861958928481661));
        return RefineUpperNormalQuantile(r * T.FusedMultiplyAdd(odd, t, even), p);
    }

    /// <summary>One step of Halley's method for Φ(−x) = p: x + d / (1 − ½·x·d), d = (Φ(−x) − p) / φ(x).</summary>
    /// <remarks>All probabilities are computed enlarged by 2⁵³, so that none is subnormal.</remarks>
    private static T RefineUpperNormalQuantile<T>(T x, T p)
        where T : struct, IReal<T>
    {
        T half = T.Constant(0.5);
        T square = x * x;
        T rest = T.FusedMultiplySubtract(x, x, square);
        RealSum<T> scaled = ScaledErfcOfMagnitude(OverRootOfTwo(x)).Scale(half);
        T tail = TimesExpNonPositiveEnlarged(scaled, half * square, half * rest);
        T density = TimesExpNonPositiveEnlarged(new RealSum<T>(T.Constant(0.3989422804014327), T.Zero), half * square, half * rest);
        T step = (tail - (p * T.Constant(9007199254740992))) / density;
        return x + (step / T.FusedNegatedMultiplyAdd(half * x, step, T.One));
    }
}
