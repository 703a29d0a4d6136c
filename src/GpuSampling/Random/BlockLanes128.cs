using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Random;

/// <summary>Registers of 128 bits: a set is two blocks.</summary>
internal readonly unsafe struct BlockLanes128 : IBlockLanes<Float64x2, Float32x4, Float64x2>
{
    public static Word<Float64x2> BlockOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Float64x2.ToBits(new Float64x2(Vector128.Create(0ul, 1ul).AsDouble()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Word<Float64x2> word0, Word<Float64x2> word1, Word<Float64x2> word2, Word<Float64x2> word3, uint* destination)
    {
        Vector128<double> low = Join(word0, word1), high = Join(word2, word3);
        UnpackLow(low, high).Store((double*)destination);
        UnpackHigh(low, high).Store((double*)(destination + 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Float32x4 Even, Float32x4 Odd) LoadPairs(float* source)
    {
        Vector128<float> first = Vector128.Load(source), second = Vector128.Load(source + 4);
        return Sse.IsSupported
            ? (new(Sse.Shuffle(first, second, 0x88)), new(Sse.Shuffle(first, second, 0xDD)))
            : (new(AdvSimd.Arm64.UnzipEven(first, second)), new(AdvSimd.Arm64.UnzipOdd(first, second)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Float32x4 even, Float32x4 odd, float* destination)
    {
        if (Sse.IsSupported)
        {
            Sse.UnpackLow(even.Register, odd.Register).Store(destination);
            Sse.UnpackHigh(even.Register, odd.Register).Store(destination + 4);
        }
        else
        {
            AdvSimd.Arm64.ZipLow(even.Register, odd.Register).Store(destination);
            AdvSimd.Arm64.ZipHigh(even.Register, odd.Register).Store(destination + 4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Float64x2 Even, Float64x2 Odd) LoadPairs(double* source)
    {
        Vector128<double> first = Vector128.Load(source), second = Vector128.Load(source + 2);
        return (new(UnpackLow(first, second)), new(UnpackHigh(first, second)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Float64x2 even, Float64x2 odd, double* destination)
    {
        UnpackLow(even.Register, odd.Register).Store(destination);
        UnpackHigh(even.Register, odd.Register).Store(destination + 2);
    }

    /// <summary>The low 32 bits of the lanes side by side, <paramref name="even"/> below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Join(Word<Float64x2> even, Word<Float64x2> odd)
    {
        Vector128<ulong> low = Float64x2.FromBits(even).Register.AsUInt64() & Vector128.Create(0xFFFFFFFFul);
        return (low | (Float64x2.FromBits(odd).Register.AsUInt64() << 32)).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> UnpackLow(Vector128<double> first, Vector128<double> second) =>
        Sse2.IsSupported ? Sse2.UnpackLow(first, second) : AdvSimd.Arm64.ZipLow(first, second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> UnpackHigh(Vector128<double> first, Vector128<double> second) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(first, second) : AdvSimd.Arm64.ZipHigh(first, second);
}
