namespace GpuSampling.Kernels.Lanes;

/// <summary>
/// A pack of real numbers, one per Markov chain (or sample, or particle), on which kernels compute: a single
/// <see cref="float"/> or <see cref="double"/> on a GPU thread, or 2 to 16 of them in a vector register.
/// </summary>
/// <typeparam name="T">The lane type itself.</typeparam>
/// <remarks>
/// Every operation is one correctly rounded IEEE 754 operation (round to nearest, ties to even) or an exact manipulation of
/// bits, so that each lane holds the same bits whatever the width and the device. Kernels use nothing else.
/// </remarks>
public interface IReal<T>
    where T : struct, IReal<T>
{
    /// <summary>The number of lanes: 1 for the scalar types, 2 to 16 for vectors.</summary>
    static abstract int Width { get; }

    /// <summary>The size of one element in bits: 32 or 64. A compile-time constant of each closed type.</summary>
    static abstract int ElementBits { get; }

    /// <summary>All lanes 0.</summary>
    static abstract T Zero { get; }

    /// <summary>All lanes 1.</summary>
    static abstract T One { get; }

    /// <summary>The index of each lane in its pack, 0 to <see cref="Width"/> − 1.</summary>
    static abstract Word<T> LaneIndex { get; }

    /// <summary>All lanes <paramref name="value"/>, rounded to the element type.</summary>
    /// <param name="value">Any number.</param>
    static abstract T Constant(double value);

    /// <summary>All lanes the integer <paramref name="value"/>, rounded to the element type.</summary>
    /// <param name="value">Any integer.</param>
    static abstract T FromInteger(int value);

    /// <summary>left + right.</summary>
    static abstract T operator +(T left, T right);

    /// <summary>left − right.</summary>
    static abstract T operator -(T left, T right);

    /// <summary>left · right.</summary>
    static abstract T operator *(T left, T right);

    /// <summary>left / right, correctly rounded.</summary>
    static abstract T operator /(T left, T right);

    /// <summary>−value (flips the sign bit, also of zero and NaN).</summary>
    static abstract T operator -(T value);

    /// <summary>left &lt; right; false if either is NaN.</summary>
    static abstract Mask<T> operator <(T left, T right);

    /// <summary>left ≤ right; false if either is NaN.</summary>
    static abstract Mask<T> operator <=(T left, T right);

    /// <summary>left &gt; right; false if either is NaN.</summary>
    static abstract Mask<T> operator >(T left, T right);

    /// <summary>left ≥ right; false if either is NaN.</summary>
    static abstract Mask<T> operator >=(T left, T right);

    /// <summary>left = right as numbers (−0 = +0); false if either is NaN.</summary>
    static abstract Mask<T> AreEqual(T left, T right);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract T FusedMultiplyAdd(T left, T right, T addend);

    /// <summary>addend − left · right, rounded once.</summary>
    static abstract T FusedNegatedMultiplyAdd(T left, T right, T addend);

    /// <summary>left · right − subtrahend, rounded once.</summary>
    static abstract T FusedMultiplySubtract(T left, T right, T subtrahend);

    /// <summary>The square root, correctly rounded; NaN below zero, −0 for −0.</summary>
    static abstract T Sqrt(T value);

    /// <summary>The absolute value (clears the sign bit).</summary>
    static abstract T Abs(T value);

    /// <summary>The largest integer not above <paramref name="value"/>.</summary>
    static abstract T Floor(T value);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract T RoundToEven(T value);

    /// <summary>left &lt; right ? left : right. Where either is NaN, and for zeros of either sign, that is <paramref name="right"/>.</summary>
    static abstract T Min(T left, T right);

    /// <summary>left &gt; right ? left : right. Where either is NaN, and for zeros of either sign, that is <paramref name="right"/>.</summary>
    static abstract T Max(T left, T right);

    /// <summary>Lane by lane, <paramref name="whenTrue"/> where the mask holds, <paramref name="whenFalse"/> elsewhere.</summary>
    static abstract T Select(Mask<T> mask, T whenTrue, T whenFalse);

    /// <summary>All lanes true if <paramref name="value"/>, else all false.</summary>
    static abstract Mask<T> UniformMask(bool value);

    /// <summary>left and right.</summary>
    static abstract Mask<T> And(Mask<T> left, Mask<T> right);

    /// <summary>left or right.</summary>
    static abstract Mask<T> Or(Mask<T> left, Mask<T> right);

    /// <summary>not mask.</summary>
    static abstract Mask<T> Not(Mask<T> mask);

    /// <summary>Whether the mask holds in at least one lane.</summary>
    static abstract bool Any(Mask<T> mask);

    /// <summary>Whether the mask holds in every lane.</summary>
    static abstract bool All(Mask<T> mask);

    /// <summary>The bits of each element as an unsigned integer of <see cref="ElementBits"/> bits.</summary>
    static abstract Word<T> ToBits(T value);

    /// <summary>The number whose bits each word holds.</summary>
    static abstract T FromBits(Word<T> bits);

    /// <summary>
    /// The number equal to each word read as a signed integer. Exact for magnitudes up to 2²⁴ (32-bit elements) or 2⁵¹
    /// (64-bit elements); for 32-bit elements larger ones round to nearest even, for 64-bit ones they are not allowed.
    /// </summary>
    static abstract T FromSignedWord(Word<T> word);

    /// <summary>All lanes the word <paramref name="value"/>; the upper half is dropped when elements have 32 bits.</summary>
    static abstract Word<T> WordConstant(ulong value);

    /// <summary>left + right, modulo 2 to the number of element bits.</summary>
    static abstract Word<T> Add(Word<T> left, Word<T> right);

    /// <summary>left − right, modulo 2 to the number of element bits.</summary>
    static abstract Word<T> Subtract(Word<T> left, Word<T> right);

    /// <summary>Bitwise and.</summary>
    static abstract Word<T> BitwiseAnd(Word<T> left, Word<T> right);

    /// <summary>Bitwise or.</summary>
    static abstract Word<T> BitwiseOr(Word<T> left, Word<T> right);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract Word<T> ExclusiveOr(Word<T> left, Word<T> right);

    /// <summary>Bitwise exclusive or of three words: one instruction where the machine has it.</summary>
    static abstract Word<T> ExclusiveOr(Word<T> first, Word<T> second, Word<T> third);

    /// <summary>word · 2^<paramref name="count"/>, modulo 2 to the number of element bits; 0 ≤ count &lt; <see cref="ElementBits"/>.</summary>
    static abstract Word<T> ShiftLeft(Word<T> word, int count);

    /// <summary>⌊word / 2^<paramref name="count"/>⌋, unsigned; 0 ≤ count &lt; <see cref="ElementBits"/>.</summary>
    static abstract Word<T> ShiftRight(Word<T> word, int count);

    /// <summary>
    /// The low 32 bits of each word rotated left by <paramref name="count"/>, 0 &lt; count &lt; 32. Bits above the lowest 32
    /// are ignored and come out undefined (equal on every engine).
    /// </summary>
    static abstract Word<T> RotateLeft32(Word<T> word, int count);

    /// <summary>The word with all bits above the lowest 32 cleared.</summary>
    static abstract Word<T> KeepLow32(Word<T> word);

    /// <summary>
    /// The 64-bit product of the low 32 bits of each word with <paramref name="right"/>, as two words of 32 meaningful bits.
    /// With 64-bit elements, bits above the lowest 32 of both results are unspecified.
    /// </summary>
    static abstract WordPair<T> MultiplyWide32(Word<T> left, uint right);

    /// <summary>The same for a multiplier that differs by lane.</summary>
    static abstract WordPair<T> MultiplyWide32(Word<T> left, Word<T> right);

    /// <summary>Unsigned left &lt; right over all element bits.</summary>
    static abstract Mask<T> LessThan(Word<T> left, Word<T> right);

    /// <summary>left = right over all element bits.</summary>
    static abstract Mask<T> AreEqual(Word<T> left, Word<T> right);

    /// <summary>Lane by lane, <paramref name="whenTrue"/> where the mask holds, <paramref name="whenFalse"/> elsewhere.</summary>
    static abstract Word<T> Select(Mask<T> mask, Word<T> whenTrue, Word<T> whenFalse);
}
