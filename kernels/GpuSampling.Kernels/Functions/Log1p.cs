using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>log(1 + x), without loss of digits near 0.</summary>
    /// <param name="x">Any number; −1 gives −∞, below −1 and NaN give NaN, +∞ gives +∞.</param>
    /// <returns>log(1 + x) within 2 ulp; x itself where |x| is so small that this is the nearest number, −0 included.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1p<T>(T x)
        where T : struct, IReal<T>
    {
        // 1 + x = 2^k·(1 + f), k from the rounded sum. Then f = 2^−k·x + (2^−k − 1) with one rounding, as long as 2^−k − 1 is
        // exact; where it is not, the 1 is below the last digit. Quarters of 4·2^−k keep that power normal for the largest x.
        Word<T> sum = T.ToBits(T.One + x);
        T k, fourfoldScale, tiny;
        if (T.ElementBits == 32)
        {
            Word<T> offset = sum + T.WordConstant(0x3F800000 - 0x3F3504F3);
            k = T.FromSignedWord((offset >>> 23) - T.WordConstant(127));
            fourfoldScale = T.FromBits(T.WordConstant(0x80000000) - (offset & T.WordConstant(0xFF800000)));
            tiny = T.Constant(2.9802322387695312e-08);
        }
        else
        {
            Word<T> offset = sum + T.WordConstant(0x3FF0000000000000 - 0x3FE6A09E667F3BCD);
            k = T.FromSignedWord((offset >>> 52) - T.WordConstant(1023));
            fourfoldScale = T.FromBits(T.WordConstant(0x8000000000000000) - (offset & T.WordConstant(0xFFF0000000000000)));
            tiny = T.Constant(5.551115123125783e-17);
        }

        T quarter = T.Constant(0.25);
        T fraction = T.FusedMultiplyAdd(fourfoldScale, quarter * x, T.FusedMultiplySubtract(fourfoldScale, quarter, T.One));
        T result = LogOfParts(k, fraction);

        Mask<T> isOrdinary = x < PositiveInfinity<T>();
        isOrdinary &= !(T.Abs(x) < tiny);
        result = T.Select(isOrdinary, result, x);
        T atMostMinusOne = T.Select(T.AreEqual(x, -T.One), NegativeInfinity<T>(), NotANumber<T>());
        return T.Select(x <= -T.One, atMostMinusOne, result);
    }

    /// <summary>log(1 + x) for 0 ≤ x ≤ 1, at a third of the cost of <see cref="Log1p"/>.</summary>
    /// <param name="x">0 to 1; NaN gives NaN; anything else an unspecified number (equal on every engine).</param>
    /// <returns>log(1 + x) within 1.5 ulp.</returns>
    /// <remarks>
    /// x + x²·P(x), minimax for the error relative to log(1 + x): P of degree 8 with error 2⁻²⁷·⁵ (32 bits), 20 with 2⁻⁵⁹·¹
    /// (64 bits).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1pOfUnit<T>(T x)
        where T : struct, IReal<T>
    {
        T square = x * x;
        T even, odd;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(-0.0033124347683042288), square, T.Constant(-0.05760939419269562));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.15351717174053192));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.2495829313993454));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.4999993145465851));
            odd = T.FusedMultiplyAdd(T.Constant(0.020176446065306664), square, T.Constant(0.10674694180488586));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.19694024324417114));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.3333047926425934));
        }
        else
        {
            even = T.FusedMultiplyAdd(T.Constant(-1.6581747320881362e-05), square, T.Constant(-0.001138722898344528));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.01080183519486727));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.03586577724986864));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.06310167446845479));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.08212440404813114));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.09992626770556706));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.12499834506066868));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.1666666557094099));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.24999999998614483));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.499999999999999));
            odd = T.FusedMultiplyAdd(T.Constant(0.00019926280434014315), square, T.Constant(0.0041369858981886685));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.021798673358619618));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.050379999065003477));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.07340972836236972));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.09057402177295508));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.11109845765553479));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.142856982878868));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.19999999949970654));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.333333333333136));
        }

        return T.FusedMultiplyAdd(T.FusedMultiplyAdd(odd, x, even), square, x);
    }
}
