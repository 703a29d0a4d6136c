using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>sin x.</summary>
    /// <param name="x">The angle in radians, any number; infinite and NaN give NaN.</param>
    /// <returns>As <see cref="SinCos"/>.</returns>
    public static T Sin<T>(T x)
        where T : struct, IReal<T> => SinCos(x).Sine;

    /// <summary>cos x.</summary>
    /// <param name="x">The angle in radians, any number; infinite and NaN give NaN.</param>
    /// <returns>As <see cref="SinCos"/>.</returns>
    public static T Cos<T>(T x)
        where T : struct, IReal<T> => SinCos(x).Cosine;

    /// <summary>sin x and cos x.</summary>
    /// <param name="x">The angle in radians, any number; infinite and NaN give NaN.</param>
    /// <returns>
    /// Both within 2 ulp for every finite x. Arguments up to 2¹⁷ (32 bits) or 2³¹ (64 bits) take the short way; a pack that holds a
    /// larger one takes ten times as long.
    /// </returns>
    public static SineCosine<T> SinCos<T>(T x)
        where T : struct, IReal<T>
    {
        T limit = T.ElementBits == 32 ? T.Constant(131072) : T.Constant(2147483648);
        Mask<T> isLarge = !(T.Abs(x) <= limit);
        SineCosine<T> result = SinCosOfModerate(x);
        if (T.Any(isLarge))
        {
            SineCosine<T> large = SinCosOfLarge(x);
            return new(T.Select(isLarge, large.Sine, result.Sine), T.Select(isLarge, large.Cosine, result.Cosine));
        }

        return result;
    }

    /// <summary>sin x and cos x, with x − n·π/2 by Cody and Waite's method: π/2 as three words, the first product exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SineCosine<T> SinCosOfModerate<T>(T x)
        where T : struct, IReal<T>
    {
        T n, r;
        Word<T> quarter;
        if (T.ElementBits == 32)
        {
            T shift = T.Constant(12582912);
            T shifted = T.FusedMultiplyAdd(x, T.Constant(0.6366197466850281), shift);
            quarter = T.ToBits(shifted);
            n = shifted - shift;
            r = T.FusedMultiplyAdd(n, T.Constant(-1.5707963705062866), x);
            r = T.FusedMultiplyAdd(n, T.Constant(4.371138828673793e-08), r);
            r = T.FusedMultiplyAdd(n, T.Constant(1.7151245100058819e-15), r);
        }
        else
        {
            T shift = T.Constant(6755399441055744);
            T shifted = T.FusedMultiplyAdd(x, T.Constant(0.6366197723675814), shift);
            quarter = T.ToBits(shifted);
            n = shifted - shift;
            r = T.FusedMultiplyAdd(n, T.Constant(-1.5707963267948966), x);
            r = T.FusedMultiplyAdd(n, T.Constant(-6.123233995736766e-17), r);
            r = T.FusedMultiplyAdd(n, T.Constant(1.4973849048591698e-33), r);
        }

        return TurnQuarters(SinCosNearZero(r), quarter);
    }

    /// <summary>sin r and cos r for |r| ≤ 0.8.</summary>
    /// <remarks>
    /// r + r³·S(r²): S of degree 2 with error 2⁻²⁷·⁷ (32 bits), 6 with 2⁻⁶²·⁸ (64 bits), and 1 + r²·C(r²): C of degree 3 with 2⁻³²·⁴, 6
    /// with 2⁻⁶³·³; minimax for the relative error of the sine, the absolute one of the cosine.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SineCosine<T> SinCosNearZero<T>(T r)
        where T : struct, IReal<T>
    {
        T square = r * r;
        T sine, cosine;
        if (T.ElementBits == 32)
        {
            sine = T.FusedMultiplyAdd(T.Constant(-0.00019505539967212826), square, T.Constant(0.008332095108926296));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(-0.16666653752326965));
            cosine = T.FusedMultiplyAdd(T.Constant(2.4428645701846108e-05), square, T.Constant(-0.0013887290842831135));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(0.04166664555668831));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(-0.5));
        }
        else
        {
            sine = T.FusedMultiplyAdd(T.Constant(-7.50133237406434e-13), square, T.Constant(1.6056563397026422e-10));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(-2.5052088255900568e-08));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(2.755731913706799e-06));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(-0.0001984126984106937));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(0.008333333333333108));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(-0.16666666666666666));
            cosine = T.FusedMultiplyAdd(T.Constant(-1.1355321131083436e-11), square, T.Constant(2.0875640594538015e-09));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(-2.755731375151902e-07));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(2.4801587287431206e-05));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(-0.001388888888887089));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(0.04166666666666658));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(-0.5));
        }

        return new(T.FusedMultiplyAdd(sine * square, r, r), T.FusedMultiplyAdd(cosine, square, T.One));
    }

    /// <summary>
    /// sin x and cos x for any finite x: x/π modulo 2 from as many words of 1/π as the largest x needs (Payne and Hanek's idea, in
    /// floating point: every product is split exactly and reduced modulo 2).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SineCosine<T> SinCosOfLarge<T>(T x)
        where T : struct, IReal<T>
    {
        AngleSum<T> sum = new(T.Zero, T.Zero, T.Zero);
        if (T.ElementBits == 32)
        {
            // The words are scaled by 2⁶⁴, since the last ones would be subnormal.
            T scaled = x * T.Constant(5.421010862427522e-20);
            sum = AddProductModuloTwo(sum, scaled, T.Constant(5.871780769684259e+18));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(236879740928.0));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(2708.9921875));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(0.0003001635195687413));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(1.1150700501838529e-10));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(5.227398486711523e-18));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(2.4168952781219e-25));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(6.506127602299135e-33));
        }
        else
        {
            // The words are scaled by 2⁵¹².
            T scaled = x * T.Constant(7.458340731200207e-155);
            sum = AddProductModuloTwo(sum, scaled, T.Constant(4.2678378161541536e+153));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(4.804349365024132e+137));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(6.825690025736636e+121));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(5.666803614773025e+105));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(2.337096081963612e+89));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(3.2183628544850784e+73));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(7.706456775952161e+55));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(7.889434161508242e+41));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(2.5177877129492233e+25));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(11129430594.45627));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(1.4350172809919262e-06));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(1.6619581142152159e-22));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(6.775835752025844e-39));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(8.203726274603e-55));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(1.4647390921840392e-70));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(1.1412820436526255e-86));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(1.7693031955378683e-102));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(3.6058626149805822e-118));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(3.127078673459443e-134));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(4.7492938091358033e-150));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(3.501060148496078e-166));
            sum = AddProductModuloTwo(sum, scaled, T.Constant(2.3121698809341842e-182));
        }

        T shift = T.ElementBits == 32 ? T.Constant(12582912) : T.Constant(6755399441055744);
        T angle = ModuloTwo(sum.High);
        T shifted = T.FusedMultiplyAdd(angle, T.Constant(2), shift);
        T remainder = T.FusedMultiplyAdd(shifted - shift, T.Constant(-0.5), angle) + sum.Low + sum.Lowest;
        return TurnQuarters(SinCosPiNearZero(remainder), T.ToBits(shifted));
    }

    /// <summary>sum + x·word, modulo 2, without rounding errors above those of the lowest part.</summary>
    private static AngleSum<T> AddProductModuloTwo<T>(AngleSum<T> sum, T x, T word)
        where T : struct, IReal<T>
    {
        T product = x * word;
        T rest = ModuloTwo(T.FusedMultiplySubtract(x, word, product));
        RealSum<T> withProduct = AddExactly(sum.High, ModuloTwo(product));
        RealSum<T> withRest = AddExactly(withProduct.High, rest);
        RealSum<T> low = AddExactly(sum.Low, withProduct.Low);
        RealSum<T> lower = AddExactly(low.High, withRest.Low);
        return new(withRest.High, lower.High, sum.Lowest + (low.Low + lower.Low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ModuloTwo<T>(T x)
        where T : struct, IReal<T> => T.FusedMultiplyAdd(T.RoundToEven(x * T.Constant(0.5)), T.Constant(-2), x);

    /// <summary>An angle in three words: next to a zero of the sine or cosine the first cancels, and the second then needs all its digits.</summary>
    private readonly struct AngleSum<T>
        where T : struct, IReal<T>
    {
        public readonly T High, Low, Lowest;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public AngleSum(T high, T low, T lowest)
        {
            High = high;
            Low = low;
            Lowest = lowest;
        }
    }

    /// <summary>a + b as the rounded sum and its error (Knuth's TwoSum).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static RealSum<T> AddExactly<T>(T a, T b)
        where T : struct, IReal<T>
    {
        T sum = a + b;
        T added = sum - a;
        return new(sum, a - (sum - added) + (b - added));
    }
}
