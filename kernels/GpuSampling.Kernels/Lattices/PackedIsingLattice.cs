using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Lattices;

/// <summary>
/// An <see cref="IsingLattice"/> under Metropolis updates with 32 spins of a lattice to a word (multi-spin coding: Jacobs and Rebbi, Journal of
/// Computational Physics 41, 1981): logic on whole words counts the aligned neighbours, and random bits of the right probability accept.
/// </summary>
/// <remarks>
/// Every row holds its black sites and then its white ones, in order of columns, ColumnCount/64 words each: site k of colour c in row r is
/// column 2k + ((r + c) mod 2). Its neighbours above and below are site k of the other colour, those beside it sites k and k ± 1. State:
/// the words, 1 for a spin of +1. Outputs as <see cref="IsingLattice"/> has them. Lanes have 32 bits.
/// </remarks>
public readonly struct PackedIsingLattice : ILattice
{
    /// <summary>The rows of the lattice: even.</summary>
    public int RowCount { get; init; }

    /// <summary>The columns of the lattice: a multiple of 64.</summary>
    public int ColumnCount { get; init; }

    /// <summary>⌊e^−4K · 2³²⌋: the probability to flip a spin of which three neighbours are aligned. Of four it is the square.</summary>
    public uint FlipProbability { get; init; }

    private int RowWords => ColumnCount / 64;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Start<T, TVector>(StreamAddress<T> random, TVector state)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        for (int word = 0; word < 2 * RowCount * RowWords; word++)
        {
            state[word] = T.FromBits(Philox4x32.Block(random, (uint)word).Word0);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update<T, TVector>(StreamAddress<T> random, TVector state, int colour)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        for (int row = 0; row < RowCount; row++)
        {
            for (int word = 0; word < RowWords; word++)
            {
                int place = (((2 * row) + colour) * RowWords) + word;
                Word<T> spins = T.ToBits(state[place]);
                Alignment<T> aligned = Align<T, TVector>(state, spins, row, word, colour);
                Word<T> three = aligned.Low & (aligned.FirstPair | aligned.SecondPair);
                Word<T> four = aligned.FirstPair & aligned.SecondPair;
                uint block = (uint)place * (2 * BernoulliBits.Blocks);
                Word<T> once = BernoulliBits.Draw(random, block, FlipProbability, three | four);
                Word<T> twice = BernoulliBits.Draw(random, block + BernoulliBits.Blocks, FlipProbability, four & once);
                Word<T> flips = T.WordConstant(0xFFFFFFFF) ^ (three | four) ^ (three & once) ^ twice;
                state[place] = T.FromBits(spins ^ flips);
            }
        }
    }

    /// <summary>Compares 32 spins with their neighbours: a count from 0 to 4 for each bit, as the sums of two pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Alignment<T> Align<T, TVector>(TVector state, Word<T> spins, int row, int word, int colour)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        int other = 1 - colour;
        int above = row == 0 ? RowCount - 1 : row - 1;
        int below = row == RowCount - 1 ? 0 : row + 1;
        int here = ((2 * row) + other) * RowWords;
        Word<T> beside = T.ToBits(state[here + word]);
        Word<T> shifted;
        if (((row + colour) & 1) == 0)
        {
            // Columns 2k: the other neighbour is site k − 1.
            Word<T> previous = T.ToBits(state[here + (word == 0 ? RowWords - 1 : word - 1)]);
            shifted = (beside << 1) | (previous >>> 31);
        }
        else
        {
            Word<T> next = T.ToBits(state[here + (word == RowWords - 1 ? 0 : word + 1)]);
            shifted = (beside >>> 1) | (next << 31);
        }

        Word<T> all = T.WordConstant(0xFFFFFFFF);
        Word<T> first = T.ExclusiveOr(all, spins, T.ToBits(state[(((2 * above) + other) * RowWords) + word]));
        Word<T> second = T.ExclusiveOr(all, spins, T.ToBits(state[(((2 * below) + other) * RowWords) + word]));
        Word<T> third = T.ExclusiveOr(all, spins, beside);
        Word<T> fourth = T.ExclusiveOr(all, spins, shifted);
        return new Alignment<T>
        {
            Low = (first ^ second) ^ (third ^ fourth),
            FirstPair = first & second,
            SecondPair = third & fourth,
            Carry = (first ^ second) & (third ^ fourth),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Measure<T, TVector, TOutput>(TVector state, TOutput output)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
    {
        // Every bond has one black end.
        Word<T> alignedBonds = T.WordConstant(0);
        Word<T> up = T.WordConstant(0);
        for (int row = 0; row < RowCount; row++)
        {
            for (int word = 0; word < RowWords; word++)
            {
                Word<T> black = T.ToBits(state[(2 * row * RowWords) + word]);
                Word<T> white = T.ToBits(state[(((2 * row) + 1) * RowWords) + word]);
                Alignment<T> aligned = Align<T, TVector>(state, black, row, word, 0);
                Word<T> pairs = Count(aligned.FirstPair) + Count(aligned.SecondPair) + Count(aligned.Carry);
                alignedBonds += Count(aligned.Low) + pairs + pairs;
                up += Count(black) + Count(white);
            }
        }

        // Differences of integers first, so that no more than one rounding is left where a float does not hold them.
        Word<T> sites = T.WordConstant((uint)(RowCount * ColumnCount));
        output[0] = T.Constant(2) * T.FromSignedWord(alignedBonds - sites);
        output[1] = T.FromSignedWord(up + up - sites);
    }

    /// <summary>The number of ones in each word: sums of neighbouring fields of twice the width each time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Word<T> Count<T>(Word<T> bits)
        where T : struct, IReal<T>
    {
        Word<T> sums = bits - ((bits >>> 1) & T.WordConstant(0x55555555));
        sums = (sums & T.WordConstant(0x33333333)) + ((sums >>> 2) & T.WordConstant(0x33333333));
        sums = (sums + (sums >>> 4)) & T.WordConstant(0x0F0F0F0F);
        sums += sums >>> 8;
        sums += sums >>> 16;
        return sums & T.WordConstant(0x3F);
    }

    private struct Alignment<T>
        where T : struct, IReal<T>
    {
        /// <summary>Whether the count is odd.</summary>
        public Word<T> Low;

        /// <summary>Whether both neighbours above and below are aligned.</summary>
        public Word<T> FirstPair;

        /// <summary>Whether both beside are.</summary>
        public Word<T> SecondPair;

        /// <summary>Whether just one of each pair is.</summary>
        public Word<T> Carry;
    }
}
