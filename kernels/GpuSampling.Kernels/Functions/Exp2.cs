using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>2^x.</summary>
    /// <param name="x">Any number; NaN gives NaN.</param>
    /// <returns>2^x within 1 ulp, exact for integers, subnormal results included; 0 and +∞ beyond the range.</returns>
    /// <remarks>
    /// 2^k·2^r with k the nearest integer; 2^r − 1 = r·ln 2 + r²·P(r), ln 2 in two words, minimax for the error relative to 2^r: P of
    /// degree 5 with error 2⁻³³·⁰ (32 bits), 10 with 2⁻⁶³·² (64 bits).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp2<T>(T x)
        where T : struct, IReal<T>
    {
        T bounded = T.ElementBits == 32
            ? T.Min(T.Constant(128), T.Max(T.Constant(-151), x))
            : T.Min(T.Constant(1024), T.Max(T.Constant(-1076), x));
        // 1.5·2²³ (1.5·2⁵²) and twice the exponent bias, as in Exp.
        T shift = T.ElementBits == 32 ? T.Constant(12582912.0 + 254) : T.Constant(6755399441055744.0 + 2046);
        T shifted = bounded + shift;
        T r = bounded - (shifted - shift);
        T square = r * r;
        T even, odd, high, low;
        if (T.ElementBits == 32)
        {
            even = T.FusedMultiplyAdd(T.Constant(0.00015456356049980968), square, T.Constant(0.009618077427148819));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.24022650718688965));
            odd = T.FusedMultiplyAdd(T.Constant(1.510301444795914e-05), square, T.Constant(0.001333424006588757));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.055504102259874344));
            high = T.Constant(0.6931471824645996);
            low = T.Constant(-1.9046542121259336e-09);
        }
        else
        {
            even = T.FusedMultiplyAdd(T.Constant(2.544278987501661e-11), square, T.Constant(7.055114440851086e-09));
            even = T.FusedMultiplyAdd(even, square, T.Constant(1.3215486191019633e-06));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.00015403530394179945));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.009618129107628005));
            even = T.FusedMultiplyAdd(even, square, T.Constant(0.24022650695910072));
            odd = T.FusedMultiplyAdd(T.Constant(4.4561043543760905e-10), square, T.Constant(1.0178055317232647e-07));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(1.5252733845290515e-05));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.0013333558146403522));
            odd = T.FusedMultiplyAdd(odd, square, T.Constant(0.05550410866482163));
            high = T.Constant(0.6931471805599453);
            low = T.Constant(2.3190468138462996e-17);
        }

        T tail = T.FusedMultiplyAdd(T.FusedMultiplyAdd(odd, r, even), square, r * low);
        T powerMinusOne = T.FusedMultiplyAdd(r, high, tail);
        Word<T> exponent = T.ToBits(shifted);
        Word<T> half = exponent >>> 1;
        T first = PowerOfTwoFromField<T>(half);
        T second = PowerOfTwoFromField<T>(exponent - half);
        return T.FusedMultiplyAdd(first, powerMinusOne, first) * second;
    }
}
