using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuSampling.Kernels.Lanes;

/// <summary>4 lanes of <see cref="double"/> in a 256-bit register, lane 0 lowest.</summary>
public unsafe struct Float64x4 : IPackedReal<Float64x4>
{
    // A field and object initialisers in place of a property and a constructor: each call saved leaves the JIT's inlining
    // budget, which large kernels exhaust, to calls that matter.
    internal Vector256<double> Value;

    /// <summary>Wraps a register.</summary>
    /// <param name="value">Lane 0 lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64x4(Vector256<double> value) => Value = value;

    /// <summary>The register, lane 0 lowest.</summary>
    public readonly Vector256<double> Register => Value;

    /// <inheritdoc/>
    public static int Width => 4;

    /// <inheritdoc/>
    public static int ElementBits => 64;

    /// <inheritdoc/>
    public static Float64x4 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector256<double>.Zero };
    }

    /// <inheritdoc/>
    public static Float64x4 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector256<double>.One };
    }

    /// <inheritdoc/>
    public static Word<Float64x4> LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Lanes = new() { Value = Vector256.Create(0ul, 1ul, 2ul, 3ul).AsDouble() } };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Constant(double value) => new() { Value = Vector256.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 FromInteger(int value) => new() { Value = Vector256.Create((double)value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 BroadcastFrom(void* elements, nint index) => new() { Value = Vector256.Create(((double*)elements)[index]) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator +(Float64x4 left, Float64x4 right) => new() { Value = left.Value + right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator -(Float64x4 left, Float64x4 right) => new() { Value = left.Value - right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator *(Float64x4 left, Float64x4 right) => new() { Value = left.Value * right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator /(Float64x4 left, Float64x4 right) => new() { Value = left.Value / right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 operator -(Float64x4 value) => new() { Value = value.Value ^ Vector256.Create(-0d) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> operator <(Float64x4 left, Float64x4 right) =>
        new() { Lanes = new() { Value = Vector256.LessThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> operator <=(Float64x4 left, Float64x4 right) =>
        new() { Lanes = new() { Value = Vector256.LessThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> operator >(Float64x4 left, Float64x4 right) =>
        new() { Lanes = new() { Value = Vector256.GreaterThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> operator >=(Float64x4 left, Float64x4 right) =>
        new() { Lanes = new() { Value = Vector256.GreaterThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> AreEqual(Float64x4 left, Float64x4 right) =>
        new() { Lanes = new() { Value = Vector256.Equals(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 FusedMultiplyAdd(Float64x4 left, Float64x4 right, Float64x4 addend) =>
        new() { Value = Vector256.FusedMultiplyAdd(left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 FusedNegatedMultiplyAdd(Float64x4 left, Float64x4 right, Float64x4 addend) =>
        new() { Value = Vector256.FusedMultiplyAdd(-left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 FusedMultiplySubtract(Float64x4 left, Float64x4 right, Float64x4 subtrahend) =>
        new() { Value = Vector256.FusedMultiplyAdd(left.Value, right.Value, -subtrahend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Sqrt(Float64x4 value) => new() { Value = Vector256.Sqrt(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Abs(Float64x4 value) => new() { Value = Vector256.Abs(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Floor(Float64x4 value) => new() { Value = Vector256.Floor(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 RoundToEven(Float64x4 value) => new() { Value = Vector256.Round(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Min(Float64x4 left, Float64x4 right) =>
        Avx.IsSupported
            ? new() { Value = Avx.Min(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector256.ConditionalSelect(Vector256.LessThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Max(Float64x4 left, Float64x4 right) =>
        Avx.IsSupported
            ? new() { Value = Avx.Max(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector256.ConditionalSelect(Vector256.GreaterThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 Select(Mask<Float64x4> mask, Float64x4 whenTrue, Float64x4 whenFalse) =>
        new() { Value = Vector256.ConditionalSelect(mask.Lanes.Value, whenTrue.Value, whenFalse.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> UniformMask(bool value) =>
        new() { Lanes = new() { Value = value ? Vector256<double>.AllBitsSet : Vector256<double>.Zero } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> And(Mask<Float64x4> left, Mask<Float64x4> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value & right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> Or(Mask<Float64x4> left, Mask<Float64x4> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value | right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> Not(Mask<Float64x4> mask) => new() { Lanes = new() { Value = ~mask.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float64x4> mask) => Vector256.ExtractMostSignificantBits(mask.Lanes.Value) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float64x4> mask) => Vector256.ExtractMostSignificantBits(mask.Lanes.Value) == 0xF;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> ToBits(Float64x4 value) => new() { Lanes = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 FromBits(Word<Float64x4> bits) => bits.Lanes;

    /// <inheritdoc/>
    /// <remarks>Adding the integer to the bits of 1.5·2⁵² adds it to the number: exact, and without the conversion that
    /// only AVX-512 has.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x4 FromSignedWord(Word<Float64x4> word) =>
        new() { Value = (word.Lanes.Value.AsInt64() + Vector256.Create(0x4338000000000000)).AsDouble() - Vector256.Create(6755399441055744.0) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> WordConstant(ulong value) => new() { Lanes = new() { Value = Vector256.Create(value).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> Add(Word<Float64x4> left, Word<Float64x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() + right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> Subtract(Word<Float64x4> left, Word<Float64x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() - right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> BitwiseAnd(Word<Float64x4> left, Word<Float64x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() & right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> BitwiseOr(Word<Float64x4> left, Word<Float64x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() | right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> ExclusiveOr(Word<Float64x4> left, Word<Float64x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() ^ right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> ExclusiveOr(Word<Float64x4> first, Word<Float64x4> second, Word<Float64x4> third) =>
        Avx512F.VL.IsSupported
            ? new() { Lanes = new() { Value = Avx512F.VL.TernaryLogic(first.Lanes.Value.AsUInt64(), second.Lanes.Value.AsUInt64(), third.Lanes.Value.AsUInt64(), 0x96).AsDouble() } }
            : new() { Lanes = new() { Value = (first.Lanes.Value.AsUInt64() ^ second.Lanes.Value.AsUInt64() ^ third.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> ShiftLeft(Word<Float64x4> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt64() << count).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> ShiftRight(Word<Float64x4> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt64() >>> count).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> RotateLeft32(Word<Float64x4> word, int count) =>
        new() { Lanes = new() { Value = ((word.Lanes.Value.AsUInt64() << count) | (KeepLow32(word).Lanes.Value.AsUInt64() >>> (32 - count))).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> KeepLow32(Word<Float64x4> word) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt64() & Vector256.Create(0xFFFFFFFFul)).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64x4> MultiplyWide32(Word<Float64x4> left, uint right) =>
        MultiplyWide32(left, WordConstant(right));

    /// <inheritdoc/>
    /// <remarks>The product itself serves as the low word. A shuffle, which more ports take than a shift, brings the high word down.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64x4> MultiplyWide32(Word<Float64x4> left, Word<Float64x4> right)
    {
        Vector256<ulong> product = MultiplyEven(left.Lanes.Value.AsUInt32(), right.Lanes.Value.AsUInt32());
        Vector256<ulong> high = Avx2.IsSupported ? Avx2.Shuffle(product.AsUInt32(), 0xF5).AsUInt64() : product >>> 32;
        return new(new() { Lanes = new() { Value = high.AsDouble() } }, new() { Lanes = new() { Value = product.AsDouble() } });
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> LessThan(Word<Float64x4> left, Word<Float64x4> right) =>
        new() { Lanes = new() { Value = Vector256.LessThan(left.Lanes.Value.AsUInt64(), right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x4> AreEqual(Word<Float64x4> left, Word<Float64x4> right) =>
        new() { Lanes = new() { Value = Vector256.Equals(left.Lanes.Value.AsUInt64(), right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x4> Select(Mask<Float64x4> mask, Word<Float64x4> whenTrue, Word<Float64x4> whenFalse) =>
        new() { Lanes = Select(mask, whenTrue.Lanes, whenFalse.Lanes) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyEven(Vector256<uint> left, Vector256<uint> right) =>
        Avx2.IsSupported
            ? Avx2.Multiply(left, right)
            : (left.AsUInt64() & Vector256.Create(0xFFFFFFFFul)) * (right.AsUInt64() & Vector256.Create(0xFFFFFFFFul));
}
