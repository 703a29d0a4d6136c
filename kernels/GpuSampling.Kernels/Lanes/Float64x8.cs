using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuSampling.Kernels.Lanes;

/// <summary>8 lanes of <see cref="double"/> in a 512-bit register, lane 0 lowest.</summary>
public readonly unsafe struct Float64x8 : IPackedReal<Float64x8>
{
    /// <summary>The register.</summary>
    public Vector512<double> Value { get; }

    /// <summary>Wraps a register.</summary>
    /// <param name="value">Lane 0 lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64x8(Vector512<double> value) => Value = value;

    /// <inheritdoc/>
    public static int Width => 8;

    /// <inheritdoc/>
    public static int ElementBits => 64;

    /// <inheritdoc/>
    public static Float64x8 Zero => new(Vector512<double>.Zero);

    /// <inheritdoc/>
    public static Float64x8 One => new(Vector512<double>.One);

    /// <inheritdoc/>
    public static Word<Float64x8> LaneIndex => ToWord(Vector512.Create(0ul, 1ul, 2ul, 3ul, 4ul, 5ul, 6ul, 7ul));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Constant(double value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FromInteger(int value) => new(Vector512.Create((double)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 BroadcastFrom(void* elements, nint index) => new(Vector512.Create(((double*)elements)[index]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator +(Float64x8 left, Float64x8 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator -(Float64x8 left, Float64x8 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator *(Float64x8 left, Float64x8 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator /(Float64x8 left, Float64x8 right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator -(Float64x8 value) => new(value.Value ^ Vector512.Create(-0d));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> operator <(Float64x8 left, Float64x8 right) => ToMask(Vector512.LessThan(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> operator <=(Float64x8 left, Float64x8 right) =>
        ToMask(Vector512.LessThanOrEqual(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> operator >(Float64x8 left, Float64x8 right) =>
        ToMask(Vector512.GreaterThan(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> operator >=(Float64x8 left, Float64x8 right) =>
        ToMask(Vector512.GreaterThanOrEqual(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> AreEqual(Float64x8 left, Float64x8 right) => ToMask(Vector512.Equals(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FusedMultiplyAdd(Float64x8 left, Float64x8 right, Float64x8 addend) =>
        new(Vector512.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FusedNegatedMultiplyAdd(Float64x8 left, Float64x8 right, Float64x8 addend) =>
        new(Vector512.FusedMultiplyAdd(-left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FusedMultiplySubtract(Float64x8 left, Float64x8 right, Float64x8 subtrahend) =>
        new(Vector512.FusedMultiplyAdd(left.Value, right.Value, -subtrahend.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Sqrt(Float64x8 value) => new(Vector512.Sqrt(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Abs(Float64x8 value) => new(Vector512.Abs(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Floor(Float64x8 value) => new(Vector512.Floor(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 RoundToEven(Float64x8 value) => new(Vector512.Round(value.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Min(Float64x8 left, Float64x8 right) =>
        Avx512F.IsSupported
            ? new(Avx512F.Min(left.Value, right.Value)) // returns the second operand where the comparison is false: the contract
            : new(Vector512.ConditionalSelect(Vector512.LessThan(left.Value, right.Value), left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Max(Float64x8 left, Float64x8 right) =>
        Avx512F.IsSupported
            ? new(Avx512F.Max(left.Value, right.Value)) // returns the second operand where the comparison is false: the contract
            : new(Vector512.ConditionalSelect(Vector512.GreaterThan(left.Value, right.Value), left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Select(Mask<Float64x8> mask, Float64x8 whenTrue, Float64x8 whenFalse) =>
        new(Vector512.ConditionalSelect(mask.Lanes.Value, whenTrue.Value, whenFalse.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> UniformMask(bool value) => ToMask(value ? Vector512<double>.AllBitsSet : Vector512<double>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> And(Mask<Float64x8> left, Mask<Float64x8> right) => ToMask(left.Lanes.Value & right.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> Or(Mask<Float64x8> left, Mask<Float64x8> right) => ToMask(left.Lanes.Value | right.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> Not(Mask<Float64x8> mask) => ToMask(~mask.Lanes.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float64x8> mask) => Vector512.ExtractMostSignificantBits(mask.Lanes.Value) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float64x8> mask) => Vector512.ExtractMostSignificantBits(mask.Lanes.Value) == 0xFF;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ToBits(Float64x8 value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FromBits(Word<Float64x8> bits) => bits.Lanes;

    /// <inheritdoc/>
    /// <remarks>Adding the integer to the bits of 1.5·2⁵² adds it to the number: exact, and without the conversion that
    /// only AVX-512 has.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FromSignedWord(Word<Float64x8> word) =>
        new((word.Lanes.Value.AsInt64() + Vector512.Create(0x4338000000000000)).AsDouble() - Vector512.Create(6755399441055744.0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> WordConstant(ulong value) => ToWord(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> Add(Word<Float64x8> left, Word<Float64x8> right) => ToWord(ToUnsigned(left) + ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> Subtract(Word<Float64x8> left, Word<Float64x8> right) =>
        ToWord(ToUnsigned(left) - ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> BitwiseAnd(Word<Float64x8> left, Word<Float64x8> right) =>
        ToWord(ToUnsigned(left) & ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> BitwiseOr(Word<Float64x8> left, Word<Float64x8> right) =>
        ToWord(ToUnsigned(left) | ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ExclusiveOr(Word<Float64x8> left, Word<Float64x8> right) =>
        ToWord(ToUnsigned(left) ^ ToUnsigned(right));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ExclusiveOr(Word<Float64x8> first, Word<Float64x8> second, Word<Float64x8> third) =>
        Avx512F.IsSupported
            ? ToWord(Avx512F.TernaryLogic(ToUnsigned(first), ToUnsigned(second), ToUnsigned(third), 0x96))
            : ToWord(ToUnsigned(first) ^ ToUnsigned(second) ^ ToUnsigned(third));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ShiftLeft(Word<Float64x8> word, int count) => ToWord(ToUnsigned(word) << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ShiftRight(Word<Float64x8> word, int count) => ToWord(ToUnsigned(word) >>> count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> RotateLeft32(Word<Float64x8> word, int count) =>
        ToWord((ToUnsigned(word) << count) | (ToUnsigned(KeepLow32(word)) >>> (32 - count)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> KeepLow32(Word<Float64x8> word) => ToWord(ToUnsigned(word) & Vector512.Create(0xFFFFFFFFul));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64x8> MultiplyWide32(Word<Float64x8> left, uint right) =>
        MultiplyWide32(left, ToWord(Vector512.Create((ulong)right)));

    /// <inheritdoc/>
    /// <remarks>The product itself serves as the low word. A shuffle, which more ports take than a shift, brings the high word down.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64x8> MultiplyWide32(Word<Float64x8> left, Word<Float64x8> right)
    {
        Vector512<ulong> product = MultiplyEven(ToUnsigned(left).AsUInt32(), ToUnsigned(right).AsUInt32());
        Vector512<ulong> high = Avx512F.IsSupported ? Avx512F.Shuffle(product.AsUInt32(), 0xF5).AsUInt64() : product >>> 32;
        return new(ToWord(high), ToWord(product));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> LessThan(Word<Float64x8> left, Word<Float64x8> right) =>
        ToMask(Vector512.LessThan(ToUnsigned(left), ToUnsigned(right)).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> AreEqual(Word<Float64x8> left, Word<Float64x8> right) =>
        ToMask(Vector512.Equals(ToUnsigned(left), ToUnsigned(right)).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> Select(Mask<Float64x8> mask, Word<Float64x8> whenTrue, Word<Float64x8> whenFalse) =>
        new(Select(mask, whenTrue.Lanes, whenFalse.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Mask<Float64x8> ToMask(Vector512<double> lanes) => new(new Float64x8(lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> ToUnsigned(Word<Float64x8> word) => word.Lanes.Value.AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word<Float64x8> ToWord(Vector512<ulong> value) => new(new Float64x8(value.AsDouble()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyEven(Vector512<uint> left, Vector512<uint> right) =>
        Avx512F.IsSupported
            ? Avx512F.Multiply(left, right)
            : (left.AsUInt64() & Vector512.Create(0xFFFFFFFFul)) * (right.AsUInt64() & Vector512.Create(0xFFFFFFFFul));
}
