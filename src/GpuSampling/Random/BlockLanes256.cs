using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Random;

/// <summary>Registers of 256 bits: a set is four blocks.</summary>
/// <remarks>
/// Unpacking works within 128 bits: the low unpack takes the first lane of each 128-bit part, the high one the second. With the
/// blocks ordered so over the lanes, unpacked registers follow each other in memory.
/// </remarks>
internal readonly unsafe struct BlockLanes256 : IBlockLanes<Float64x4, Float32x8, Float64x4>
{
    public static Word<Float64x4> BlockOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Float64x4.ToBits(new Float64x4(Vector256.Create(0ul, 2ul, 1ul, 3ul).AsDouble()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Word<Float64x4> word0, Word<Float64x4> word1, Word<Float64x4> word2, Word<Float64x4> word3, uint* destination)
    {
        Vector256<double> low = Join(word0, word1), high = Join(word2, word3);
        Avx.UnpackLow(low, high).AsUInt32().Store(destination);
        Avx.UnpackHigh(low, high).AsUInt32().Store(destination + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Float32x8 Even, Float32x8 Odd) LoadPairs(float* source)
    {
        Vector256<float> first = Vector256.Load(source), second = Vector256.Load(source + 8);
        return (new(Avx.Shuffle(first, second, 0x88)), new(Avx.Shuffle(first, second, 0xDD)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Float32x8 even, Float32x8 odd, float* destination)
    {
        Avx.UnpackLow(even.Register, odd.Register).Store(destination);
        Avx.UnpackHigh(even.Register, odd.Register).Store(destination + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Float64x4 Even, Float64x4 Odd) LoadPairs(double* source)
    {
        Vector256<double> first = Vector256.Load(source), second = Vector256.Load(source + 4);
        return (new(Avx.UnpackLow(first, second)), new(Avx.UnpackHigh(first, second)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Float64x4 even, Float64x4 odd, double* destination)
    {
        Avx.UnpackLow(even.Register, odd.Register).Store(destination);
        Avx.UnpackHigh(even.Register, odd.Register).Store(destination + 4);
    }

    /// <summary>The low 32 bits of the lanes side by side, <paramref name="even"/> below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Join(Word<Float64x4> even, Word<Float64x4> odd)
    {
        Vector256<uint> low = Float64x4.FromBits(even).Register.AsUInt32();
        Vector256<uint> high = Float64x4.FromBits(odd).Register.AsUInt32();
        return Avx2.Blend(low, Avx2.Shuffle(high, 0xA0), 0xAA).AsDouble();
    }
}
