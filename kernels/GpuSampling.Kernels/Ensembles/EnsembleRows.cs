using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Ensembles;

/// <summary>A walker's own rows of state: where it stands in its ensemble, which the host writes, and what its last move came to.</summary>
public static class EnsembleRows
{
    /// <summary>The chain place of the first walker of the other half.</summary>
    public static int OtherHalf => 0;

    /// <summary>0 for walkers of the first half, 1 for those of the second.</summary>
    public static int Half => 1;

    /// <summary>The acceptance probability of the walker's last move.</summary>
    public static int Acceptance => 2;

    /// <summary>The first row of the proposal.</summary>
    public static int Proposal => 3;

    /// <summary>The rows that survive between launches.</summary>
    public static int KeptLength => 3;

    /// <summary>The most chains that rows can number exactly in single precision.</summary>
    public static int MostChains => 1 << 23;

    /// <summary>All own rows.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static int Length(int dimension) => KeptLength + (2 * dimension);

    /// <summary>An integer from 0 to 2²³ − 1, held as a real number, as a word.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="integer">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> ToWord<T>(T integer)
        where T : struct, IReal<T> =>
        // Added to 2²³ (or 2⁵²) the integer is the significand.
        T.ToBits(integer + T.Constant(T.ElementBits == 32 ? 1 << 23 : 1L << 52)) & T.WordConstant(0x7FFFFF);

    /// <summary>
    /// The place of the other half's first walker in the first published row. Lanes beyond the last chain were told no place: they look at
    /// the first walkers.
    /// </summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="told">What the host wrote.</param>
    /// <param name="publishedStart">The place of the published positions in the settings.</param>
    /// <param name="publishedRowLength">The distance between published rows.</param>
    /// <param name="halfLength">The walkers of a half.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Word<T> OtherHalfIn<T>(T told, int publishedStart, int publishedRowLength, int halfLength)
        where T : struct, IReal<T>
    {
        Word<T> place = ToWord(told);
        Mask<T> known = T.LessThan(place, T.WordConstant((ulong)(uint)(publishedRowLength - halfLength + 1)));
        return T.Select(known, place, T.WordConstant(0)) + T.WordConstant((ulong)(uint)publishedStart);
    }
}
