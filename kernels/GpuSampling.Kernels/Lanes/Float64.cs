using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Lanes;

/// <summary>One <see cref="double"/>: the lane type of a GPU thread, and of the scalar path on the CPU.</summary>
/// <remarks>
/// On .NET the operations are the plain IEEE ones, which the runtime never contracts or re-associates. An engine that compiles
/// kernels for a device replaces the members of <see cref="IReal{T}"/>, one by one, by instructions of stated rounding, because
/// device compilers may otherwise fuse or re-order operations, or invert a comparison of NaN. A mask is 1 or 0.
/// </remarks>
#pragma warning disable RS0030 // the one place where kernels reach the runtime's own arithmetic
public unsafe struct Float64 : IPackedReal<Float64>
{
    // A field and object initialisers in place of a property and a constructor: calls saved for compilers that inline them.
    private double number;

    /// <summary>Wraps a number.</summary>
    /// <param name="value">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64(double value) => number = value;

    /// <summary>The number.</summary>
    public readonly double Value => number;

    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static int ElementBits => 64;

    /// <inheritdoc/>
    public static Float64 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { number = 0 };
    }

    /// <inheritdoc/>
    public static Float64 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { number = 1 };
    }

    /// <inheritdoc/>
    public static Word<Float64> LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ToWord(0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Constant(double value) => new() { number = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FromInteger(int value) => new() { number = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 BroadcastFrom(void* elements, nint index) => new() { number = ((double*)elements)[index] };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator +(Float64 left, Float64 right) => new() { number = left.number + right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator -(Float64 left, Float64 right) => new() { number = left.number - right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator *(Float64 left, Float64 right) => new() { number = left.number * right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator /(Float64 left, Float64 right) => new() { number = left.number / right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 operator -(Float64 value) => new() { number = -value.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> operator <(Float64 left, Float64 right) => ToMask(left.number < right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> operator <=(Float64 left, Float64 right) => ToMask(left.number <= right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> operator >(Float64 left, Float64 right) => ToMask(left.number > right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> operator >=(Float64 left, Float64 right) => ToMask(left.number >= right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> AreEqual(Float64 left, Float64 right) => ToMask(left.number == right.number);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FusedMultiplyAdd(Float64 left, Float64 right, Float64 addend) =>
        new() { number = Math.FusedMultiplyAdd(left.number, right.number, addend.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FusedNegatedMultiplyAdd(Float64 left, Float64 right, Float64 addend) =>
        new() { number = Math.FusedMultiplyAdd(-left.number, right.number, addend.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FusedMultiplySubtract(Float64 left, Float64 right, Float64 subtrahend) =>
        new() { number = Math.FusedMultiplyAdd(left.number, right.number, -subtrahend.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Sqrt(Float64 value) => new() { number = Math.Sqrt(value.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Abs(Float64 value) => new() { number = Math.Abs(value.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Floor(Float64 value) => new() { number = Math.Floor(value.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 RoundToEven(Float64 value) => new() { number = Math.Round(value.number) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Min(Float64 left, Float64 right) => new() { number = left.number < right.number ? left.number : right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Max(Float64 left, Float64 right) => new() { number = left.number > right.number ? left.number : right.number };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 Select(Mask<Float64> mask, Float64 whenTrue, Float64 whenFalse) => IsTrue(mask) ? whenTrue : whenFalse;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> UniformMask(bool value) => ToMask(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> And(Mask<Float64> left, Mask<Float64> right) => IsTrue(left) ? right : left;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> Or(Mask<Float64> left, Mask<Float64> right) => IsTrue(left) ? left : right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> Not(Mask<Float64> mask) => ToMask(!IsTrue(mask));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float64> mask) => IsTrue(mask);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float64> mask) => IsTrue(mask);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> ToBits(Float64 value) => new() { Lanes = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FromBits(Word<Float64> bits) => bits.Lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64 FromSignedWord(Word<Float64> word) => new() { number = unchecked((long)ToUnsigned(word)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> WordConstant(ulong value) => ToWord(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> Add(Word<Float64> left, Word<Float64> right) => ToWord(unchecked(ToUnsigned(left) + ToUnsigned(right)));

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
        ToWord((ToLow32(word) << count) | (ToLow32(word) >> (32 - count)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> KeepLow32(Word<Float64> word) => ToWord(ToLow32(word));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64> MultiplyWide32(Word<Float64> left, uint right) => Split((ulong)ToLow32(left) * right);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64> MultiplyWide32(Word<Float64> left, Word<Float64> right) =>
        Split((ulong)ToLow32(left) * ToLow32(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> LessThan(Word<Float64> left, Word<Float64> right) => ToMask(ToUnsigned(left) < ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64> AreEqual(Word<Float64> left, Word<Float64> right) => ToMask(ToUnsigned(left) == ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64> Select(Mask<Float64> mask, Word<Float64> whenTrue, Word<Float64> whenFalse) =>
        IsTrue(mask) ? whenTrue : whenFalse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Mask<Float64> ToMask(bool value) => new() { Lanes = new() { number = value ? 1 : 0 } };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTrue(Mask<Float64> mask) => mask.Lanes.number != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ToUnsigned(Word<Float64> word) => BitConverter.DoubleToUInt64Bits(word.Lanes.number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ToLow32(Word<Float64> word) => unchecked((uint)ToUnsigned(word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word<Float64> ToWord(ulong value) => new() { Lanes = new() { number = BitConverter.UInt64BitsToDouble(value) } };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WordPair<Float64> Split(ulong product) =>
        new(ToWord(unchecked((uint)(product >> 32))), ToWord(unchecked((uint)product)));
}
