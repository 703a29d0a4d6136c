using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Lanes;

/// <summary>One <see cref="float"/>: the lane type of a GPU thread, and of the scalar path on the CPU.</summary>
/// <remarks>
/// On .NET the operations are the plain IEEE ones, which the runtime never contracts or re-associates. An engine that compiles
/// kernels for a device replaces the members of <see cref="IReal{T}"/>, one by one, by instructions of stated rounding, because
/// device compilers may otherwise fuse or re-order operations, or invert a comparison of NaN. A mask is 1 or 0.
/// </remarks>
#pragma warning disable RS0030 // the one place where kernels reach the runtime's own arithmetic
public unsafe struct Float32 : IPackedReal<Float32>
{
    // A field and object initialisers in place of a property and a constructor: calls saved for compilers that inline them.
    private float number;

    /// <summary>Wraps a number.</summary>
    /// <param name="value">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32(float value) => number = value;

    /// <summary>The number.</summary>
    public readonly float Value => number;

    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static int ElementBits => 32;

    /// <inheritdoc/>
    public static Float32 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { number = 0 };
    }

    /// <inheritdoc/>
    public static Float32 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { number = 1 };
    }

    /// <inheritdoc/>
    public static Word<Float32> LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ToWord(0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Constant(double value) => new() { number = (float)value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FromInteger(int value) => new() { number = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 BroadcastFrom(void* elements, nint index) => new() { number = ((float*)elements)[index] };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator +(Float32 left, Float32 right) => new() { number = left.number + right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator -(Float32 left, Float32 right) => new() { number = left.number - right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator *(Float32 left, Float32 right) => new() { number = left.number * right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator /(Float32 left, Float32 right) => new() { number = left.number / right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 operator -(Float32 value) => new() { number = -value.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> operator <(Float32 left, Float32 right) => ToMask(left.number < right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> operator <=(Float32 left, Float32 right) => ToMask(left.number <= right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> operator >(Float32 left, Float32 right) => ToMask(left.number > right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> operator >=(Float32 left, Float32 right) => ToMask(left.number >= right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> AreEqual(Float32 left, Float32 right) => ToMask(left.number == right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FusedMultiplyAdd(Float32 left, Float32 right, Float32 addend) =>
        new() { number = MathF.FusedMultiplyAdd(left.number, right.number, addend.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FusedNegatedMultiplyAdd(Float32 left, Float32 right, Float32 addend) =>
        new() { number = MathF.FusedMultiplyAdd(-left.number, right.number, addend.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FusedMultiplySubtract(Float32 left, Float32 right, Float32 subtrahend) =>
        new() { number = MathF.FusedMultiplyAdd(left.number, right.number, -subtrahend.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Sqrt(Float32 value) => new() { number = MathF.Sqrt(value.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Abs(Float32 value) => new() { number = MathF.Abs(value.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Floor(Float32 value) => new() { number = MathF.Floor(value.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 RoundToEven(Float32 value) => new() { number = MathF.Round(value.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Min(Float32 left, Float32 right) => new() { number = left.number < right.number ? left.number : right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Max(Float32 left, Float32 right) => new() { number = left.number > right.number ? left.number : right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 Select(Mask<Float32> mask, Float32 whenTrue, Float32 whenFalse) => IsTrue(mask) ? whenTrue : whenFalse;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> UniformMask(bool value) => ToMask(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> And(Mask<Float32> left, Mask<Float32> right) => IsTrue(left) ? right : left;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> Or(Mask<Float32> left, Mask<Float32> right) => IsTrue(left) ? left : right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> Not(Mask<Float32> mask) => ToMask(!IsTrue(mask));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float32> mask) => IsTrue(mask);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float32> mask) => IsTrue(mask);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> ToBits(Float32 value) => new() { Lanes = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FromBits(Word<Float32> bits) => bits.Lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32 FromSignedWord(Word<Float32> word) => new() { number = unchecked((int)ToUnsigned(word)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> WordConstant(ulong value) => ToWord(unchecked((uint)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> Add(Word<Float32> left, Word<Float32> right) => ToWord(unchecked(ToUnsigned(left) + ToUnsigned(right)));

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
    public static WordPair<Float32> MultiplyWide32(Word<Float32> left, uint right) => Split((ulong)ToUnsigned(left) * right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32> MultiplyWide32(Word<Float32> left, Word<Float32> right) =>
        Split((ulong)ToUnsigned(left) * ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> LessThan(Word<Float32> left, Word<Float32> right) => ToMask(ToUnsigned(left) < ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32> AreEqual(Word<Float32> left, Word<Float32> right) => ToMask(ToUnsigned(left) == ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32> Select(Mask<Float32> mask, Word<Float32> whenTrue, Word<Float32> whenFalse) =>
        IsTrue(mask) ? whenTrue : whenFalse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Mask<Float32> ToMask(bool value) => new() { Lanes = new() { number = value ? 1 : 0 } };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTrue(Mask<Float32> mask) => mask.Lanes.number != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ToUnsigned(Word<Float32> word) => BitConverter.SingleToUInt32Bits(word.Lanes.number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word<Float32> ToWord(uint value) => new() { Lanes = new() { number = BitConverter.UInt32BitsToSingle(value) } };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WordPair<Float32> Split(ulong product) =>
        new(ToWord(unchecked((uint)(product >> 32))), ToWord(unchecked((uint)product)));
}
