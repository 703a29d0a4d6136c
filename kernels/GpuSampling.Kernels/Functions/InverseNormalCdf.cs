using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The quantile function of the standard normal: the x with Φ(x) = p.</summary>
    /// <param name="p">A probability: 0 gives −∞, 1 gives +∞, anything outside [0, 1] and NaN give NaN.</param>
    /// <returns>Φ⁻¹(p), down to the smallest subnormal p, within 4 ulp (32 bits; 2 ulp for p from ⅛ to ⅞) or 2 ulp (64 bits).</returns>
    public static T InverseNormalCdf<T>(T p)
        where T : struct, IReal<T>
    {
        T half = T.Constant(0.5);
        T centered = p - half;
        T central = CentralNormalQuantile(centered);
        T tail = T.Min(p, T.One - p);
        T magnitude = UpperNormalQuantile(tail);
        T result = T.Select(T.Abs(centered) <= T.Constant(0.375), central, T.FromBits(T.ToBits(magnitude) | SignOf(centered)));

        T limit = T.FromBits(T.ToBits(PositiveInfinity<T>()) | SignOf(centered));
        result = T.Select(T.AreEqual(tail, T.Zero), limit, result);
        return T.Select(tail >= T.Zero, result, NotANumber<T>());
    }

    /// <summary>Φ⁻¹(½ + q) for |q| ≤ 0.375.</summary>
    /// <remarks>
    /// q·P, minimax for the relative error: P of degree 10 in q² with error 2⁻²⁹·⁵ (32 bits), 21 in q² − 9/128 with 2⁻⁵⁵·⁰
    /// (64 bits).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CentralNormalQuantile<T>(T q)
        where T : struct, IReal<T>
    {
        T p;
        if (T.ElementBits == 32)
        {
            T z = q * q;
            p = T.FusedMultiplyAdd(T.Constant(2952823.25), z, T.Constant(-1504864.625));
            p = T.FusedMultiplyAdd(p, z, T.Constant(370295.125));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-47814.234375));
            p = T.FusedMultiplyAdd(p, z, T.Constant(4619.9248046875));
            p = T.FusedMultiplyAdd(p, z, T.Constant(-64.3028793334961));
            p = T.FusedMultiplyAdd(p, z, T.Constant(53.81010055541992));
            p = T.FusedMultiplyAdd(p, z, T.Constant(15.545480728149414));
            p = T.FusedMultiplyAdd(p, z, T.Constant(5.773622512817383));
            p = T.FusedMultiplyAdd(p, z, T.Constant(2.624931573867798));
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

    /// <summary>−Φ⁻¹(p) for 0 &lt; p ≤ ⅛.</summary>
    /// <remarks>
    /// r·P(t) with r = √(−2·log p), minimax for the relative error: P of degree 10 in t = (r − 2) / (r + 2) − ⅜ with error 2⁻²⁵·²
    /// (32 bits), of degree 12 in (r − 4) / (r + 4) with 2⁻²⁴·⁸, which one step of Halley's method makes exact (64 bits).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T UpperNormalQuantile<T>(T p)
        where T : struct, IReal<T>
    {
        T r = T.Sqrt(T.Constant(-2) * Log(p));
        if (T.ElementBits == 32)
        {
            T t = T.FusedMultiplyAdd(r, T.Constant(0.625), T.Constant(-2.75)) / (r + T.Constant(2));
            T square = t * t;
            T even, odd;
            even = T.FusedMultiplyAdd(T.Constant(0.13315393030643463), square, T.Constant(0.1991889774799347));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.3527701497077942));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.5673089027404785));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.48729053139686584));
            odd = T.FusedMultiplyAdd(T.Constant(-0.08380694687366486), square, T.Constant(-0.16896826518939972));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.27607429027557373));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.4675016403198242));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(-0.6790117621421814));
            return r * T.FusedMultiplyAdd(T.FusedMultiplyAdd(odd, t, even), t, T.Constant(0.871823251247406));
        }
        else
        {
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
    }

    /// <summary>One step of Halley's method for Φ(−x) = p: x + d / (1 − ½·x·d), d = (Φ(−x) − p) / φ(x).</summary>
    /// <remarks>All probabilities are computed enlarged by 2⁵³, so that none is subnormal.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T RefineUpperNormalQuantile<T>(T x, T p)
        where T : struct, IReal<T>
    {
        T half = T.Constant(0.5);
        T square = x * x;
        T rest = T.FusedMultiplySubtract(x, x, square);
        RealSum<T> scaled = ScaledErfcOfMagnitude(x * T.Constant(0.7071067811865476)).Scale(half);
        T tail = TimesExpNonPositiveEnlarged(scaled, half * square, half * rest);
        T density = TimesExpNonPositiveEnlarged(new RealSum<T>(T.Constant(0.3989422804014327), T.Zero), half * square, half * rest);
        T step = (tail - (p * T.Constant(9007199254740992))) / density;
        return x + (step / T.FusedNegatedMultiplyAdd(half * x, step, T.One));
    }
}
