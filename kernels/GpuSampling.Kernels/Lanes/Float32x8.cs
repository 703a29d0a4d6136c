using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuSampling.Kernels.Lanes;

/// <summary>8 lanes of <see cref="float"/> in a 256-bit register, lane 0 lowest.</summary>
public unsafe struct Float32x8 : IPackedReal<Float32x8>
{
    // A field and object initialisers in place of a property and a constructor: each call saved leaves the JIT's inlining
    // budget, which large kernels exhaust, to calls that matter.
    internal Vector256<float> Value;

    /// <summary>Wraps a register.</summary>
    /// <param name="value">Lane 0 lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x8(Vector256<float> value) => Value = value;

    /// <summary>The register, lane 0 lowest.</summary>
    public readonly Vector256<float> Register => Value;

    /// <inheritdoc/>
    public static int Width => 8;

    /// <inheritdoc/>
    public static int ElementBits => 32;

    /// <inheritdoc/>
    public static Float32x8 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector256<float>.Zero };
    }

    /// <inheritdoc/>
    public static Float32x8 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector256<float>.One };
    }

    /// <inheritdoc/>
    public static Word<Float32x8> LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Lanes = new() { Value = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7).AsUInt32().AsSingle() } };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Constant(double value) => new() { Value = Vector256.Create((float)value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FromInteger(int value) => new() { Value = Vector256.Create((float)value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 BroadcastFrom(void* elements, nint index) => new() { Value = Vector256.Create(((float*)elements)[index]) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator +(Float32x8 left, Float32x8 right) => new() { Value = left.Value + right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator -(Float32x8 left, Float32x8 right) => new() { Value = left.Value - right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator *(Float32x8 left, Float32x8 right) => new() { Value = left.Value * right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator /(Float32x8 left, Float32x8 right) => new() { Value = left.Value / right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 operator -(Float32x8 value) => new() { Value = value.Value ^ Vector256.Create(-0f) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> operator <(Float32x8 left, Float32x8 right) =>
        new() { Lanes = new() { Value = Vector256.LessThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> operator <=(Float32x8 left, Float32x8 right) =>
        new() { Lanes = new() { Value = Vector256.LessThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> operator >(Float32x8 left, Float32x8 right) =>
        new() { Lanes = new() { Value = Vector256.GreaterThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> operator >=(Float32x8 left, Float32x8 right) =>
        new() { Lanes = new() { Value = Vector256.GreaterThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> AreEqual(Float32x8 left, Float32x8 right) =>
        new() { Lanes = new() { Value = Vector256.Equals(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FusedMultiplyAdd(Float32x8 left, Float32x8 right, Float32x8 addend) =>
        new() { Value = Vector256.FusedMultiplyAdd(left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FusedNegatedMultiplyAdd(Float32x8 left, Float32x8 right, Float32x8 addend) =>
        new() { Value = Vector256.FusedMultiplyAdd(-left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FusedMultiplySubtract(Float32x8 left, Float32x8 right, Float32x8 subtrahend) =>
        new() { Value = Vector256.FusedMultiplyAdd(left.Value, right.Value, -subtrahend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Sqrt(Float32x8 value) => new() { Value = Vector256.Sqrt(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Abs(Float32x8 value) => new() { Value = Vector256.Abs(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Floor(Float32x8 value) => new() { Value = Vector256.Floor(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 RoundToEven(Float32x8 value) => new() { Value = Vector256.Round(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Min(Float32x8 left, Float32x8 right) =>
        Avx.IsSupported
            ? new() { Value = Avx.Min(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector256.ConditionalSelect(Vector256.LessThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Max(Float32x8 left, Float32x8 right) =>
        Avx.IsSupported
            ? new() { Value = Avx.Max(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector256.ConditionalSelect(Vector256.GreaterThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 Select(Mask<Float32x8> mask, Float32x8 whenTrue, Float32x8 whenFalse) =>
        new() { Value = Vector256.ConditionalSelect(mask.Lanes.Value, whenTrue.Value, whenFalse.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> UniformMask(bool value) =>
        new() { Lanes = new() { Value = value ? Vector256<float>.AllBitsSet : Vector256<float>.Zero } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> And(Mask<Float32x8> left, Mask<Float32x8> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value & right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> Or(Mask<Float32x8> left, Mask<Float32x8> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value | right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> Not(Mask<Float32x8> mask) => new() { Lanes = new() { Value = ~mask.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float32x8> mask) => Vector256.ExtractMostSignificantBits(mask.Lanes.Value) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float32x8> mask) => Vector256.ExtractMostSignificantBits(mask.Lanes.Value) == 0xFF;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ToBits(Float32x8 value) => new() { Lanes = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FromBits(Word<Float32x8> bits) => bits.Lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x8 FromSignedWord(Word<Float32x8> word) => new() { Value = Vector256.ConvertToSingle(word.Lanes.Value.AsInt32()) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> WordConstant(ulong value) =>
        new() { Lanes = new() { Value = Vector256.Create(unchecked((uint)value)).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> Add(Word<Float32x8> left, Word<Float32x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() + right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> Subtract(Word<Float32x8> left, Word<Float32x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() - right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> BitwiseAnd(Word<Float32x8> left, Word<Float32x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() & right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> BitwiseOr(Word<Float32x8> left, Word<Float32x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() | right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ExclusiveOr(Word<Float32x8> left, Word<Float32x8> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() ^ right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ExclusiveOr(Word<Float32x8> first, Word<Float32x8> second, Word<Float32x8> third) =>
        Avx512F.VL.IsSupported
            ? new() { Lanes = new() { Value = Avx512F.VL.TernaryLogic(first.Lanes.Value.AsUInt32(), second.Lanes.Value.AsUInt32(), third.Lanes.Value.AsUInt32(), 0x96).AsSingle() } }
            : new() { Lanes = new() { Value = (first.Lanes.Value.AsUInt32() ^ second.Lanes.Value.AsUInt32() ^ third.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ShiftLeft(Word<Float32x8> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt32() << count).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> ShiftRight(Word<Float32x8> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt32() >>> count).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> RotateLeft32(Word<Float32x8> word, int count) =>
        new() { Lanes = new() { Value = ((word.Lanes.Value.AsUInt32() << count) | (word.Lanes.Value.AsUInt32() >>> (32 - count))).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> KeepLow32(Word<Float32x8> word) => word;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32x8> MultiplyWide32(Word<Float32x8> left, uint right) =>
        MultiplyWide32(left, WordConstant(right));

    /// <inheritdoc/>
    /// <remarks>The multiplier takes the even lanes; the odd ones are shifted down and multiplied apart.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32x8> MultiplyWide32(Word<Float32x8> left, Word<Float32x8> right)
    {
        Vector256<uint> a = left.Lanes.Value.AsUInt32(), b = right.Lanes.Value.AsUInt32();
        Vector256<ulong> even = MultiplyEven(a, b);
        Vector256<ulong> odd = MultiplyEven((a.AsUInt64() >>> 32).AsUInt32(), (b.AsUInt64() >>> 32).AsUInt32());
        Vector256<uint> isOdd = Vector256.Create(0xFFFFFFFF00000000ul).AsUInt32();
        Vector256<uint> high = Vector256.ConditionalSelect(isOdd, odd.AsUInt32(), (even >>> 32).AsUInt32());
        return new(new() { Lanes = new() { Value = high.AsSingle() } }, new() { Lanes = new() { Value = (a * b).AsSingle() } });
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> LessThan(Word<Float32x8> left, Word<Float32x8> right) =>
        new() { Lanes = new() { Value = Vector256.LessThan(left.Lanes.Value.AsUInt32(), right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x8> AreEqual(Word<Float32x8> left, Word<Float32x8> right) =>
        new() { Lanes = new() { Value = Vector256.Equals(left.Lanes.Value.AsUInt32(), right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x8> Select(Mask<Float32x8> mask, Word<Float32x8> whenTrue, Word<Float32x8> whenFalse) =>
        new() { Lanes = Select(mask, whenTrue.Lanes, whenFalse.Lanes) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyEven(Vector256<uint> left, Vector256<uint> right) =>
        Avx2.IsSupported
            ? Avx2.Multiply(left, right)
            : (left.AsUInt64() & Vector256.Create(0xFFFFFFFFul)) * (right.AsUInt64() & Vector256.Create(0xFFFFFFFFul));
}
