using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Lanes;

/// <summary>An unsigned integer per lane, as wide as the lane's elements (32 or 64 bits).</summary>
/// <typeparam name="T">The lane type.</typeparam>
/// <remarks>
/// The storage is a lane of <typeparamref name="T"/> whose bits are the integer, so that one type parameter carries a kernel's
/// reals, words and masks. Random words carry 32 bits, whatever the lane: in 64-bit lanes they lie in the lower half, which is
/// also the fastest layout for Philox on x64, whose vector multiplier takes the lower half of 64-bit elements.
/// </remarks>
public struct Word<T>
    where T : struct, IReal<T>
{
    internal T Lanes; // not a constructor argument: a call saved in every operation

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Word(T lanes) => Lanes = lanes;

    /// <summary>left + right, wrapping.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> operator +(Word<T> left, Word<T> right) => T.Add(left, right);

    /// <summary>left − right, wrapping.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> operator -(Word<T> left, Word<T> right) => T.Subtract(left, right);

    /// <summary>Bitwise and.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> operator &(Word<T> left, Word<T> right) => T.BitwiseAnd(left, right);

    /// <summary>Bitwise or.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> operator |(Word<T> left, Word<T> right) => T.BitwiseOr(left, right);

    /// <summary>Bitwise exclusive or.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> operator ^(Word<T> left, Word<T> right) => T.ExclusiveOr(left, right);

    /// <summary>Shift to the left; 0 ≤ count &lt; element bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> operator <<(Word<T> word, int count) => T.ShiftLeft(word, count);

    /// <summary>Unsigned shift to the right; 0 ≤ count &lt; element bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> operator >>>(Word<T> word, int count) => T.ShiftRight(word, count);
}

#pragma warning disable CA1051 // fields, not properties: each accessor call counts against the JIT's inlining budget
/// <summary>The two halves of a product of 32-bit words.</summary>
/// <typeparam name="T">The lane type.</typeparam>
public readonly struct WordPair<T>
    where T : struct, IReal<T>
{
    /// <summary>⌊product / 2³²⌋ in the low 32 bits.</summary>
    public readonly Word<T> High;

    /// <summary>product mod 2³² in the low 32 bits.</summary>
    public readonly Word<T> Low;

    /// <summary>Makes a pair of its halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WordPair(Word<T> high, Word<T> low)
    {
        High = high;
        Low = low;
    }
}
