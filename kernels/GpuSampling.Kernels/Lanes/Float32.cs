using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Lanes;

/// <summary>One <see cref="float"/>: the lane type of a GPU thread, and of the scalar path on the CPU.</summary>
public readonly unsafe struct Float32 : IPackedReal<Float32>
{
    /// <summary>The number.</summary>
    public float Value { get; }

    /// <summary>Wraps a number.</summary>
    /// <param name="value">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32(float value) => Value = value;

    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static int ElementBits => 32;

    /// <inheritdoc/>
    public static Float32 Zero => new(0);

    /// <inheritdoc/>
    public static Float32 One => new(1);

    /// <inheritdoc/>
    public static Word<Float32> LaneIndex => ToWord(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Constant(double value) => new((float)value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FromInteger(int value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 BroadcastFrom(void* elements, nint index) => new(((float*)elements)[index]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator +(Float32 left, Float32 right) => new(ScalarArithmetic.Add(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator -(Float32 left, Float32 right) => new(ScalarArithmetic.Subtract(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator *(Float32 left, Float32 right) => new(ScalarArithmetic.Multiply(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator /(Float32 left, Float32 right) => new(ScalarArithmetic.Divide(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator -(Float32 value) => new(ScalarArithmetic.Negate(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> operator <(Float32 left, Float32 right) => ToMask(ScalarArithmetic.LessThan(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> operator <=(Float32 left, Float32 right) => ToMask(ScalarArithmetic.LessThanOrEqual(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> operator >(Float32 left, Float32 right) => ToMask(ScalarArithmetic.LessThan(right.Value, left.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> operator >=(Float32 left, Float32 right) => ToMask(ScalarArithmetic.LessThanOrEqual(right.Value, left.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> AreEqual(Float32 left, Float32 right) => ToMask(ScalarArithmetic.AreEqual(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FusedMultiplyAdd(Float32 left, Float32 right, Float32 addend) =>
        new(ScalarArithmetic.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FusedNegatedMultiplyAdd(Float32 left, Float32 right, Float32 addend) =>
        FusedMultiplyAdd(-left, right, addend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FusedMultiplySubtract(Float32 left, Float32 right, Float32 subtrahend) =>
        FusedMultiplyAdd(left, right, -subtrahend);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Sqrt(Float32 value) => new(ScalarArithmetic.Sqrt(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Abs(Float32 value) => new(ScalarArithmetic.Abs(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Floor(Float32 value) => new(ScalarArithmetic.Floor(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 RoundToEven(Float32 value) => new(ScalarArithmetic.RoundToEven(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Min(Float32 left, Float32 right) => Select(left < right, left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Max(Float32 left, Float32 right) => Select(left > right, left, right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Select(Mask<Float32> mask, Float32 whenTrue, Float32 whenFalse) =>
        new(ScalarArithmetic.Select(mask.Lanes.Value, whenTrue.Value, whenFalse.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> UniformMask(bool value) => ToMask(value ? 1f : 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> And(Mask<Float32> left, Mask<Float32> right) =>
        ToMask(ScalarArithmetic.And(left.Lanes.Value, right.Lanes.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> Or(Mask<Float32> left, Mask<Float32> right) =>
        ToMask(ScalarArithmetic.Or(left.Lanes.Value, right.Lanes.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> Not(Mask<Float32> mask) => ToMask(ScalarArithmetic.Not(mask.Lanes.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float32> mask) => ScalarArithmetic.IsTrue(mask.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float32> mask) => ScalarArithmetic.IsTrue(mask.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> ToBits(Float32 value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FromBits(Word<Float32> bits) => bits.Lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FromSignedWord(Word<Float32> word) => new(unchecked((int)ToUnsigned(word)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> WordConstant(ulong value) => ToWord(unchecked((uint)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> Add(Word<Float32> left, Word<Float32> right) =>
        ToWord(unchecked(ToUnsigned(left) + ToUnsigned(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> Subtract(Word<Float32> left, Word<Float32> right) =>
        ToWord(unchecked(ToUnsigned(left) - ToUnsigned(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> BitwiseAnd(Word<Float32> left, Word<Float32> right) => ToWord(ToUnsigned(left) & ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> BitwiseOr(Word<Float32> left, Word<Float32> right) => ToWord(ToUnsigned(left) | ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> ExclusiveOr(Word<Float32> left, Word<Float32> right) => ToWord(ToUnsigned(left) ^ ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> ExclusiveOr(Word<Float32> first, Word<Float32> second, Word<Float32> third) =>
        ToWord(ToUnsigned(first) ^ ToUnsigned(second) ^ ToUnsigned(third));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> ShiftLeft(Word<Float32> word, int count) => ToWord(ToUnsigned(word) << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> ShiftRight(Word<Float32> word, int count) => ToWord(ToUnsigned(word) >> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> RotateLeft32(Word<Float32> word, int count) =>
        ToWord((ToUnsigned(word) << count) | (ToUnsigned(word) >> (32 - count)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> KeepLow32(Word<Float32> word) => word;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32> MultiplyWide32(Word<Float32> left, uint right) => Split(ScalarArithmetic.MultiplyWide(ToUnsigned(left), right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32> MultiplyWide32(Word<Float32> left, Word<Float32> right) =>
        Split(ScalarArithmetic.MultiplyWide(ToUnsigned(left), ToUnsigned(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> LessThan(Word<Float32> left, Word<Float32> right) =>
        ToMask(ScalarArithmetic.LessThan(ToUnsigned(left), ToUnsigned(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> AreEqual(Word<Float32> left, Word<Float32> right) =>
        ToMask(ScalarArithmetic.AreEqual(ToUnsigned(left), ToUnsigned(right)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> Select(Mask<Float32> mask, Word<Float32> whenTrue, Word<Float32> whenFalse) =>
        new(Select(mask, whenTrue.Lanes, whenFalse.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Mask<Float32> ToMask(float value) => new(new Float32(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ToUnsigned(Word<Float32> word) => ScalarArithmetic.ToBits(word.Lanes.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word<Float32> ToWord(uint value) => new(new Float32(ScalarArithmetic.FromBits(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WordPair<Float32> Split(ulong product) =>
        new(ToWord(unchecked((uint)(product >> 32))), ToWord(unchecked((uint)product)));
}
