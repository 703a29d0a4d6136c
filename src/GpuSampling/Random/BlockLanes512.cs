using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Random;

/// <summary>Registers of 512 bits: a set is eight blocks.</summary>
/// <remarks>
/// Unpacking works within 128 bits: the low unpack takes the first lane of each 128-bit part, the high one the second. With the
/// blocks ordered so over the lanes, unpacked registers follow each other in memory.
/// </remarks>
internal readonly unsafe struct BlockLanes512 : IBlockLanes<Float64x8, Float32x16, Float64x8>
{
    public static Word<Float64x8> BlockOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Float64x8.ToBits(new Float64x8(Vector512.Create(0ul, 4ul, 1ul, 5ul, 2ul, 6ul, 3ul, 7ul).AsDouble()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Word<Float64x8> word0, Word<Float64x8> word1, Word<Float64x8> word2, Word<Float64x8> word3, uint* destination)
    {
        Vector512<double> low = Join(word0, word1), high = Join(word2, word3);
        Avx512F.UnpackLow(low, high).AsUInt32().Store(destination);
        Avx512F.UnpackHigh(low, high).AsUInt32().Store(destination + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Float32x16 Even, Float32x16 Odd) LoadPairs(float* source)
    {
        Vector512<float> first = Vector512.Load(source), second = Vector512.Load(source + 16);
        return (new(Avx512F.Shuffle(first, second, 0x88)), new(Avx512F.Shuffle(first, second, 0xDD)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Float32x16 even, Float32x16 odd, float* destination)
    {
        Avx512F.UnpackLow(even.Register, odd.Register).Store(destination);
        Avx512F.UnpackHigh(even.Register, odd.Register).Store(destination + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Float64x8 Even, Float64x8 Odd) LoadPairs(double* source)
    {
        Vector512<double> first = Vector512.Load(source), second = Vector512.Load(source + 8);
        return (new(Avx512F.UnpackLow(first, second)), new(Avx512F.UnpackHigh(first, second)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Float64x8 even, Float64x8 odd, double* destination)
    {
        Avx512F.UnpackLow(even.Register, odd.Register).Store(destination);
        Avx512F.UnpackHigh(even.Register, odd.Register).Store(destination + 8);
    }

    /// <summary>The low 32 bits of the lanes side by side, <paramref name="even"/> below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Join(Word<Float64x8> even, Word<Float64x8> odd)
    {
        Vector512<uint> low = Float64x8.FromBits(even).Register.AsUInt32();
        Vector512<uint> high = Float64x8.FromBits(odd).Register.AsUInt32();
        return Vector512.ConditionalSelect(Vector512.Create(0xFFFFFFFFul).AsUInt32(), low, Avx512F.Shuffle(high, 0xA0)).AsDouble();
    }
}
