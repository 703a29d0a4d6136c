using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Random bits that are each 1 with a given probability, 32 to a word: the binary digits of 32 uniform numbers are drawn one after
/// another, a word for each place, and compared with those of the probability until every number differs from it.
/// </summary>
/// <remarks>Places a and later are words a mod 4 of block <c>firstBlock</c> + ⌊a/4⌋ of the address: eight blocks in all.</remarks>
public static class BernoulliBits
{
    /// <summary>The blocks that a word of bits may take.</summary>
    public const int Blocks = 8;

    /// <summary>One word of bits in each lane; those that are not wanted are 0.</summary>
    /// <typeparam name="T">The lane type, of 32 bits.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="firstBlock">The first block, the same for all lanes.</param>
    /// <param name="probability">⌊p · 2³²⌋ for a probability p below 1.</param>
    /// <param name="wanted">The bits to draw.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Word<T> Draw<T>(StreamAddress<T> address, uint firstBlock, uint probability, Word<T> wanted)
        where T : struct, IReal<T>
    {
        Word<T> zero = T.WordConstant(0);
        Word<T> drawn = zero;
        Word<T> undecided = wanted;
        Words4<T> words = default;
        for (uint place = 0; place < 32 && T.Any(!T.AreEqual(undecided, zero)); place++)
        {
            if ((place & 3) == 0)
            {
                words = Philox4x32.Block(address, firstBlock + (place >> 2));
            }

            Word<T> digits = words.At(place);
            Word<T> ones = undecided & digits;
            if (((probability >> (31 - (int)place)) & 1) != 0)
            {
                // A 0 where the probability has a 1: the number is smaller.
                drawn |= undecided ^ ones;
                undecided = ones;
            }
            else
            {
                undecided ^= ones;
            }
        }

        return drawn;
    }
}
