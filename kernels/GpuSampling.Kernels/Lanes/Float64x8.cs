using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuSampling.Kernels.Lanes;

/// <summary>8 lanes of <see cref="double"/> in a 512-bit register, lane 0 lowest.</summary>
public unsafe struct Float64x8 : IPackedReal<Float64x8>
{
    // A field and object initialisers in place of a property and a constructor: each call saved leaves the JIT's inlining
    // budget, which large kernels exhaust, to calls that matter.
    internal Vector512<double> Value;

    /// <summary>Wraps a register.</summary>
    /// <param name="value">Lane 0 lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64x8(Vector512<double> value) => Value = value;

    /// <summary>The register, lane 0 lowest.</summary>
    public readonly Vector512<double> Register => Value;

    /// <inheritdoc/>
    public static int Width => 8;

    /// <inheritdoc/>
    public static int ElementBits => 64;

    /// <inheritdoc/>
    public static Float64x8 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector512<double>.Zero };
    }

    /// <inheritdoc/>
    public static Float64x8 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector512<double>.One };
    }

    /// <inheritdoc/>
    public static Word<Float64x8> LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Lanes = new() { Value = Vector512.Create(0ul, 1ul, 2ul, 3ul, 4ul, 5ul, 6ul, 7ul).AsDouble() } };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Constant(double value) => new() { Value = Vector512.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FromInteger(int value) => new() { Value = Vector512.Create((double)value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 BroadcastFrom(void* elements, nint index) => new() { Value = Vector512.Create(((double*)elements)[index]) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator +(Float64x8 left, Float64x8 right) => new() { Value = left.Value + right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator -(Float64x8 left, Float64x8 right) => new() { Value = left.Value - right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator *(Float64x8 left, Float64x8 right) => new() { Value = left.Value * right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator /(Float64x8 left, Float64x8 right) => new() { Value = left.Value / right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 operator -(Float64x8 value) => new() { Value = value.Value ^ Vector512.Create(-0d) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> operator <(Float64x8 left, Float64x8 right) =>
        new() { Lanes = new() { Value = Vector512.LessThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> operator <=(Float64x8 left, Float64x8 right) =>
        new() { Lanes = new() { Value = Vector512.LessThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> operator >(Float64x8 left, Float64x8 right) =>
        new() { Lanes = new() { Value = Vector512.GreaterThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> operator >=(Float64x8 left, Float64x8 right) =>
        new() { Lanes = new() { Value = Vector512.GreaterThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> AreEqual(Float64x8 left, Float64x8 right) =>
        new() { Lanes = new() { Value = Vector512.Equals(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FusedMultiplyAdd(Float64x8 left, Float64x8 right, Float64x8 addend) =>
        new() { Value = Vector512.FusedMultiplyAdd(left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FusedNegatedMultiplyAdd(Float64x8 left, Float64x8 right, Float64x8 addend) =>
        new() { Value = Vector512.FusedMultiplyAdd(-left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FusedMultiplySubtract(Float64x8 left, Float64x8 right, Float64x8 subtrahend) =>
        new() { Value = Vector512.FusedMultiplyAdd(left.Value, right.Value, -subtrahend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Sqrt(Float64x8 value) => new() { Value = Vector512.Sqrt(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Abs(Float64x8 value) => new() { Value = Vector512.Abs(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Floor(Float64x8 value) => new() { Value = Vector512.Floor(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 RoundToEven(Float64x8 value) => new() { Value = Vector512.Round(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Min(Float64x8 left, Float64x8 right) =>
        Avx512F.IsSupported
            ? new() { Value = Avx512F.Min(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector512.ConditionalSelect(Vector512.LessThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Max(Float64x8 left, Float64x8 right) =>
        Avx512F.IsSupported
            ? new() { Value = Avx512F.Max(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector512.ConditionalSelect(Vector512.GreaterThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 Select(Mask<Float64x8> mask, Float64x8 whenTrue, Float64x8 whenFalse) =>
        new() { Value = Vector512.ConditionalSelect(mask.Lanes.Value, whenTrue.Value, whenFalse.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> UniformMask(bool value) =>
        new() { Lanes = new() { Value = value ? Vector512<double>.AllBitsSet : Vector512<double>.Zero } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> And(Mask<Float64x8> left, Mask<Float64x8> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value & right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> Or(Mask<Float64x8> left, Mask<Float64x8> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value | right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> Not(Mask<Float64x8> mask) => new() { Lanes = new() { Value = ~mask.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float64x8> mask) => Vector512.ExtractMostSignificantBits(mask.Lanes.Value) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float64x8> mask) => Vector512.ExtractMostSignificantBits(mask.Lanes.Value) == 0xFF;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ToBits(Float64x8 value) => new() { Lanes = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FromBits(Word<Float64x8> bits) => bits.Lanes;

    /// <inheritdoc/>
    /// <remarks>Adding the integer to the bits of 1.5·2⁵² adds it to the number: exact, and without the conversion that
    /// only AVX-512 has.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x8 FromSignedWord(Word<Float64x8> word) =>
        new() { Value = (word.Lanes.Value.AsInt64() + Vector512.Create(0x4338000000000000)).AsDouble() - Vector512.Create(6755399441055744.0) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> WordConstant(ulong value) => new() { Lanes = new() { Value = Vector512.Create(value).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> Add(Word<Float64x8> left, Word<Float64x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() + right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> Subtract(Word<Float64x8> left, Word<Float64x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() - right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> BitwiseAnd(Word<Float64x8> left, Word<Float64x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() & right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> BitwiseOr(Word<Float64x8> left, Word<Float64x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() | right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ExclusiveOr(Word<Float64x8> left, Word<Float64x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() ^ right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ExclusiveOr(Word<Float64x8> first, Word<Float64x8> second, Word<Float64x8> third) =>
        Avx512F.IsSupported
            ? new() { Lanes = new() { Value = Avx512F.TernaryLogic(first.Lanes.Value.AsUInt64(), second.Lanes.Value.AsUInt64(), third.Lanes.Value.AsUInt64(), 0x96).AsDouble() } }
            : new() { Lanes = new() { Value = (first.Lanes.Value.AsUInt64() ^ second.Lanes.Value.AsUInt64() ^ third.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ShiftLeft(Word<Float64x8> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt64() << count).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> ShiftRight(Word<Float64x8> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt64() >>> count).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> RotateLeft32(Word<Float64x8> word, int count) =>
        new() { Lanes = new() { Value = ((word.Lanes.Value.AsUInt64() << count) | (KeepLow32(word).Lanes.Value.AsUInt64() >>> (32 - count))).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> KeepLow32(Word<Float64x8> word) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt64() & Vector512.Create(0xFFFFFFFFul)).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64x8> MultiplyWide32(Word<Float64x8> left, uint right) =>
        MultiplyWide32(left, WordConstant(right));

    /// <inheritdoc/>
    /// <remarks>The product itself serves as the low word. A shuffle, which more ports take than a shift, brings the high word down.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64x8> MultiplyWide32(Word<Float64x8> left, Word<Float64x8> right)
    {
        Vector512<ulong> product = MultiplyEven(left.Lanes.Value.AsUInt32(), right.Lanes.Value.AsUInt32());
        Vector512<ulong> high = Avx512F.IsSupported ? Avx512F.Shuffle(product.AsUInt32(), 0xF5).AsUInt64() : product >>> 32;
        return new(new() { Lanes = new() { Value = high.AsDouble() } }, new() { Lanes = new() { Value = product.AsDouble() } });
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> LessThan(Word<Float64x8> left, Word<Float64x8> right) =>
        new() { Lanes = new() { Value = Vector512.LessThan(left.Lanes.Value.AsUInt64(), right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x8> AreEqual(Word<Float64x8> left, Word<Float64x8> right) =>
        new() { Lanes = new() { Value = Vector512.Equals(left.Lanes.Value.AsUInt64(), right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x8> Select(Mask<Float64x8> mask, Word<Float64x8> whenTrue, Word<Float64x8> whenFalse) =>
        new() { Lanes = Select(mask, whenTrue.Lanes, whenFalse.Lanes) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyEven(Vector512<uint> left, Vector512<uint> right) =>
        Avx512F.IsSupported
            ? Avx512F.Multiply(left, right)
            : (left.AsUInt64() & Vector512.Create(0xFFFFFFFFul)) * (right.AsUInt64() & Vector512.Create(0xFFFFFFFFul));
}
