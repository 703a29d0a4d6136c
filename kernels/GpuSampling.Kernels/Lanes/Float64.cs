using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Lanes;

/// <summary>One <see cref="double"/>: the lane type of a GPU thread, and of the scalar path on the CPU.</summary>
public readonly unsafe struct Float64 : IPackedReal<Float64>
{
    /// <summary>The number.</summary>
    public double Value { get; }

    /// <summary>Wraps a number.</summary>
    /// <param name="value">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64(double value) => Value = value;

    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static int ElementBits => 64;

    /// <inheritdoc/>
    public static Float64 Zero => new(0);

    /// <inheritdoc/>
    public static Float64 One => new(1);

    /// <inheritdoc/>
    public static Word<Float64> LaneIndex => ToWord(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Constant(double value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FromInteger(int value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 BroadcastFrom(void* elements, nint index) => new(((double*)elements)[index]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator +(Float64 left, Float64 right) => new(ScalarArithmetic.Add(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator -(Float64 left, Float64 right) => new(ScalarArithmetic.Subtract(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator *(Float64 left, Float64 right) => new(ScalarArithmetic.Multiply(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator /(Float64 left, Float64 right) => new(ScalarArithmetic.Divide(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator -(Float64 value) => new(ScalarArithmetic.Negate(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> operator <(Float64 left, Float64 right) => ToMask(ScalarArithmetic.LessThan(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> operator <=(Float64 left, Float64 right) => ToMask(ScalarArithmetic.LessThanOrEqual(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> operator >(Float64 left, Float64 right) => ToMask(ScalarArithmetic.LessThan(right.Value, left.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> operator >=(Float64 left, Float64 right) => ToMask(ScalarArithmetic.LessThanOrEqual(right.Value, left.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> AreEqual(Float64 left, Float64 right) => ToMask(ScalarArithmetic.AreEqual(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FusedMultiplyAdd(Float64 left, Float64 right, Float64 addend) =>
        new(ScalarArithmetic.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FusedNegatedMultiplyAdd(Float64 left, Float64 right, Float64 addend) =>
        FusedMultiplyAdd(-left, right, addend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FusedMultiplySubtract(Float64 left, Float64 right, Float64 subtrahend) =>
        FusedMultiplyAdd(left, right, -subtrahend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Sqrt(Float64 value) => new(ScalarArithmetic.Sqrt(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Abs(Float64 value) => new(ScalarArithmetic.Abs(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Floor(Float64 value) => new(ScalarArithmetic.Floor(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 RoundToEven(Float64 value) => new(ScalarArithmetic.RoundToEven(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Min(Float64 left, Float64 right) => Select(left < right, left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Max(Float64 left, Float64 right) => Select(left > right, left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Select(Mask<Float64> mask, Float64 whenTrue, Float64 whenFalse) =>
        new(ScalarArithmetic.Select(mask.Lanes.Value, whenTrue.Value, whenFalse.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> UniformMask(bool value) => ToMask(value ? 1d : 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> And(Mask<Float64> left, Mask<Float64> right) =>
        ToMask(ScalarArithmetic.And(left.Lanes.Value, right.Lanes.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> Or(Mask<Float64> left, Mask<Float64> right) =>
        ToMask(ScalarArithmetic.Or(left.Lanes.Value, right.Lanes.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> Not(Mask<Float64> mask) => ToMask(ScalarArithmetic.Not(mask.Lanes.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float64> mask) => ScalarArithmetic.IsTrue(mask.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float64> mask) => ScalarArithmetic.IsTrue(mask.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> ToBits(Float64 value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FromBits(Word<Float64> bits) => bits.Lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FromSignedWord(Word<Float64> word) => new(unchecked((long)ToUnsigned(word)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> WordConstant(ulong value) => ToWord(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> Add(Word<Float64> left, Word<Float64> right) =>
        ToWord(unchecked(ToUnsigned(left) + ToUnsigned(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> Subtract(Word<Float64> left, Word<Float64> right) =>
        ToWord(unchecked(ToUnsigned(left) - ToUnsigned(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> BitwiseAnd(Word<Float64> left, Word<Float64> right) => ToWord(ToUnsigned(left) & ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> BitwiseOr(Word<Float64> left, Word<Float64> right) => ToWord(ToUnsigned(left) | ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> ExclusiveOr(Word<Float64> left, Word<Float64> right) => ToWord(ToUnsigned(left) ^ ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> ExclusiveOr(Word<Float64> first, Word<Float64> second, Word<Float64> third) =>
        ToWord(ToUnsigned(first) ^ ToUnsigned(second) ^ ToUnsigned(third));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> ShiftLeft(Word<Float64> word, int count) => ToWord(ToUnsigned(word) << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> ShiftRight(Word<Float64> word, int count) => ToWord(ToUnsigned(word) >> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> RotateLeft32(Word<Float64> word, int count) =>
        ToWord((unchecked((uint)ToUnsigned(word)) << count) | (unchecked((uint)ToUnsigned(word)) >> (32 - count)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> KeepLow32(Word<Float64> word) => ToWord(unchecked((uint)ToUnsigned(word)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64> MultiplyWide32(Word<Float64> left, uint right) =>
        Split(ScalarArithmetic.MultiplyWide(unchecked((uint)ToUnsigned(left)), right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64> MultiplyWide32(Word<Float64> left, Word<Float64> right) =>
        Split(ScalarArithmetic.MultiplyWide(unchecked((uint)ToUnsigned(left)), unchecked((uint)ToUnsigned(right))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> LessThan(Word<Float64> left, Word<Float64> right) =>
        ToMask(ScalarArithmetic.LessThan(ToUnsigned(left), ToUnsigned(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> AreEqual(Word<Float64> left, Word<Float64> right) =>
        ToMask(ScalarArithmetic.AreEqual(ToUnsigned(left), ToUnsigned(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> Select(Mask<Float64> mask, Word<Float64> whenTrue, Word<Float64> whenFalse) =>
        new(Select(mask, whenTrue.Lanes, whenFalse.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Mask<Float64> ToMask(double value) => new(new Float64(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ToUnsigned(Word<Float64> word) => ScalarArithmetic.ToBits(word.Lanes.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word<Float64> ToWord(ulong value) => new(new Float64(ScalarArithmetic.FromBits(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WordPair<Float64> Split(ulong product) =>
        new(ToWord(unchecked((uint)(product >> 32))), ToWord(unchecked((uint)product)));
}
