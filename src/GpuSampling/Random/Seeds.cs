using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Random;

/// <summary>Seeds made of other seeds: for runs that are named by several numbers, such as (experiment, repetition).</summary>
public static class Seeds
{
    /// <summary>
    /// A seed for the given path of numbers below a seed. Every number changes the outcome through Threefry4x32-20, so that seeds
    /// which differ in anything are unrelated; two paths give the same seed with probability 2⁻⁶⁴.
    /// </summary>
    /// <param name="seed">The seed to start from.</param>
    /// <param name="path">Any numbers; their order and count matter.</param>
    public static ulong Derive(ulong seed, params ReadOnlySpan<ulong> path)
    {
        for (int depth = 0; depth < path.Length; depth++)
        {
            ulong id = path[depth];
            Words4<Float32> counter = new(
                Float32.WordConstant((uint)id), Float32.WordConstant(id >> 32), Float32.WordConstant((uint)depth), Float32.WordConstant((uint)path.Length));
            Words4<Float32> words = Threefry4x32.TwentyRounds(counter, new StreamKey(seed));
            seed = Bits(words.Word0) | ((ulong)Bits(words.Word1) << 32);
        }

        return seed;
    }

    private static uint Bits(Word<Float32> word) => BitConverter.SingleToUInt32Bits(Float32.FromBits(word).Value);
}
