using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuSampling.Kernels.Lanes;

/// <summary>8 lanes of <see cref="float"/> in a 256-bit register, lane 0 lowest.</summary>
public readonly unsafe struct Float32x8 : IPackedReal<Float32x8>
{
    /// <summary>The register.</summary>
    public Vector256<float> Value { get; }

    /// <summary>Wraps a register.</summary>
    /// <param name="value">Lane 0 lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x8(Vector256<float> value) => Value = value;

    /// <inheritdoc/>
    public static int Width => 8;

    /// <inheritdoc/>
    public static int ElementBits => 32;

    /// <inheritdoc/>
    public static Float32x8 Zero => new(Vector256<float>.Zero);

    /// <inheritdoc/>
    public static Float32x8 One => new(Vector256<float>.One);

    /// <inheritdoc/>
    public static Word<Float32x8> LaneIndex => ToWord(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Constant(double value) => new(Vector256.Create((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FromInteger(int value) => new(Vector256.Create((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 BroadcastFrom(void* elements, nint index) => new(Vector256.Create(((float*)elements)[index]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator +(Float32x8 left, Float32x8 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator -(Float32x8 left, Float32x8 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator *(Float32x8 left, Float32x8 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator /(Float32x8 left, Float32x8 right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator -(Float32x8 value) => new(value.Value ^ Vector256.Create(-0f));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> operator <(Float32x8 left, Float32x8 right) => ToMask(Vector256.LessThan(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> operator <=(Float32x8 left, Float32x8 right) =>
        ToMask(Vector256.LessThanOrEqual(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> operator >(Float32x8 left, Float32x8 right) =>
        ToMask(Vector256.GreaterThan(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> operator >=(Float32x8 left, Float32x8 right) =>
        ToMask(Vector256.GreaterThanOrEqual(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> AreEqual(Float32x8 left, Float32x8 right) => ToMask(Vector256.Equals(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FusedMultiplyAdd(Float32x8 left, Float32x8 right, Float32x8 addend) =>
        new(Vector256.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FusedNegatedMultiplyAdd(Float32x8 left, Float32x8 right, Float32x8 addend) =>
        new(Vector256.FusedMultiplyAdd(-left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FusedMultiplySubtract(Float32x8 left, Float32x8 right, Float32x8 subtrahend) =>
        new(Vector256.FusedMultiplyAdd(left.Value, right.Value, -subtrahend.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Sqrt(Float32x8 value) => new(Vector256.Sqrt(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Abs(Float32x8 value) => new(Vector256.Abs(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Floor(Float32x8 value) => new(Vector256.Floor(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 RoundToEven(Float32x8 value) => new(Vector256.Round(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Min(Float32x8 left, Float32x8 right) =>
        Avx.IsSupported
            ? new(Avx.Min(left.Value, right.Value)) // returns the second operand where the comparison is false: the contract
            : new(Vector256.ConditionalSelect(Vector256.LessThan(left.Value, right.Value), left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Max(Float32x8 left, Float32x8 right) =>
        Avx.IsSupported
            ? new(Avx.Max(left.Value, right.Value)) // returns the second operand where the comparison is false: the contract
            : new(Vector256.ConditionalSelect(Vector256.GreaterThan(left.Value, right.Value), left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Select(Mask<Float32x8> mask, Float32x8 whenTrue, Float32x8 whenFalse) =>
        new(Vector256.ConditionalSelect(mask.Lanes.Value, whenTrue.Value, whenFalse.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> UniformMask(bool value) => ToMask(value ? Vector256<float>.AllBitsSet : Vector256<float>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> And(Mask<Float32x8> left, Mask<Float32x8> right) => ToMask(left.Lanes.Value & right.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> Or(Mask<Float32x8> left, Mask<Float32x8> right) => ToMask(left.Lanes.Value | right.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> Not(Mask<Float32x8> mask) => ToMask(~mask.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float32x8> mask) => Vector256.ExtractMostSignificantBits(mask.Lanes.Value) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float32x8> mask) => Vector256.ExtractMostSignificantBits(mask.Lanes.Value) == 0xFF;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ToBits(Float32x8 value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FromBits(Word<Float32x8> bits) => bits.Lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FromSignedWord(Word<Float32x8> word) => new(Vector256.ConvertToSingle(word.Lanes.Value.AsInt32()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> WordConstant(ulong value) => ToWord(Vector256.Create(unchecked((uint)value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> Add(Word<Float32x8> left, Word<Float32x8> right) => ToWord(ToUnsigned(left) + ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> Subtract(Word<Float32x8> left, Word<Float32x8> right) =>
        ToWord(ToUnsigned(left) - ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> BitwiseAnd(Word<Float32x8> left, Word<Float32x8> right) =>
        ToWord(ToUnsigned(left) & ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> BitwiseOr(Word<Float32x8> left, Word<Float32x8> right) =>
        ToWord(ToUnsigned(left) | ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ExclusiveOr(Word<Float32x8> left, Word<Float32x8> right) =>
        ToWord(ToUnsigned(left) ^ ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ExclusiveOr(Word<Float32x8> first, Word<Float32x8> second, Word<Float32x8> third) =>
        Avx512F.VL.IsSupported
            ? ToWord(Avx512F.VL.TernaryLogic(ToUnsigned(first), ToUnsigned(second), ToUnsigned(third), 0x96))
            : ToWord(ToUnsigned(first) ^ ToUnsigned(second) ^ ToUnsigned(third));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ShiftLeft(Word<Float32x8> word, int count) => ToWord(ToUnsigned(word) << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ShiftRight(Word<Float32x8> word, int count) => ToWord(ToUnsigned(word) >>> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> RotateLeft32(Word<Float32x8> word, int count) =>
        ToWord((ToUnsigned(word) << count) | (ToUnsigned(word) >>> (32 - count)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> KeepLow32(Word<Float32x8> word) => word;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32x8> MultiplyWide32(Word<Float32x8> left, uint right) =>
        MultiplyWide32(left, ToWord(Vector256.Create((uint)right)));

    /// <inheritdoc/>
    /// <remarks>The multiplier takes the even lanes; the odd ones are shifted down and multiplied apart.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32x8> MultiplyWide32(Word<Float32x8> left, Word<Float32x8> right)
    {
        Vector256<uint> a = ToUnsigned(left), b = ToUnsigned(right);
        Vector256<ulong> even = MultiplyEven(a, b);
        Vector256<ulong> odd = MultiplyEven((a.AsUInt64() >>> 32).AsUInt32(), (b.AsUInt64() >>> 32).AsUInt32());
        Vector256<uint> isOdd = Vector256.Create(0xFFFFFFFF00000000ul).AsUInt32();
        Vector256<uint> high = Vector256.ConditionalSelect(isOdd, odd.AsUInt32(), (even >>> 32).AsUInt32());
        return new(ToWord(high), ToWord(a * b));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> LessThan(Word<Float32x8> left, Word<Float32x8> right) =>
        ToMask(Vector256.LessThan(ToUnsigned(left), ToUnsigned(right)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> AreEqual(Word<Float32x8> left, Word<Float32x8> right) =>
        ToMask(Vector256.Equals(ToUnsigned(left), ToUnsigned(right)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> Select(Mask<Float32x8> mask, Word<Float32x8> whenTrue, Word<Float32x8> whenFalse) =>
        new(Select(mask, whenTrue.Lanes, whenFalse.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Mask<Float32x8> ToMask(Vector256<float> lanes) => new(new Float32x8(lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> ToUnsigned(Word<Float32x8> word) => word.Lanes.Value.AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word<Float32x8> ToWord(Vector256<uint> value) => new(new Float32x8(value.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyEven(Vector256<uint> left, Vector256<uint> right) =>
        Avx2.IsSupported
            ? Avx2.Multiply(left, right)
            : (left.AsUInt64() & Vector256.Create(0xFFFFFFFFul)) * (right.AsUInt64() & Vector256.Create(0xFFFFFFFFul));
}
