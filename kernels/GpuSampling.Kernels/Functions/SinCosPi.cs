using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

/// <summary>The sine and the cosine of one angle.</summary>
/// <typeparam name="T">The lane type.</typeparam>
public readonly struct SineCosine<T>
    where T : struct, IReal<T>
{
    /// <summary>The sine.</summary>
    public T Sine { get; }

    /// <summary>The cosine.</summary>
    public T Cosine { get; }

    /// <summary>Makes a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SineCosine(T sine, T cosine)
    {
        Sine = sine;
        Cosine = cosine;
    }
}

public static partial class Elementary
{
    /// <summary>sin(π·x).</summary>
    /// <param name="x">The angle in half turns, any number; infinite and NaN give NaN.</param>
    /// <returns>As <see cref="SinCosPi"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SinPi<T>(T x)
        where T : struct, IReal<T> => SinCosPi(x).Sine;

    /// <summary>cos(π·x).</summary>
    /// <param name="x">The angle in half turns, any number; infinite and NaN give NaN.</param>
    /// <returns>As <see cref="SinCosPi"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CosPi<T>(T x)
        where T : struct, IReal<T> => SinCosPi(x).Cosine;

    /// <summary>sin(π·x) and cos(π·x).</summary>
    /// <param name="x">The angle in half turns, any number; infinite and NaN give NaN.</param>
    /// <returns>Both within 1.5 ulp for every finite x. Zeros of the sine at integers carry an unspecified sign, those of the cosine likewise.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SineCosine<T> SinCosPi<T>(T x)
        where T : struct, IReal<T>
    {
        // Whole turns drop out without error: what is left is in [−1, 1].
        T turns = T.RoundToEven(x * T.Constant(0.5));
        T angle = T.FusedMultiplyAdd(turns, T.Constant(-2), x);
        // The nearest quarter, as a real and in the low bits of a word; the remainder, at most ¼, is exact.
        T shift = T.ElementBits == 32 ? T.Constant(12582912) : T.Constant(6755399441055744);
        T shifted = T.FusedMultiplyAdd(angle, T.Constant(2), shift);
        Word<T> quarter = T.ToBits(shifted);
        T remainder = T.FusedMultiplyAdd(shifted - shift, T.Constant(-0.5), angle);

        return TurnQuarters(SinCosPiNearZero(remainder), quarter);
    }

    /// <summary>Sine and cosine of an angle plus a number of quarter turns.</summary>
    /// <param name="nearZero">Those of the angle.</param>
    /// <param name="quarter">The number, in the lowest two bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static SineCosine<T> TurnQuarters<T>(SineCosine<T> nearZero, Word<T> quarter)
        where T : struct, IReal<T>
    {
        Mask<T> isSwapped = T.AreEqual(quarter & T.WordConstant(1), T.WordConstant(1));
        T sine = T.Select(isSwapped, nearZero.Cosine, nearZero.Sine);
        T cosine = T.Select(isSwapped, nearZero.Sine, nearZero.Cosine);
        // Bit 1 of the quarter negates the sine, that of the next quarter the cosine.
        Word<T> next = quarter + T.WordConstant(1);
        Word<T> sineSign = SignOf(T.FromBits(T.ElementBits == 32 ? quarter << 30 : quarter << 62));
        Word<T> cosineSign = SignOf(T.FromBits(T.ElementBits == 32 ? next << 30 : next << 62));
        return new(T.FromBits(T.ToBits(sine) ^ sineSign), T.FromBits(T.ToBits(cosine) ^ cosineSign));
    }

    /// <summary>sin(π·r) and cos(π·r) for |r| ≤ ¼.</summary>
    /// <remarks>
    /// π·r + r³·S(r²), π as two words: S of degree 2 with error 2⁻²⁷·⁹ (32 bits), 6 with 2⁻⁶³·¹ (64 bits), and 1 + r²·C(r²): C of
    /// degree 3 with 2⁻³⁰·⁹, 6 with 2⁻⁶¹·²; minimax for the relative error.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static SineCosine<T> SinCosPiNearZero<T>(T r)
        where T : struct, IReal<T>
    {
        T square = r * r;
        T sine, cosine, high, low;
        if (T.ElementBits == 32)
        {
            sine = T.FusedMultiplyAdd(T.Constant(-0.5893369317054749), square, T.Constant(2.549797534942627));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(-5.167708873748779));
            cosine = T.FusedMultiplyAdd(T.Constant(0.22954970598220825), square, T.Constant(-1.3348162174224854));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(4.0586981773376465));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(-4.934802055358887));
            high = T.Constant(3.1415927410125732);
            low = T.Constant(-8.742277657347586e-08);
        }
        else
        {
            sine = T.FusedMultiplyAdd(T.Constant(-2.1944185754868734e-05), square, T.Constant(0.0004663346244871714));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(-0.00737043459105657));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(0.08214588679407021));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(-0.5992645293253609));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(2.5501640398773993));
            sine = T.FusedMultiplyAdd(sine, square, T.Constant(-5.16771278004997));
            cosine = T.FusedMultiplyAdd(T.Constant(-0.00010330548088186676), square, T.Constant(0.0019294061332156063));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(-0.025806880284576422));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(0.2353306299489397));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(-1.3352627688462624));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(4.058712126416684));
            cosine = T.FusedMultiplyAdd(cosine, square, T.Constant(-4.934802200544679));
            high = T.Constant(3.141592653589793);
            low = T.Constant(1.2246467991473532e-16);
        }

        T correction = T.FusedMultiplyAdd(sine, square, low) * r;
        return new(T.FusedMultiplyAdd(r, high, correction), T.FusedMultiplyAdd(cosine, square, T.One));
    }
}
