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
        Word<T> bits = T.ToBits(T.One + x);
        T k, fourfoldScale, tiny;
        if (T.ElementBits == 32)
        {
            Word<T> offset = bits + T.WordConstant(0x3F800000 - 0x3F3504F3);
            k = T.FromSignedWord((offset >>> 23) - T.WordConstant(127));
            fourfoldScale = T.FromBits(T.WordConstant(0x80000000) - (offset & T.WordConstant(0xFF800000)));
            tiny = T.Constant(2.9802322387695312e-08);
        }
        else
        {
            Word<T> offset = bits + T.WordConstant(0x3FF0000000000000 - 0x3FE6A09E667F3BCD);
            k = T.FromSignedWord((offset >>> 52) - T.WordConstant(1023));
            fourfoldScale = T.FromBits(T.WordConstant(0x8000000000000000) - (offset & T.WordConstant(0xFFF0000000000000)));
            tiny = T.Constant(5.551115123125783e-17);
        }

        T quarter = T.Constant(0.25);
        T fraction = T.FusedMultiplyAdd(fourfoldScale, quarter * x, T.FusedMultiplySubtract(fourfoldScale, quarter, T.One));
        RealSum<T> sum = LogOfParts(k, fraction);
        T result = sum.High + sum.Low;

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
    /// x + x²·P(x − ½), minimax for the error relative to log(1 + x): P of degree 8 with error 2⁻²⁶·⁹ (32 bits), 20 with 2⁻⁵⁶·⁹
    /// (64 bits). Around the middle of the interval the coefficients fall off quickly, so that little is lost in the summation.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1pOfUnit<T>(T x)
        where T : struct, IReal<T>
    {
        T centered = x - T.Constant(0.5);
        T square = centered * centered;
        T even, odd;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(-0.0033206292428076267), square, T.Constant(-0.010183929465711117));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.028902823105454445));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.09323205053806305));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.37813955545425415));
            odd = T.FusedMultiplyAdd(T.Constant(0.006945593748241663), square, T.Constant(0.016652220860123634));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.051089465618133545));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.1792248785495758));
        }
        else
        {
            even = T.FusedMultiplyAdd(T.Constant(-1.6784193978383934e-05), square, T.Constant(-3.326024421926445e-05));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-7.903098906469104e-05));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.00020296718931057855));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.0005168089311765421));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.0013445086238388056));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.00358566584179865));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.009909900741776133));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.02894318316460835));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.09323036636367014));
            even = T.FusedMultiplyAdd(even, square, T.Constant(-0.37813956756734246));
            odd = T.FusedMultiplyAdd(T.Constant(3.378537658745239e-05), square, T.Constant(4.3702576555350706e-05));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.0001294968966666395));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.00032248155615604136));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.0008314842439105058));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.002187635434944789));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.005929012168363471));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.016788742474995528));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.05108344610559618));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.1792249369360365));
        }

        return T.FusedMultiplyAdd(T.FusedMultiplyAdd(odd, centered, even), x * x, x);
    }
}
