using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuSampling.Kernels.Lanes;

/// <summary>2 lanes of <see cref="double"/> in a 128-bit register, lane 0 lowest.</summary>
public unsafe struct Float64x2 : IPackedReal<Float64x2>
{
    // A field and object initialisers in place of a property and a constructor: each call saved leaves the JIT's inlining
    // budget, which large kernels exhaust, to calls that matter.
    internal Vector128<double> Value;

    /// <summary>Wraps a register.</summary>
    /// <param name="value">Lane 0 lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float64x2(Vector128<double> value) => Value = value;

    /// <summary>The register, lane 0 lowest.</summary>
    public readonly Vector128<double> Register => Value;

    /// <inheritdoc/>
    public static int Width => 2;

    /// <inheritdoc/>
    public static int ElementBits => 64;

    /// <inheritdoc/>
    public static Float64x2 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector128<double>.Zero };
    }

    /// <inheritdoc/>
    public static Float64x2 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector128<double>.One };
    }

    /// <inheritdoc/>
    public static Word<Float64x2> LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Lanes = new() { Value = Vector128.Create(0ul, 1ul).AsDouble() } };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 Constant(double value) => new() { Value = Vector128.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 FromInteger(int value) => new() { Value = Vector128.Create((double)value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 BroadcastFrom(void* elements, nint index) => new() { Value = Vector128.Create(((double*)elements)[index]) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 operator +(Float64x2 left, Float64x2 right) => new() { Value = left.Value + right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 operator -(Float64x2 left, Float64x2 right) => new() { Value = left.Value - right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 operator *(Float64x2 left, Float64x2 right) => new() { Value = left.Value * right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 operator /(Float64x2 left, Float64x2 right) => new() { Value = left.Value / right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 operator -(Float64x2 value) => new() { Value = value.Value ^ Vector128.Create(-0d) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> operator <(Float64x2 left, Float64x2 right) =>
        new() { Lanes = new() { Value = Vector128.LessThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> operator <=(Float64x2 left, Float64x2 right) =>
        new() { Lanes = new() { Value = Vector128.LessThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> operator >(Float64x2 left, Float64x2 right) =>
        new() { Lanes = new() { Value = Vector128.GreaterThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> operator >=(Float64x2 left, Float64x2 right) =>
        new() { Lanes = new() { Value = Vector128.GreaterThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> AreEqual(Float64x2 left, Float64x2 right) =>
        new() { Lanes = new() { Value = Vector128.Equals(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 FusedMultiplyAdd(Float64x2 left, Float64x2 right, Float64x2 addend) =>
        new() { Value = Vector128.FusedMultiplyAdd(left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 FusedNegatedMultiplyAdd(Float64x2 left, Float64x2 right, Float64x2 addend) =>
        new() { Value = Vector128.FusedMultiplyAdd(-left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 FusedMultiplySubtract(Float64x2 left, Float64x2 right, Float64x2 subtrahend) =>
        new() { Value = Vector128.FusedMultiplyAdd(left.Value, right.Value, -subtrahend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 Sqrt(Float64x2 value) => new() { Value = Vector128.Sqrt(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 Abs(Float64x2 value) => new() { Value = Vector128.Abs(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 Floor(Float64x2 value) => new() { Value = Vector128.Floor(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 RoundToEven(Float64x2 value) => new() { Value = Vector128.Round(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 Min(Float64x2 left, Float64x2 right) =>
        Sse2.IsSupported
            ? new() { Value = Sse2.Min(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector128.ConditionalSelect(Vector128.LessThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 Max(Float64x2 left, Float64x2 right) =>
        Sse2.IsSupported
            ? new() { Value = Sse2.Max(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector128.ConditionalSelect(Vector128.GreaterThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 Select(Mask<Float64x2> mask, Float64x2 whenTrue, Float64x2 whenFalse) =>
        new() { Value = Vector128.ConditionalSelect(mask.Lanes.Value, whenTrue.Value, whenFalse.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> UniformMask(bool value) =>
        new() { Lanes = new() { Value = value ? Vector128<double>.AllBitsSet : Vector128<double>.Zero } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> And(Mask<Float64x2> left, Mask<Float64x2> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value & right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> Or(Mask<Float64x2> left, Mask<Float64x2> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value | right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> Not(Mask<Float64x2> mask) => new() { Lanes = new() { Value = ~mask.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float64x2> mask) => Vector128.ExtractMostSignificantBits(mask.Lanes.Value) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float64x2> mask) => Vector128.ExtractMostSignificantBits(mask.Lanes.Value) == 0x3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> ToBits(Float64x2 value) => new() { Lanes = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 FromBits(Word<Float64x2> bits) => bits.Lanes;

    /// <inheritdoc/>
    /// <remarks>Adding the integer to the bits of 1.5·2⁵² adds it to the number: exact, and without the conversion that
    /// only AVX-512 has.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float64x2 FromSignedWord(Word<Float64x2> word) =>
        new() { Value = (word.Lanes.Value.AsInt64() + Vector128.Create(0x4338000000000000)).AsDouble() - Vector128.Create(6755399441055744.0) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> WordConstant(ulong value) => new() { Lanes = new() { Value = Vector128.Create(value).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> Add(Word<Float64x2> left, Word<Float64x2> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() + right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> Subtract(Word<Float64x2> left, Word<Float64x2> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() - right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> BitwiseAnd(Word<Float64x2> left, Word<Float64x2> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() & right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> BitwiseOr(Word<Float64x2> left, Word<Float64x2> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() | right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> ExclusiveOr(Word<Float64x2> left, Word<Float64x2> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt64() ^ right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> ExclusiveOr(Word<Float64x2> first, Word<Float64x2> second, Word<Float64x2> third) =>
        Avx512F.VL.IsSupported
            ? new() { Lanes = new() { Value = Avx512F.VL.TernaryLogic(first.Lanes.Value.AsUInt64(), second.Lanes.Value.AsUInt64(), third.Lanes.Value.AsUInt64(), 0x96).AsDouble() } }
            : new() { Lanes = new() { Value = (first.Lanes.Value.AsUInt64() ^ second.Lanes.Value.AsUInt64() ^ third.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> ShiftLeft(Word<Float64x2> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt64() << count).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> ShiftRight(Word<Float64x2> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt64() >>> count).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> RotateLeft32(Word<Float64x2> word, int count) =>
        new() { Lanes = new() { Value = ((word.Lanes.Value.AsUInt64() << count) | (KeepLow32(word).Lanes.Value.AsUInt64() >>> (32 - count))).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> KeepLow32(Word<Float64x2> word) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt64() & Vector128.Create(0xFFFFFFFFul)).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64x2> MultiplyWide32(Word<Float64x2> left, uint right) =>
        MultiplyWide32(left, WordConstant(right));

    /// <inheritdoc/>
    /// <remarks>The product itself serves as the low word. A shuffle, which more ports take than a shift, brings the high word down.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float64x2> MultiplyWide32(Word<Float64x2> left, Word<Float64x2> right)
    {
        Vector128<ulong> product = MultiplyEven(left.Lanes.Value.AsUInt32(), right.Lanes.Value.AsUInt32());
        Vector128<ulong> high = Sse2.IsSupported ? Sse2.Shuffle(product.AsUInt32(), 0xF5).AsUInt64() : product >>> 32;
        return new(new() { Lanes = new() { Value = high.AsDouble() } }, new() { Lanes = new() { Value = product.AsDouble() } });
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> LessThan(Word<Float64x2> left, Word<Float64x2> right) =>
        new() { Lanes = new() { Value = Vector128.LessThan(left.Lanes.Value.AsUInt64(), right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float64x2> AreEqual(Word<Float64x2> left, Word<Float64x2> right) =>
        new() { Lanes = new() { Value = Vector128.Equals(left.Lanes.Value.AsUInt64(), right.Lanes.Value.AsUInt64()).AsDouble() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float64x2> Select(Mask<Float64x2> mask, Word<Float64x2> whenTrue, Word<Float64x2> whenFalse) =>
        new() { Lanes = Select(mask, whenTrue.Lanes, whenFalse.Lanes) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyEven(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported
            ? Sse2.Multiply(left, right)
            : (left.AsUInt64() & Vector128.Create(0xFFFFFFFFul)) * (right.AsUInt64() & Vector128.Create(0xFFFFFFFFul));
}
