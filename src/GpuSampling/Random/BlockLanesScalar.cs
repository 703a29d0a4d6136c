using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Random;

/// <summary>One number at a time: a set is one block.</summary>
internal readonly unsafe struct BlockLanesScalar : IBlockLanes<Float32, Float32, Float64>
{
    public static Word<Float32> BlockOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Float32.WordConstant(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Word<Float32> word0, Word<Float32> word1, Word<Float32> word2, Word<Float32> word3, uint* destination)
    {
        Float32* words = (Float32*)destination;
        words[0] = Float32.FromBits(word0);
        words[1] = Float32.FromBits(word1);
        words[2] = Float32.FromBits(word2);
        words[3] = Float32.FromBits(word3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Float32 Even, Float32 Odd) LoadPairs(float* source) => (((Float32*)source)[0], ((Float32*)source)[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Float32 even, Float32 odd, float* destination)
    {
        ((Float32*)destination)[0] = even;
        ((Float32*)destination)[1] = odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Float64 Even, Float64 Odd) LoadPairs(double* source) => (((Float64*)source)[0], ((Float64*)source)[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Float64 even, Float64 odd, double* destination)
    {
        ((Float64*)destination)[0] = even;
        ((Float64*)destination)[1] = odd;
    }
}
