using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuSampling.Kernels.Lanes;

/// <summary>4 lanes of <see cref="float"/> in a 128-bit register, lane 0 lowest.</summary>
public unsafe struct Float32x4 : IPackedReal<Float32x4>
{
    // A field and object initialisers in place of a property and a constructor: each call saved leaves the JIT's inlining
    // budget, which large kernels exhaust, to calls that matter.
    internal Vector128<float> Value;

    /// <summary>Wraps a register.</summary>
    /// <param name="value">Lane 0 lowest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Float32x4(Vector128<float> value) => Value = value;

    /// <summary>The register, lane 0 lowest.</summary>
    public readonly Vector128<float> Register => Value;

    /// <inheritdoc/>
    public static int Width => 4;

    /// <inheritdoc/>
    public static int ElementBits => 32;

    /// <inheritdoc/>
    public static Float32x4 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector128<float>.Zero };
    }

    /// <inheritdoc/>
    public static Float32x4 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Value = Vector128<float>.One };
    }

    /// <inheritdoc/>
    public static Word<Float32x4> LaneIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new() { Lanes = new() { Value = Vector128.Create(0, 1, 2, 3).AsUInt32().AsSingle() } };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Constant(double value) => new() { Value = Vector128.Create((float)value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 FromInteger(int value) => new() { Value = Vector128.Create((float)value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 BroadcastFrom(void* elements, nint index) => new() { Value = Vector128.Create(((float*)elements)[index]) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 operator +(Float32x4 left, Float32x4 right) => new() { Value = left.Value + right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 operator -(Float32x4 left, Float32x4 right) => new() { Value = left.Value - right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 operator *(Float32x4 left, Float32x4 right) => new() { Value = left.Value * right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 operator /(Float32x4 left, Float32x4 right) => new() { Value = left.Value / right.Value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 operator -(Float32x4 value) => new() { Value = value.Value ^ Vector128.Create(-0f) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> operator <(Float32x4 left, Float32x4 right) =>
        new() { Lanes = new() { Value = Vector128.LessThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> operator <=(Float32x4 left, Float32x4 right) =>
        new() { Lanes = new() { Value = Vector128.LessThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> operator >(Float32x4 left, Float32x4 right) =>
        new() { Lanes = new() { Value = Vector128.GreaterThan(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> operator >=(Float32x4 left, Float32x4 right) =>
        new() { Lanes = new() { Value = Vector128.GreaterThanOrEqual(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> AreEqual(Float32x4 left, Float32x4 right) =>
        new() { Lanes = new() { Value = Vector128.Equals(left.Value, right.Value) } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 FusedMultiplyAdd(Float32x4 left, Float32x4 right, Float32x4 addend) =>
        new() { Value = Vector128.FusedMultiplyAdd(left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 FusedNegatedMultiplyAdd(Float32x4 left, Float32x4 right, Float32x4 addend) =>
        new() { Value = Vector128.FusedMultiplyAdd(-left.Value, right.Value, addend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 FusedMultiplySubtract(Float32x4 left, Float32x4 right, Float32x4 subtrahend) =>
        new() { Value = Vector128.FusedMultiplyAdd(left.Value, right.Value, -subtrahend.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Sqrt(Float32x4 value) => new() { Value = Vector128.Sqrt(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Abs(Float32x4 value) => new() { Value = Vector128.Abs(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Floor(Float32x4 value) => new() { Value = Vector128.Floor(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 RoundToEven(Float32x4 value) => new() { Value = Vector128.Round(value.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Min(Float32x4 left, Float32x4 right) =>
        Sse.IsSupported
            ? new() { Value = Sse.Min(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector128.ConditionalSelect(Vector128.LessThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Max(Float32x4 left, Float32x4 right) =>
        Sse.IsSupported
            ? new() { Value = Sse.Max(left.Value, right.Value) } // returns the second operand where the comparison is false: the contract
            : new() { Value = Vector128.ConditionalSelect(Vector128.GreaterThan(left.Value, right.Value), left.Value, right.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 Select(Mask<Float32x4> mask, Float32x4 whenTrue, Float32x4 whenFalse) =>
        new() { Value = Vector128.ConditionalSelect(mask.Lanes.Value, whenTrue.Value, whenFalse.Value) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> UniformMask(bool value) =>
        new() { Lanes = new() { Value = value ? Vector128<float>.AllBitsSet : Vector128<float>.Zero } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> And(Mask<Float32x4> left, Mask<Float32x4> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value & right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> Or(Mask<Float32x4> left, Mask<Float32x4> right) =>
        new() { Lanes = new() { Value = left.Lanes.Value | right.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> Not(Mask<Float32x4> mask) => new() { Lanes = new() { Value = ~mask.Lanes.Value } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Mask<Float32x4> mask) => Vector128.ExtractMostSignificantBits(mask.Lanes.Value) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Mask<Float32x4> mask) => Vector128.ExtractMostSignificantBits(mask.Lanes.Value) == 0xF;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> ToBits(Float32x4 value) => new() { Lanes = value };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 FromBits(Word<Float32x4> bits) => bits.Lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float32x4 FromSignedWord(Word<Float32x4> word) => new() { Value = Vector128.ConvertToSingle(word.Lanes.Value.AsInt32()) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> WordConstant(ulong value) =>
        new() { Lanes = new() { Value = Vector128.Create(unchecked((uint)value)).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> Add(Word<Float32x4> left, Word<Float32x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() + right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> Subtract(Word<Float32x4> left, Word<Float32x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() - right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> BitwiseAnd(Word<Float32x4> left, Word<Float32x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() & right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> BitwiseOr(Word<Float32x4> left, Word<Float32x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() | right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> ExclusiveOr(Word<Float32x4> left, Word<Float32x4> right) =>
        new() { Lanes = new() { Value = (left.Lanes.Value.AsUInt32() ^ right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> ExclusiveOr(Word<Float32x4> first, Word<Float32x4> second, Word<Float32x4> third) =>
        Avx512F.VL.IsSupported
            ? new() { Lanes = new() { Value = Avx512F.VL.TernaryLogic(first.Lanes.Value.AsUInt32(), second.Lanes.Value.AsUInt32(), third.Lanes.Value.AsUInt32(), 0x96).AsSingle() } }
            : new() { Lanes = new() { Value = (first.Lanes.Value.AsUInt32() ^ second.Lanes.Value.AsUInt32() ^ third.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> ShiftLeft(Word<Float32x4> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt32() << count).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> ShiftRight(Word<Float32x4> word, int count) =>
        new() { Lanes = new() { Value = (word.Lanes.Value.AsUInt32() >>> count).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> RotateLeft32(Word<Float32x4> word, int count) =>
        new() { Lanes = new() { Value = ((word.Lanes.Value.AsUInt32() << count) | (word.Lanes.Value.AsUInt32() >>> (32 - count))).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> KeepLow32(Word<Float32x4> word) => word;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32x4> MultiplyWide32(Word<Float32x4> left, uint right) =>
        MultiplyWide32(left, WordConstant(right));

    /// <inheritdoc/>
    /// <remarks>The multiplier takes the even lanes; the odd ones are shifted down and multiplied apart.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordPair<Float32x4> MultiplyWide32(Word<Float32x4> left, Word<Float32x4> right)
    {
        Vector128<uint> a = left.Lanes.Value.AsUInt32(), b = right.Lanes.Value.AsUInt32();
        Vector128<ulong> even = MultiplyEven(a, b);
        Vector128<ulong> odd = MultiplyEven((a.AsUInt64() >>> 32).AsUInt32(), (b.AsUInt64() >>> 32).AsUInt32());
        Vector128<uint> isOdd = Vector128.Create(0xFFFFFFFF00000000ul).AsUInt32();
        Vector128<uint> high = Vector128.ConditionalSelect(isOdd, odd.AsUInt32(), (even >>> 32).AsUInt32());
        return new(new() { Lanes = new() { Value = high.AsSingle() } }, new() { Lanes = new() { Value = (a * b).AsSingle() } });
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> LessThan(Word<Float32x4> left, Word<Float32x4> right) =>
        new() { Lanes = new() { Value = Vector128.LessThan(left.Lanes.Value.AsUInt32(), right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<Float32x4> AreEqual(Word<Float32x4> left, Word<Float32x4> right) =>
        new() { Lanes = new() { Value = Vector128.Equals(left.Lanes.Value.AsUInt32(), right.Lanes.Value.AsUInt32()).AsSingle() } };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<Float32x4> Select(Mask<Float32x4> mask, Word<Float32x4> whenTrue, Word<Float32x4> whenFalse) =>
        new() { Lanes = Select(mask, whenTrue.Lanes, whenFalse.Lanes) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyEven(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported
            ? Sse2.Multiply(left, right)
            : (left.AsUInt64() & Vector128.Create(0xFFFFFFFFul)) * (right.AsUInt64() & Vector128.Create(0xFFFFFFFFul));
}
