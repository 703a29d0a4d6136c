using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>
/// The rounds of Philox4x32 written out, in the place of the loop over them: neither ILGPU nor ptxas unrolls it, and its
/// bookkeeping would cost more than the rounds.
/// </summary>
internal static class UnrolledPhilox
{
    /// <summary>As <see cref="Philox4x32.Rounds{T}"/>, for bounds that are constants where it is called.</summary>
    public static Words4<T> Rounds<T>(Words4<T> words, StreamKey key, uint first, uint end)
        where T : struct, IReal<T>
    {
        words = first <= 0 ? Round(words, key, 0) : words;
        words = first <= 1 ? Round(words, key, 1) : words;
        words = Round(words, key, 2);
        words = Round(words, key, 3);
        words = Round(words, key, 4);
        words = Round(words, key, 5);
        words = Round(words, key, 6);
        words = end > 7 ? Round(words, key, 7) : words;
        words = end > 8 ? Round(words, key, 8) : words;
        words = end > 9 ? Round(words, key, 9) : words;
        return words;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Words4<T> Round<T>(Words4<T> words, StreamKey key, uint round)
        where T : struct, IReal<T> =>
        Philox4x32.Round(words, T.WordConstant(Philox4x32.RoundKey0(key, round)), T.WordConstant(Philox4x32.RoundKey1(key, round)));
}
