using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuSampling.Kernels.Lanes;

/// <summary>16 lanes of <see cref="float"/> in a 512-bit register, lane 0 lowest.</summary>
public unsafe struct Float32x16 : IPackedReal<Float32x16>
{
    // A field and object initialisers in place of a property and a constructor: each call saved leaves the JIT's inlining
    // budget, which large kernels exhaust, to calls that matter.
    internal Vector512<float> Value;

    /// <summary>Wraps a register.</summary>
    /// <param name="value">Lane 0 lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x16(Vector512<float> value) => Value = value;

    /// <summary>The register, lane 0 lowest.</summary>
    public readonly Vector512<float> Register => Value;

    /// <inheritdoc/>
    public static int Width => 16;

    /// <inheritdoc/>
    public static int ElementBits => 32;

    /// <inheritdoc/>
    public static Float32x16 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector512<float>.Zero };
    }

    /// <inheritdoc/>
    public static Float32x16 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector512<float>.One };
    }

    /// <inheritdoc/>
    public static Word<Float32x16> LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Lanes = new() { Value = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15).AsUInt32().AsSingle() } };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Constant(double value) => new() { Value = Vector512.Create((float)value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 FromInteger(int value) => new() { Value = Vector512.Create((float)value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 BroadcastFrom(void* elements, nint index) => new() { Value = Vector512.Create(((float*)elements)[index]) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator +(Float32x16 left, Float32x16 right) => new() { Value = left.Value + right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator -(Float32x16 left, Float32x16 right) => new() { Value = left.Value - right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator *(Float32x16 left, Float32x16 right) => new() { Value = left.Value * right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator /(Float32x16 left, Float32x16 right) => new() { Value = left.Value / right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 operator -(Float32x16 value) => new() { Value = value.Value ^ Vector512.Create(-0f) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> operator <(Float32x16 left, Float32x16 right) =>
        new() { Lanes = new() { Value = Vector512.LessThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> operator <=(Float32x16 left, Float32x16 right) =>
        new() { Lanes = new() { Value = Vector512.LessThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> operator >(Float32x16 left, Float32x16 right) =>
        new() { Lanes = new() { Value = Vector512.GreaterThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> operator >=(Float32x16 left, Float32x16 right) =>
        new() { Lanes = new() { Value = Vector512.GreaterThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> AreEqual(Float32x16 left, Float32x16 right) =>
        new() { Lanes = new() { Value = Vector512.Equals(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 FusedMultiplyAdd(Float32x16 left, Float32x16 right, Float32x16 addend) =>
        new() { Value = Vector512.FusedMultiplyAdd(left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 FusedNegatedMultiplyAdd(Float32x16 left, Float32x16 right, Float32x16 addend) =>
        new() { Value = Vector512.FusedMultiplyAdd(-left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 FusedMultiplySubtract(Float32x16 left, Float32x16 right, Float32x16 subtrahend) =>
        new() { Value = Vector512.FusedMultiplyAdd(left.Value, right.Value, -subtrahend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Sqrt(Float32x16 value) => new() { Value = Vector512.Sqrt(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Abs(Float32x16 value) => new() { Value = Vector512.Abs(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Floor(Float32x16 value) => new() { Value = Vector512.Floor(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 RoundToEven(Float32x16 value) => new() { Value = Vector512.Round(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Min(Float32x16 left, Float32x16 right) =>
        Avx512F.IsSupported
            ? new() { Value = Avx512F.Min(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector512.ConditionalSelect(Vector512.LessThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Max(Float32x16 left, Float32x16 right) =>
        Avx512F.IsSupported
            ? new() { Value = Avx512F.Max(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector512.ConditionalSelect(Vector512.GreaterThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 Select(Mask<Float32x16> mask, Float32x16 whenTrue, Float32x16 whenFalse) =>
        new() { Value = Vector512.ConditionalSelect(mask.Lanes.Value, whenTrue.Value, whenFalse.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> UniformMask(bool value) =>
        new() { Lanes = new() { Value = value ? Vector512<float>.AllBitsSet : Vector512<float>.Zero } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> And(Mask<Float32x16> left, Mask<Float32x16> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value & right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> Or(Mask<Float32x16> left, Mask<Float32x16> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value | right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> Not(Mask<Float32x16> mask) => new() { Lanes = new() { Value = ~mask.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float32x16> mask) => Vector512.ExtractMostSignificantBits(mask.Lanes.Value) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float32x16> mask) => Vector512.ExtractMostSignificantBits(mask.Lanes.Value) == 0xFFFF;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> ToBits(Float32x16 value) => new() { Lanes = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 FromBits(Word<Float32x16> bits) => bits.Lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x16 FromSignedWord(Word<Float32x16> word) =>
        new() { Value = Vector512.ConvertToSingle(word.Lanes.Value.AsInt32()) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> WordConstant(ulong value) =>
        new() { Lanes = new() { Value = Vector512.Create(unchecked((uint)value)).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> Add(Word<Float32x16> left, Word<Float32x16> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() + right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> Subtract(Word<Float32x16> left, Word<Float32x16> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() - right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> BitwiseAnd(Word<Float32x16> left, Word<Float32x16> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() & right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> BitwiseOr(Word<Float32x16> left, Word<Float32x16> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() | right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> ExclusiveOr(Word<Float32x16> left, Word<Float32x16> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() ^ right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> ExclusiveOr(Word<Float32x16> first, Word<Float32x16> second, Word<Float32x16> third) =>
        Avx512F.IsSupported
            ? new() { Lanes = new() { Value = Avx512F.TernaryLogic(first.Lanes.Value.AsUInt32(), second.Lanes.Value.AsUInt32(), third.Lanes.Value.AsUInt32(), 0x96).AsSingle() } }
            : new() { Lanes = new() { Value = (first.Lanes.Value.AsUInt32() ^ second.Lanes.Value.AsUInt32() ^ third.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> ShiftLeft(Word<Float32x16> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt32() << count).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> ShiftRight(Word<Float32x16> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt32() >>> count).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> RotateLeft32(Word<Float32x16> word, int count) =>
        new() { Lanes = new() { Value = ((word.Lanes.Value.AsUInt32() << count) | (word.Lanes.Value.AsUInt32() >>> (32 - count))).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> KeepLow32(Word<Float32x16> word) => word;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32x16> MultiplyWide32(Word<Float32x16> left, uint right) =>
        MultiplyWide32(left, WordConstant(right));

    /// <inheritdoc/>
    /// <remarks>The multiplier takes the even lanes; the odd ones are shifted down and multiplied apart.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32x16> MultiplyWide32(Word<Float32x16> left, Word<Float32x16> right)
    {
        Vector512<uint> a = left.Lanes.Value.AsUInt32(), b = right.Lanes.Value.AsUInt32();
        Vector512<ulong> even = MultiplyEven(a, b);
        Vector512<ulong> odd = MultiplyEven((a.AsUInt64() >>> 32).AsUInt32(), (b.AsUInt64() >>> 32).AsUInt32());
        Vector512<uint> isOdd = Vector512.Create(0xFFFFFFFF00000000ul).AsUInt32();
        Vector512<uint> high = Vector512.ConditionalSelect(isOdd, odd.AsUInt32(), (even >>> 32).AsUInt32());
        return new(new() { Lanes = new() { Value = high.AsSingle() } }, new() { Lanes = new() { Value = (a * b).AsSingle() } });
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> LessThan(Word<Float32x16> left, Word<Float32x16> right) =>
        new() { Lanes = new() { Value = Vector512.LessThan(left.Lanes.Value.AsUInt32(), right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x16> AreEqual(Word<Float32x16> left, Word<Float32x16> right) =>
        new() { Lanes = new() { Value = Vector512.Equals(left.Lanes.Value.AsUInt32(), right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x16> Select(Mask<Float32x16> mask, Word<Float32x16> whenTrue, Word<Float32x16> whenFalse) =>
        new() { Lanes = Select(mask, whenTrue.Lanes, whenFalse.Lanes) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyEven(Vector512<uint> left, Vector512<uint> right) =>
        Avx512F.IsSupported
            ? Avx512F.Multiply(left, right)
            : (left.AsUInt64() & Vector512.Create(0xFFFFFFFFul)) * (right.AsUInt64() & Vector512.Create(0xFFFFFFFFul));
}
