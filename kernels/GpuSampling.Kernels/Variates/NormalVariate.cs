using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Standard normal numbers by the transform of Box and Muller (Annals of Mathematical Statistics 29, 1958): a radius
/// √(−2 log u) and a point on the circle give two. Branch-free, two random numbers in and two out on every engine.
/// </summary>
/// <remarks>
/// Elements of 32 bits take one word each: numbers 4b to 4b + 3 of an address come from block b, in pairs of words (0, 1) and
/// (2, 3). The radius has 40 bits, so that numbers reach ±7.54. Elements of 64 bits take two words each: numbers 2b and 2b + 1
/// come from block b, words 0 and 1 the radius (reaching ±9.49), words 2 and 3 the angle. No number is ever 0 or infinite.
/// </remarks>
public static class NormalVariate
{
    /// <summary>Numbers 2 · <paramref name="pairIndex"/> and 2 · <paramref name="pairIndex"/> + 1 of each lane's address.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="pairIndex">The pair, the same for all lanes.</param>
    /// <remarks>With 32-bit elements half of a block goes unused: take <see cref="Quadruple"/> where four are needed.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Reals2<T> Pair<T>(in StreamAddress<T> address, uint pairIndex)
        where T : struct, IReal<T>
    {
        Words4<T> words = Philox4x32.Block(address, T.ElementBits == 32 ? pairIndex >> 1 : pairIndex);
        Word<T> radius = words.Word0, angle = words.Word1;
        if (T.ElementBits == 64)
        {
            radius = words.LowPair;
            angle = words.HighPair;
        }
        else if ((pairIndex & 1) != 0)
        {
            radius = words.Word2;
            angle = words.Word3;
        }

        return BoxMuller(radius, angle);
    }

    /// <summary>Numbers 4 · <paramref name="quadrupleIndex"/> to 4 · <paramref name="quadrupleIndex"/> + 3 of each lane's address.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="quadrupleIndex">The four numbers' index, the same for all lanes; below 2³¹ for 64-bit elements.</param>
    /// <remarks>
    /// A call of its own on CPUs, compiled at once at full optimisation, which leaves the caller's inlining budget alone; the loop
    /// lets the generator and the transform be inlined once each.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Reals4<T> Quadruple<T>(in StreamAddress<T> address, uint quadrupleIndex)
        where T : struct, IReal<T>
    {
        Reals4<T> numbers = default;
        Words4<T> words = default;
        for (uint half = 0; half < 2; half++)
        {
            if (half == 0 || T.ElementBits == 64)
            {
                words = Philox4x32.Block(address, T.ElementBits == 32 ? quadrupleIndex : (2 * quadrupleIndex) + half);
            }

            Word<T> radius = half == 0 ? words.Word0 : words.Word2, angle = half == 0 ? words.Word1 : words.Word3;
            if (T.ElementBits == 64)
            {
                radius = words.LowPair;
                angle = words.HighPair;
            }

            Reals2<T> pair = BoxMuller(radius, angle);
            if (half == 0)
            {
                numbers.Real0 = pair.First;
                numbers.Real1 = pair.Second;
            }
            else
            {
                numbers.Real2 = pair.First;
                numbers.Real3 = pair.Second;
            }
        }

        return numbers;
    }

    /// <summary>
    /// Two normal numbers of two elements full of random bits (32 for float lanes, 64 for double lanes).
    /// </summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="radius">The bits of the radius. Float lanes add 8 bits of the angle's, which the angle does not use.</param>
    /// <param name="angle">The bits of the angle.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals2<T> BoxMuller<T>(Word<T> radius, Word<T> angle)
        where T : struct, IReal<T>
    {
        T length = T.Sqrt(T.ElementBits == 32 ? SquaredRadius32(radius, angle) : SquaredRadius64(radius));
        Reals2<T> point = CirclePoint.FromBits(angle);
        point.First *= length;
        point.Second *= length;
        return point;
    }

    // u = 0.b b b … in binary: bits 22 to 0 of the radius, 30 to 23 of the angle, 31 to 23 of the radius, and a last one (the
    // half of the spacing). Any order of the bits is as uniform as another; this one takes a single shift.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SquaredRadius32<T>(Word<T> radius, Word<T> angle)
        where T : struct, IReal<T>
    {
        Word<T> leading = T.BitwiseOr(T.BitwiseAnd(radius, T.WordConstant(0x007FFFFF)), T.WordConstant(0x3F800000));
        Word<T> rest = T.BitwiseOr(
            T.BitwiseOr(T.BitwiseAnd(angle, T.WordConstant(0x7F800000)), T.BitwiseAnd(T.ShiftRight(radius, 9), T.WordConstant(0x007FC000))),
            T.WordConstant(0x2000));
        return LogarithmOfUniform.MinusTwiceLog(T.FromBits(leading), T.FromSignedWord(rest), T.Constant(1.0 / (1L << 54)));
    }

    // u = 0.b b b …: bits 51 to 0, then 63 to 52, and a last one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SquaredRadius64<T>(Word<T> radius)
        where T : struct, IReal<T>
    {
        Word<T> leading = T.BitwiseOr(T.BitwiseAnd(radius, T.WordConstant(0x000FFFFFFFFFFFFF)), T.WordConstant(0x3FF0000000000000));
        Word<T> rest = T.BitwiseOr(T.ShiftRight(radius, 51), T.WordConstant(1));
        return LogarithmOfUniform.MinusTwiceLog(T.FromBits(leading), T.FromSignedWord(rest), T.Constant(1.0 / (1L << 62) / 8));
    }
}
